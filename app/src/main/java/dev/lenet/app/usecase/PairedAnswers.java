package dev.lenet.app.usecase;

import dev.lenet.api.inference.Predictions;

/**
 * What two models answered to the same images, and what that says about their difference (McNemar, "Note on the sampling error of
 * the difference between correlated proportions or percentages", 1947).
 *
 * @param onlyFirst images that the first alone reads right
 * @param onlySecond images that the second alone reads right
 */
public record PairedAnswers(int count, int onlyFirst, int onlySecond) {

    /** @throws IllegalArgumentException if they are not of the same number of images */
    static PairedAnswers of(Predictions first, Predictions second) {
        if (first.count() != second.count()) {
            throw new IllegalArgumentException("Answers: expected as many of the second as of the first, received "
                    + second.count() + " and " + first.count() + ".");
        }
        int onlyFirst = 0;
        int onlySecond = 0;
        for (int row = 0; row < first.count(); row++) {
            onlyFirst += first.correct(row) && !second.correct(row) ? 1 : 0;
            onlySecond += second.correct(row) && !first.correct(row) ? 1 : 0;
        }
        return new PairedAnswers(first.count(), onlyFirst, onlySecond);
    }

    /** Accuracy of the second less that of the first, from -1 to 1. */
    public double difference() {
        return (onlySecond - onlyFirst) / (double) count;
    }

    /** The standard error of the difference, from the images that one of the two alone reads right. */
    public double standardError() {
        double difference = onlySecond - onlyFirst;
        return Math.sqrt(onlyFirst + onlySecond - difference * difference / count) / count;
    }

    /** Whether models that are equally good would differ less than that in 19 of 20 cases: by the exact binomial test. */
    public boolean significant() {
        int different = onlyFirst + onlySecond;
        double logOfHalves = different * Math.log(0.5);
        double tail = 0;
        double logOfChoices = 0;
        for (int k = 0; k <= Math.min(onlyFirst, onlySecond); k++) {
            tail += Math.exp(logOfChoices + logOfHalves);
            logOfChoices += Math.log(different - k) - Math.log(k + 1.0);
        }
        return 2 * tail < 0.05;
    }
}
