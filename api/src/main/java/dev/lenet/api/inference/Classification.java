package dev.lenet.api.inference;

import dev.lenet.api.Argument;
import dev.lenet.api.data.ClassNames;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a model says of one image: a probability for each class, and whether to believe it. Immutable; equal if all numbers
 * and names are.
 *
 * <p>An answer is doubtful if its class is less likely than {@link #SURE}, or if the image is unfamiliar: more novel than
 * {@link #FAMILIAR}. What the two limits catch, and how they were chosen, is in docs/pictures.md.
 */
public final class Classification {
    /** An answer whose class is less likely than this is doubtful. */
    public static final double SURE = 0.8;

    /** The largest novelty of a familiar image: 99 of 100 training images are below. */
    public static final double FAMILIAR = 1;

    private final ClassNames names;
    private final double[] probabilities;
    private final int index;
    private final @Nullable Double novelty;

    /**
     * A class and how likely it is.
     *
     * @param index of the class, from 0
     * @param name of the class
     * @param probability from 0 to 1
     */
    public record Candidate(int index, String name, double probability) {}

    private Classification(ClassNames names, double[] probabilities, int index, @Nullable Double novelty) {
        this.names = names;
        this.probabilities = probabilities;
        this.index = index;
        this.novelty = novelty;
    }

    /**
     * What logits say.
     *
     * @param names one for each logit
     * @param novelty of the image, see {@link Novelty}; null where the model cannot tell
     * @throws IllegalArgumentException if there are not as many names as logits
     */
    public static Classification of(ClassNames names, float[] logits, @Nullable Double novelty) {
        Argument.check(
                names.count() == logits.length,
                "Classification",
                "a logit for each of " + names.count() + " classes",
                logits.length,
                "Give the names of the model's classes.");
        return new Classification(
                names,
                Softmax.probabilities(logits, 0, logits.length),
                Softmax.argmax(logits, 0, logits.length),
                novelty);
    }

    /** The likeliest class, from 0; the lowest of equals. */
    public int index() {
        return index;
    }

    /** The name of the likeliest class. */
    public String name() {
        return names.name(index);
    }

    /** The probability of the likeliest class. */
    public double probability() {
        return probabilities[index];
    }

    /** The probability of each class, in order of the classes; together 1. A copy. */
    public double[] probabilities() {
        return probabilities.clone();
    }

    /** The likeliest classes, the likeliest first: as many as asked for, or as there are. */
    public List<Candidate> top(int count) {
        Argument.check(count >= 0, "Classification", "a count of at least 0", count, "Ask for 1 or more.");
        return IntStream.range(0, probabilities.length)
                .mapToObj(k -> new Candidate(k, names.name(k), probabilities[k]))
                .sorted(Comparator.comparingDouble(Candidate::probability).reversed())
                .limit(count)
                .toList();
    }

    /** How far the image is from those the model was trained on, see {@link Novelty}; empty where the model cannot tell. */
    public OptionalDouble novelty() {
        return novelty == null ? OptionalDouble.empty() : OptionalDouble.of(novelty);
    }

    /** Whether the image is unlike those the model was trained on. */
    public boolean unfamiliar() {
        return novelty != null && novelty > FAMILIAR;
    }

    /** Whether the answer is better not relied on. */
    public boolean doubtful() {
        return probability() < SURE || unfamiliar();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Classification that
                && names.equals(that.names)
                && Arrays.equals(probabilities, that.probabilities)
                && novelty().equals(that.novelty());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(probabilities);
    }

    /** For people: {@code 7 (99.9 %)}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s (%.1f %%)", name(), 100 * probability());
    }
}
