package dev.lenet.app.usecase;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.data.Split;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Model;
import dev.lenet.api.inference.Predictions;
import dev.lenet.api.network.Weights;
import dev.lenet.api.training.Checkpoint;
import dev.lenet.app.config.Config;
import dev.lenet.app.storage.RunDirectory;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which validation images the newest checkpoint of a run gets wrong: those it was surest about first. */
final class RunMistakes {
    private static final int SHOWN = 30;

    private final Function<Config, Datasets> datasets;

    /** Of the run that was looked at last: reading them takes longer than everything else. */
    private @Nullable Examples examples;

    /** @param datasets those that a run's own configuration names */
    RunMistakes(Function<Config, Datasets> datasets) {
        this.datasets = datasets;
    }

    private record Examples(
            String run, Config config, Dataset validation, Normalization normalization, ClassNames names) {}

    JsonObject of(RunDirectory directory, Engine engine) {
        Checkpoint checkpoint = directory.latest().checkpoint();
        Examples known = examples(directory);
        Weights weights = checkpoint
                .state()
                .averaged(checkpoint.network(), known.config.toSettings(0, 1).spec());
        Predictions predictions;
        try (Model model = engine.build(checkpoint.network(), weights)) {
            predictions = Predictions.of(model, known.validation);
        }
        List<Integer> mistakes = predictions.mistakes();
        JsonObject json = new JsonObject();
        json.addProperty("epoch", checkpoint.history().size());
        json.addProperty("count", mistakes.size());
        json.addProperty("of", known.validation.size());
        JsonArray shape = new JsonArray();
        for (int dimension : known.validation.exampleShape().toArray()) {
            shape.add(dimension);
        }
        json.add("shape", shape);
        JsonArray shown = new JsonArray();
        mistakes.stream().limit(SHOWN).forEach(row -> shown.add(toJson(predictions, row, known)));
        json.add("mistakes", shown);
        return json;
    }

    private Examples examples(RunDirectory directory) {
        @Nullable Examples known = examples;
        if (known == null || !known.run.equals(directory.name())) {
            Config config = directory.config();
            Datasets itsData = datasets.apply(config);
            ImageDataset images = itsData.training();
            Split split = Split.of(images, config.data().validationSize(), config.seed());
            known = new Examples(
                    directory.name(), config, split.validation(), images.normalization(), itsData.classNames());
            examples = known;
        }
        return known;
    }

    private static JsonObject toJson(Predictions predictions, int row, Examples known) {
        float[] values = new float[known.validation.exampleShape().size()];
        known.validation.read(row, values, 0);
        byte[] pixels = new byte[values.length];
        for (int i = 0; i < pixels.length; i++) {
            double share = values[i] * known.normalization.std() + known.normalization.mean();
            pixels[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, share)));
        }
        JsonObject json = new JsonObject();
        json.addProperty("is", known.names.name(predictions.label(row)));
        json.addProperty("believed", known.names.name(predictions.predicted(row)));
        json.addProperty("probability", predictions.confidence(row));
        json.addProperty("pixels", Base64.getEncoder().encodeToString(pixels));
        return json;
    }
}
