package dev.lenet.api.inference;

import dev.lenet.api.Argument;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a model is right as often as it says. Predictions are put into bins of equal width by their confidence, the
 * probability of the predicted class; of a calibrated model, in every bin as many are right as it says on average.
 *
 * <pre>
 * ECE = sum over bins B of |B| / n * |accuracy(B) - confidence(B)|
 * </pre>
 *
 * Guo, Pleiss, Sun and Weinberger, "On calibration of modern neural networks", ICML 2017, equation 3.
 *
 * @param count of predictions
 * @param bins from low confidence to high, empty ones as well
 */
public record Calibration(int count, List<Bin> bins) {
    /** As many as are usual. */
    static final int BINS = 10;

    /**
     * The predictions with a confidence above {@code from} and at most {@code to}.
     *
     * @param accuracy share of them that are right; 0 if there are none
     * @param confidence their mean; 0 if there are none
     */
    public record Bin(double from, double to, int count, double accuracy, double confidence) {
        /** By how much the model says more than it holds; below 0, if it says less. */
        public double gap() {
            return confidence - accuracy;
        }
    }

    public Calibration {
        bins = List.copyOf(bins);
    }

    public static Calibration of(Predictions predictions) {
        double[] confidences = new double[predictions.count()];
        boolean[] correct = new boolean[confidences.length];
        for (int i = 0; i < confidences.length; i++) {
            confidences[i] = predictions.confidence(i);
            correct[i] = predictions.correct(i);
        }
        return of(confidences, correct, BINS);
    }

    /**
     * @param confidences of predictions, above 0 and at most 1
     * @param correct whether each was right
     */
    public static Calibration of(double[] confidences, boolean[] correct, int bins) {
        Argument.check(bins >= 1, "Calibration", "at least 1 bin", bins, "10 to 20 are usual.");
        Argument.check(
                confidences.length == correct.length,
                "Calibration",
                "as many answers as confidences, " + confidences.length,
                correct.length,
                "Give one for each prediction.");
        int[] counts = new int[bins];
        int[] right = new int[bins];
        double[] sums = new double[bins];
        for (int i = 0; i < confidences.length; i++) {
            // Rounded probabilities may be a hair above 1.
            int bin = Math.max(0, Math.min(bins, (int) Math.ceil(confidences[i] * bins)) - 1);
            counts[bin]++;
            right[bin] += correct[i] ? 1 : 0;
            sums[bin] += confidences[i];
        }
        List<Bin> list = new ArrayList<>();
        for (int b = 0; b < bins; b++) {
            int divisor = Math.max(1, counts[b]);
            list.add(new Bin(
                    (double) b / bins,
                    (double) (b + 1) / bins,
                    counts[b],
                    (double) right[b] / divisor,
                    sums[b] / divisor));
        }
        return new Calibration(confidences.length, list);
    }

    /** The expected calibration error: 0 for a model that is right as often as it says. */
    public double error() {
        return bins.stream()
                .mapToDouble(bin -> (double) bin.count() / count * Math.abs(bin.gap()))
                .sum();
    }

    /** The mean confidence of all predictions. */
    public double confidence() {
        return bins.stream().mapToDouble(bin -> bin.count() * bin.confidence()).sum() / count;
    }
}
