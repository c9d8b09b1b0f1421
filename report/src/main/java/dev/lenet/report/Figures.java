package dev.lenet.report;

import java.util.Locale;

/** How numbers are written. */
final class Figures {
    private Figures() {}

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A share of all, to a hundredth of a percent. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    /** A probability, as precisely as anybody reads it; what is nearly certain is not written as if it were certain. */
    static String probability(double probability) {
        double percent = Math.min(99.9, 100 * probability);
        return percent > 0 && percent < 0.05 ? "< 0.1 %" : String.format(Locale.ROOT, "%.1f %%", percent);
    }

    static String decimals(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    static String seconds(double seconds) {
        return seconds < 120 ? decimals(seconds, 1) + " s" : count(Math.round(seconds / 60)) + " min";
    }
}
