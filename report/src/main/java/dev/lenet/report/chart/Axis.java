package dev.lenet.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A range of values along one side of a chart, with ticks at round numbers.
 *
 * @param logarithmic whether equal lengths are equal ratios; then both ends are above 0
 */
record Axis(double from, double to, boolean logarithmic, List<Tick> ticks) {
    /** How many ticks are about right. */
    private static final int TICKS = 5;

    private static final double[] ROUND = {1, 2, 5, 10};

    /** A value and how it is written. */
    record Tick(double value, String label) {}

    /** How values are written, for example as percentages. */
    interface Label {
        /** @param step between two such values, which says how many decimals are needed */
        String of(double value, double step);
    }

    public Axis {
        ticks = List.copyOf(ticks);
        if (!(from < to) || (logarithmic && from <= 0)) {
            throw new IllegalArgumentException("Axis: expected a range, received " + from + " to " + to);
        }
    }

    /** Where a value lies: 0 at the beginning of the axis, 1 at its end. */
    double position(double value) {
        // What has no logarithm is below the bottom.
        return logarithmic
                ? Math.log(Math.max(value, from / 10) / from) / Math.log(to / from)
                : (value - from) / (to - from);
    }

    /** From the round number at or below the least value to the one at or above the largest. */
    static Axis linear(double least, double largest, Label label) {
        double span = largest > least ? largest - least : Math.max(Math.abs(least), 1) * 0.1;
        double step = step(span / TICKS);
        long first = (long) Math.floor(least / step + 1e-9);
        long last = Math.max(first + 1, (long) Math.ceil((least + span) / step - 1e-9));
        return new Axis(first * step, last * step, false, ticks(first, last, step, label));
    }

    /** From and to these very values, with ticks at round numbers in between. */
    static Axis between(double from, double to, Label label) {
        return between(from, to, TICKS, label);
    }

    /** @param most ticks, about */
    static Axis between(double from, double to, int most, Label label) {
        double step = step((to - from) / most);
        long first = (long) Math.ceil(from / step - 1e-9);
        long last = (long) Math.floor(to / step + 1e-9);
        return new Axis(from, to, false, ticks(first, last, step, label));
    }

    /** Whole numbers from 1, with room at both ends if there is only one. */
    static Axis counting(int last) {
        int step = (int) Math.max(1, step((double) last / (2 * TICKS)));
        List<Tick> ticks = new ArrayList<>();
        for (int i = step == 1 ? 1 : step; i <= last; i += step) {
            ticks.add(new Tick(i, String.valueOf(i)));
        }
        return last == 1 ? new Axis(0.5, 1.5, false, ticks) : new Axis(1, last, false, ticks);
    }

    /** Of positive values: ticks at 1, 2 and 5 times powers of ten, or at powers of ten alone. */
    static Axis logarithmic(double least, double largest) {
        return logarithmicBetween(least / 1.1, largest * 1.1);
    }

    /** From and to these very positive values, with the same ticks. */
    static Axis logarithmicBetween(double from, double to) {
        int lowest = (int) Math.floor(Math.log10(from));
        int highest = (int) Math.ceil(Math.log10(to));
        List<Tick> ticks = new ArrayList<>();
        boolean fine = Math.log10(to / from) < 2.5;
        for (int power = lowest; power <= highest; power++) {
            for (int digit : fine ? new int[] {1, 2, 5} : new int[] {1}) {
                double value = digit * Math.pow(10, power);
                if (value >= from && value <= to) {
                    ticks.add(new Tick(value, number(value, Math.pow(10, power))));
                }
            }
        }
        return new Axis(from, to, true, ticks);
    }

    private static List<Tick> ticks(long first, long last, double step, Label label) {
        List<Tick> ticks = new ArrayList<>();
        for (long i = first; i <= last; i++) {
            ticks.add(new Tick(i * step, label.of(i * step, step)));
        }
        return ticks;
    }

    /** With as many decimals as the step between two such numbers has. */
    static String number(double value, double step) {
        if (step < 1e-4 || step >= 1e6) {
            double digits = value == 0 ? 0 : Math.floor(Math.log10(Math.abs(value))) - Math.floor(Math.log10(step));
            return String.format(Locale.ROOT, "%." + (int) Math.max(0, digits) + "e", value);
        }
        int decimals = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /** The smallest of 1, 2 and 5 times a power of ten that is at least that. */
    static double step(double atLeast) {
        double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
        for (double round : ROUND) {
            if (round * power >= atLeast * (1 - 1e-9)) {
                return round * power;
            }
        }
        return 10 * power;
    }
}
