package dev.lenet.report;

import dev.lenet.api.data.ClassNames;
import dev.lenet.api.inference.Calibration;
import dev.lenet.api.inference.Evaluation;
import dev.lenet.api.inference.Predictions;
import dev.lenet.api.inference.Rejection;
import dev.lenet.api.inference.Robustness;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a report shows. The same data give the same files, byte for byte.
 *
 * @param title for example {@code Run demo}
 * @param dataset what the model was tested on, for example {@code mnist}; empty if unknown
 * @param classNames in order of the classes
 * @param predictions of the model for the test images
 * @param robustness on corrupted test images, null if it was not measured
 * @param rejection of images of no class, null if it was not measured
 * @param activations for some of the images; the first is shown first
 * @param history of the training; null if nothing is known of it, as of a model file alone
 * @param engine that trained, empty if unknown
 * @param facts of the run's manifest or of the model file, by name
 * @param settings the run's config.yaml, null if there is none
 */
record ReportData(
        String title,
        String dataset,
        ClassNames classNames,
        Network network,
        Weights weights,
        Predictions predictions,
        @Nullable Robustness robustness,
        @Nullable Rejection rejection,
        List<ExampleActivations> activations,
        @Nullable TrainingHistory history,
        String engine,
        Map<String, String> facts,
        @Nullable String settings) {
    ReportData {
        activations = List.copyOf(activations);
    }

    Evaluation evaluation() {
        return predictions.evaluation();
    }

    Calibration calibration() {
        return Calibration.of(predictions);
    }

    /** What a class is called: data sets of digits have digits. */
    String classWord() {
        return classNames.numbered() && classNames.count() <= 10 ? "digit" : "class";
    }
}
