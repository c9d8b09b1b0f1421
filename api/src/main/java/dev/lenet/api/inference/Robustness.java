package dev.lenet.api.inference;

import dev.lenet.api.Argument;
import dev.lenet.api.augmentation.Corruption;
import dev.lenet.api.data.ImageRows;
import dev.lenet.api.engine.Model;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How well a model reads images that are corrupted, see {@link Corruption}.
 *
 * @param predictions of the corrupted images, for every kind
 */
public record Robustness(Map<Corruption, Predictions> predictions) {

    public Robustness {
        Argument.check(
                predictions.size() == Corruption.values().length,
                "Robustness",
                "predictions for " + Corruption.values().length + " kinds of corruption",
                predictions.size(),
                "Measure each kind.");
        predictions = Collections.unmodifiableMap(new EnumMap<>(predictions));
    }

    /**
     * Corrupts test images in every way, and lets the model read them.
     *
     * @param images grey, of which the first ones are taken
     * @param most of them for each kind
     * @param seed of the corruptions
     * @throws IllegalArgumentException if the images have more channels than one
     */
    public static Robustness of(Model model, ImageRows images, int most, long seed) {
        Argument.check(most >= 1, "Robustness", "at least 1 image of each kind", most, "Take 1 or more.");
        int[] rows = new int[Math.min(most, images.size())];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i;
        }
        ImageRows some = images.select(rows);
        Map<Corruption, Predictions> predictions = new EnumMap<>(Corruption.class);
        for (Corruption kind : Corruption.values()) {
            predictions.put(kind, Predictions.of(model, kind.corrupt(some, seed)));
        }
        return new Robustness(predictions);
    }

    /** The mean of all kinds. */
    public double accuracy() {
        return predictions.values().stream()
                .mapToDouble(each -> each.evaluation().accuracy())
                .average()
                .orElseThrow();
    }

    /** The mean expected calibration error of all kinds. */
    public double calibrationError() {
        return predictions.values().stream()
                .mapToDouble(each -> Calibration.of(each).error())
                .average()
                .orElseThrow();
    }
}
