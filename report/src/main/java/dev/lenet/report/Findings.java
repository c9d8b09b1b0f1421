package dev.lenet.report;

import dev.lenet.api.data.ClassNames;
import dev.lenet.api.inference.Calibration;
import dev.lenet.api.inference.Evaluation;
import dev.lenet.api.inference.Predictions;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a report tells. The same findings give the same files, byte for byte.
 *
 * @param title what the report is of, for example {@code Run demo}
 * @param dataset what the model was tested on, for example {@code mnist}
 * @param classNames in order of the classes
 * @param evaluation of the model on the test images
 * @param predictions of the model for the same images
 * @param featureMaps of some of the images; the first is shown first
 * @param course of the training; null if nothing is known of it, as of a model file alone
 * @param engine that trained, empty if unknown
 * @param facts of the run's manifest or of the model file, by name
 * @param settings the run's config.yaml, null if there is none
 */
public record Findings(
        String title,
        String dataset,
        ClassNames classNames,
        Network network,
        Weights weights,
        Evaluation evaluation,
        Predictions predictions,
        List<FeatureMaps> featureMaps,
        @Nullable Course course,
        String engine,
        Map<String, String> facts,
        @Nullable String settings) {
    public Findings {
        featureMaps = List.copyOf(featureMaps);
    }

    /** The expected calibration error on the test images. */
    public double calibrationError() {
        return Calibration.of(predictions).error();
    }

    /** What a class is called where there may be digits or anything else. */
    String classWord() {
        return classNames.numbered() && classNames.count() <= 10 ? "digit" : "class";
    }
}
