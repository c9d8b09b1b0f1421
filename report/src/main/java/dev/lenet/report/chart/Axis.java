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

    /**
     * Values nearer to 0 are taken for 0, those farther off for this far. Between the two, quotients and powers of ten are
     * exact enough; a denormal number has few bits, and its tenth is 0.
     */
    private static final double NEAREST = 1e-290;

    private static final double FARTHEST = 1e290;

    /** Of a chart no line comes from farther away, in lengths of an axis. */
    private static final double OUTSIDE = 10_000;

    /** How many powers of ten are written, about: losses never span so many, but a file of a run may say anything. */
    private static final int MOST_POWERS = 20;

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
        double position =
                logarithmic ? logOfRatio(Math.max(value, from / 10), from) / logOfRatio(to, from) : share(value, 1);
        // So far outside, no line looks another.
        return Math.max(-OUTSIDE, Math.min(OUTSIDE, position));
    }

    /** @param unit 1, or less where the difference of two values is more than a number holds */
    private double share(double value, double unit) {
        double span = to * unit - from * unit;
        return Double.isInfinite(span) ? share(value, unit / 2) : (value * unit - from * unit) / span;
    }

    private static double logOfRatio(double a, double b) {
        double ratio = a / b;
        return Double.isInfinite(ratio) ? Math.log(a) - Math.log(b) : Math.log(ratio);
    }

    /** From the round number at or below the least value to the one at or above the largest. */
    static Axis linear(double leastOfAll, double largestOfAll, Label label) {
        double least = bounded(leastOfAll);
        double largest = bounded(largestOfAll);
        double span = isRange(least, largest) ? largest - least : Math.max(Math.abs(least), 1) * 0.1;
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
        if (!isRange(bounded(from), bounded(to)) || bounded(from) != from || bounded(to) != to) {
            return new Axis(from, to, false, List.of());
        }
        double step = step((to - from) / most);
        long first = (long) Math.ceil(from / step - 1e-9);
        long last = (long) Math.floor(to / step + 1e-9);
        return new Axis(from, to, false, ticks(first, last, step, label));
    }

    private static double bounded(double value) {
        if (Math.abs(value) < NEAREST) {
            return 0;
        }
        return Math.max(-FARTHEST, Math.min(FARTHEST, value));
    }

    /** Whether numbers in between can be told apart. */
    private static boolean isRange(double from, double to) {
        return to - from > Math.max(Math.max(Math.abs(from), Math.abs(to)) * 1e-13, NEAREST);
    }

    /** Whole numbers from 1, with room at both ends if there is only one. */
    static Axis counting(int last) {
        int step = (int) Math.max(1, step((double) last / (2 * TICKS)));
        List<Tick> ticks = new ArrayList<>();
        for (long i = step == 1 ? 1 : step; i <= last; i += step) {
            ticks.add(new Tick(i, String.valueOf(i)));
        }
        return last == 1 ? new Axis(0.5, 1.5, false, ticks) : new Axis(1, last, false, ticks);
    }

    /** Of positive values: ticks at 1, 2 and 5 times powers of ten, or at powers of ten alone. */
    static Axis logarithmic(double least, double largest) {
        double from = Math.max(Math.min(least, FARTHEST), NEAREST);
        return logarithmicBetween(from / 1.1, Math.max(Math.min(largest, FARTHEST), from) * 1.1);
    }

    /** From and to these very positive values, with the same ticks. */
    static Axis logarithmicBetween(double from, double to) {
        int lowest = (int) Math.floor(Math.log10(from));
        int highest = (int) Math.ceil(Math.log10(to));
        List<Tick> ticks = new ArrayList<>();
        boolean fine = Math.log10(to / from) < 2.5;
        int step = Math.max(1, (highest - lowest) / MOST_POWERS);
        for (int power = lowest; power <= highest; power += step) {
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
