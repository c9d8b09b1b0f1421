package dev.lenet.notebooks;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A range of numbers laid out along a side of a chart.
 *
 * @param logarithmic whether equal lengths are equal factors; the low end is above 0 then
 */
record Axis(double low, double high, boolean logarithmic) {
    private static final double[] ROUND = {1, 2, 5, 10};

    /** Where a number lies between the low end, 0, and the high end, 1. */
    double place(double value) {
        return logarithmic
                ? Math.log(Math.max(value, low / 10) / low) / Math.log(high / low)
                : (value - low) / (high - low);
    }

    /** Round numbers between the ends. */
    List<Double> ticks(int most) {
        List<Double> ticks = new ArrayList<>();
        if (logarithmic) {
            for (int exponent = (int) Math.floor(Math.log10(low)); exponent <= Math.log10(high); exponent++) {
                for (int i = 0; i < 3; i++) {
                    add(ticks, ROUND[i] * Math.pow(10, exponent));
                }
            }
            if (ticks.size() > most) {
                ticks.removeIf(tick -> Math.abs(Math.log10(tick) - Math.rint(Math.log10(tick))) > 1e-9);
            }
            return ticks;
        }
        double step = step((high - low) / most);
        for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    /** A number as a person would write it. */
    static String label(double value) {
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros();
        return rounded.scale() <= 0 ? String.format(Locale.ROOT, "%,d", rounded.longValue()) : rounded.toPlainString();
    }

    private void add(List<Double> ticks, double tick) {
        if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) {
            ticks.add(tick);
        }
    }

    /** The smallest of 1, 2, 5, 10, ... times a power of ten that is not below. */
    private static double step(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (double factor : ROUND) {
            if (factor * power >= least * (1 - 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }
}
