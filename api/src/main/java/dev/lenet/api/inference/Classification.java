package dev.lenet.api.inference;

import dev.lenet.api.data.ClassNames;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a model says of an image.
 *
 * @param probabilities of each class; not copied
 * @param ranked the classes, most likely first
 * @param novelty how strange the image is, see {@link Novelty}; null where the model cannot tell
 */
public record Classification(
        double[] probabilities,
        List<Integer> ranked,
        @Nullable Double novelty) {

    public static Classification of(float[] logits, @Nullable Double novelty) {
        double[] probabilities = Softmax.probabilities(logits, 0, logits.length);
        return new Classification(
                probabilities,
                IntStream.range(0, probabilities.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble(k -> -probabilities[k]))
                        .toList(),
                novelty);
    }

    public int digit() {
        return ranked.get(0);
    }

    double probability() {
        return probabilities[digit()];
    }

    public boolean isDoubtful() {
        return Doubt.of(probability(), novelty);
    }

    public boolean isStrange() {
        return Doubt.isStrange(novelty);
    }

    /** The likeliest class. */
    public String first(ClassNames names) {
        return percent(names, digit());
    }

    /** The two after it; empty if there are none. */
    public String runnersUp(ClassNames names) {
        String runnersUp =
                ranked.stream().skip(1).limit(2).map(k -> percent(names, k)).collect(Collectors.joining(", "));
        return runnersUp.isEmpty() ? "" : ", then " + runnersUp;
    }

    private String percent(ClassNames names, int k) {
        return String.format(Locale.ROOT, "%s (%.1f %%)", names.name(k), 100 * probabilities[k]);
    }

    public void addTo(Map<String, Object> event, ClassNames names) {
        event.put("digit", digit());
        if (!names.numbered()) {
            event.put("class", names.name(digit()));
        }
        event.put("probability", probability());
        event.put("probabilities", probabilities);
        if (novelty != null) {
            event.put("novelty", novelty);
        }
    }
}
