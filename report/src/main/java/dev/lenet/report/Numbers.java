package dev.lenet.report;

import java.util.Locale;

/** How numbers are written. */
final class Numbers {
    private Numbers() {}

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A share of all, to a hundredth of a percent. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    static String decimals(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    static String seconds(double seconds) {
        return seconds < 120 ? decimals(seconds, 1) + " s" : count(Math.round(seconds / 60)) + " min";
    }
}
