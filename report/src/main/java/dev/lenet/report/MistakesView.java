package dev.lenet.report;

import dev.lenet.api.data.ClassNames;
import dev.lenet.api.inference.Predictions;
import dev.lenet.report.chart.ImageGrid;
import dev.lenet.report.chart.Thumbnail;
import java.util.List;

/** The section with the misclassified images and the two likeliest classes of each. */
record MistakesView(String caption, List<Mistake> shown) {
    /** More than a reader looks at, few enough for a page that opens at once. */
    private static final int MOST = 150;

    private static final int SIDE = 56;
    private static final int GUESSES = 2;

    /**
     * @param label the true class
     * @param row of the image in the data set
     */
    record Mistake(PictureView picture, String label, String row, List<Guess> guesses) {}

    /**
     * @param width in CSS
     * @param predicted whether the model chose this class
     */
    record Guess(String width, String name, String probability, boolean predicted) {}

    static MistakesView of(ReportData data) {
        Predictions predictions = data.predictions();
        List<Integer> mistakes = predictions.mistakes();
        int shown = Math.min(MOST, mistakes.size());
        return new MistakesView(
                caption(mistakes.size(), shown),
                mistakes.subList(0, shown).stream()
                        .map(row -> mistake(predictions, row, data.classNames()))
                        .toList());
    }

    private static String caption(int all, int shown) {
        if (all == 0) {
            return "Every test image was read rightly.";
        }
        String which = shown == all
                ? "All " + Numbers.count(all) + " mistakes"
                : "The " + shown + " most confident of " + Numbers.count(all) + " mistakes";
        return which + ", the most confident first: the true class, and the two likeliest by the model. The number is"
                + " that of the test image, from 0.";
    }

    private static Mistake mistake(Predictions predictions, int row, ClassNames names) {
        String label = names.name(predictions.label(row));
        String description = "test image " + row + ", " + label;
        return new Mistake(
                PictureView.of(Thumbnail.of(predictions.dataset(), row), SIDE, description),
                label,
                String.valueOf(row),
                predictions.ranked(row).stream()
                        .limit(GUESSES)
                        .map(k -> guess(predictions, row, k, names))
                        .toList());
    }

    private static Guess guess(Predictions predictions, int row, int k, ClassNames names) {
        double probability = predictions.probability(row, k);
        return new Guess(
                Numbers.decimals(100 * probability, 1) + "%",
                names.name(k),
                ImageGrid.probability(probability),
                k == predictions.predicted(row));
    }
}
