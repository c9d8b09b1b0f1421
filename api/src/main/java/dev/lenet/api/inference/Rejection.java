package dev.lenet.api.inference;

import dev.lenet.api.Argument;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How well a model tells what it has learnt from what it has not: images of its classes, and images of none, of several kinds.
 *
 * <p>Both figures of a kind go by a score alone, the larger the stranger: the novelty where the model has one, else one less
 * the probability of the likeliest class. Hendrycks and Gimpel, "A baseline for detecting misclassified and out-of-distribution examples
 * in neural networks", ICLR 2017.
 *
 * @param familiar what the model says of images of its classes
 * @param kinds of other images
 */
public record Rejection(List<Classification> familiar, List<Kind> kinds) {
    /**
     * Images of no class.
     *
     * @param name in lower case, for a table
     * @param images raw pixels of each
     * @param answers what the model says of each
     */
    public record Kind(String name, List<byte[]> images, List<Classification> answers) {
        public Kind {
            Argument.check(
                    images.size() == answers.size() && !images.isEmpty(),
                    "Rejection",
                    "images of " + name + " and an answer for each",
                    images.size() + " and " + answers.size(),
                    "Classify each image.");
            images = List.copyOf(images);
            answers = List.copyOf(answers);
        }

        /** The share of the images that the model takes for one of its classes without a doubt. */
        public double taken() {
            return share(answers, answer -> !answer.doubtful());
        }
    }

    public Rejection {
        Argument.check(
                !familiar.isEmpty() && !kinds.isEmpty(),
                "Rejection",
                "images of the model's classes and of others",
                familiar.size() + " and " + kinds.size() + " kinds",
                "Classify some of both.");
        familiar = List.copyOf(familiar);
        kinds = List.copyOf(kinds);
    }

    /**
     * Classifies images.
     *
     * @param familiar raw pixels of images of the model's classes
     * @param others raw pixels of other images, by the name of their kind; a kind without images is left out
     */
    public static Rejection of(Classifier classifier, List<byte[]> familiar, Map<String, List<byte[]>> others) {
        List<Kind> kinds = others.entrySet().stream()
                .filter(kind -> !kind.getValue().isEmpty())
                .map(kind -> new Kind(kind.getKey(), kind.getValue(), classifier.classify(kind.getValue())))
                .toList();
        return new Rejection(classifier.classify(familiar), kinds);
    }

    /** The share of the images of the model's classes that it doubts. */
    public double doubted() {
        return share(familiar, Classification::doubtful);
    }

    /**
     * The area under the receiver operating characteristic: how often an image of the kind is stranger than one of the classes. 0.5 for a
     * model that cannot tell, 1 for one that always can.
     */
    public double auroc(Kind kind) {
        double[] usual = scores(familiar);
        int below = 0;
        int notAbove = 0;
        double stranger = 0;
        for (double score : scores(kind.answers())) {
            while (below < usual.length && usual[below] < score) {
                below++;
            }
            while (notAbove < usual.length && usual[notAbove] <= score) {
                notAbove++;
            }
            stranger += (below + notAbove) / 2.0;
        }
        return stranger / usual.length / kind.answers().size();
    }

    /** The mean of all kinds. */
    public double auroc() {
        return kinds.stream().mapToDouble(this::auroc).average().orElseThrow();
    }

    /** The share of a kind that passes where a score lets 95 of 100 images of the classes pass. */
    public double falsePositiveRate(Kind kind) {
        double[] usual = scores(familiar);
        double limit = usual[(int) Math.ceil(0.95 * usual.length) - 1];
        return share(kind.answers(), answer -> score(answer) <= limit);
    }

    private static double[] scores(List<Classification> answers) {
        double[] scores = answers.stream().mapToDouble(Rejection::score).toArray();
        Arrays.sort(scores);
        return scores;
    }

    private static double score(Classification answer) {
        return answer.novelty().orElse(1 - answer.probability());
    }

    private static double share(List<Classification> answers, Predicate<Classification> trait) {
        return (double) answers.stream().filter(trait).count() / answers.size();
    }
}
