package dev.lenet.api.inference;

import dev.lenet.api.Argument;

/**
 * From logits to probabilities, in double precision, with the same bits on every JVM and processor. A row of logits is
 * {@code logits[offset ... offset + classes - 1]}.
 */
public final class Softmax {
    private Softmax() {}

    /** {@code exp(z[k]) / sum over j of exp(z[j])} for every class. */
    public static double[] probabilities(float[] logits, int offset, int classes) {
        check(logits, offset, classes);
        double largest = logits[offset + argmax(logits, offset, classes)];
        double sum = sumOfExp(logits, offset, classes, largest);
        double[] probabilities = new double[classes];
        for (int k = 0; k < classes; k++) {
            probabilities[k] = StrictMath.exp(logits[offset + k] - largest) / sum;
        }
        return probabilities;
    }

    /** The logarithm of the probability of one class. */
    public static double logProbability(float[] logits, int offset, int classes, int k) {
        check(logits, offset, classes);
        Argument.checkIndex(k, classes, "Softmax", "class");
        double largest = logits[offset + argmax(logits, offset, classes)];
        return logits[offset + k] - largest - StrictMath.log(sumOfExp(logits, offset, classes, largest));
    }

    /** The most probable class; the lowest of equals. */
    public static int argmax(float[] logits, int offset, int classes) {
        check(logits, offset, classes);
        int best = 0;
        for (int k = 1; k < classes; k++) {
            if (logits[offset + k] > logits[offset + best]) {
                best = k;
            }
        }
        return best;
    }

    private static void check(float[] logits, int offset, int classes) {
        Argument.check(classes >= 1, "Softmax", "at least 1 class", classes, "Give a logit for each class.");
        Argument.checkRange(offset, classes, logits.length, "Softmax");
    }

    /** The largest logit is subtracted before exp, so that large logits do not overflow. */
    private static double sumOfExp(float[] logits, int offset, int classes, double largest) {
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            sum += StrictMath.exp(logits[offset + k] - largest);
        }
        return sum;
    }
}
