package dev.lenet.app.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.lenet.api.data.Batch;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.data.Split;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.inference.Softmax;
import dev.lenet.api.network.Weights;
import dev.lenet.api.training.Checkpoint;
import dev.lenet.app.config.Config;
import dev.lenet.app.config.ConfigLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which validation images the newest checkpoint of a run gets wrong: those it was surest about first. */
final class RunMistakes {
    private static final int SHOWN = 30;
    private static final int BATCH_SIZE = 250;

    private final Path workingDirectory;
    private final Function<Config, Datasets> datasets;

    /** Of the run that was looked at last: reading them takes longer than everything else. */
    private @Nullable Examples examples;

    /** @param datasets those that a run's own configuration names */
    RunMistakes(Path workingDirectory, Function<Config, Datasets> datasets) {
        this.workingDirectory = workingDirectory;
        this.datasets = datasets;
    }

    private record Examples(
            String run, Config config, Dataset validation, Normalization normalization, ClassNames names) {}

    private record Mistake(int row, int label, int believed, double probability) {}

    JsonObject of(RunDirectory directory, Engine engine) {
        Checkpoint checkpoint = directory.latest().checkpoint();
        Examples known = examples(directory);
        Weights weights = checkpoint
                .state()
                .averaged(checkpoint.network(), known.config.toSettings(0, 1).spec())
                .weights();
        List<Mistake> all;
        try (Model model = engine.build(checkpoint.network(), weights)) {
            all = mistakes(model, known.validation);
        }
        JsonObject json = new JsonObject();
        json.addProperty("epoch", checkpoint.history().size());
        json.addProperty("count", all.size());
        json.addProperty("of", known.validation.size());
        json.addProperty("side", known.validation.exampleShape().dimension(1));
        JsonArray shown = new JsonArray();
        all.stream()
                .sorted(Comparator.comparingDouble(Mistake::probability).reversed())
                .limit(SHOWN)
                .forEach(mistake -> shown.add(toJson(mistake, known)));
        json.add("mistakes", shown);
        return json;
    }

    private Examples examples(RunDirectory directory) {
        @Nullable Examples known = examples;
        if (known == null || !known.run.equals(directory.name())) {
            Config config = ConfigLoader.load(directory.settings(), workingDirectory, List.of())
                    .config();
            Datasets itsData = datasets.apply(config);
            ImageDataset images = itsData.training();
            Split split = Split.of(images, config.data().validationSize(), config.seed());
            known = new Examples(
                    directory.name(), config, split.validation(), images.normalization(), itsData.classNames());
            examples = known;
        }
        return known;
    }

    private static List<Mistake> mistakes(Model model, Dataset images) {
        int classes = images.classes();
        List<Mistake> mistakes = new ArrayList<>();
        for (int from = 0; from < images.size(); from += BATCH_SIZE) {
            Batch batch = Batch.range(images, from, Math.min(BATCH_SIZE, images.size() - from));
            try (Tensor output = model.predict(batch)) {
                float[] logits = output.toArray();
                for (int i = 0; i < batch.size(); i++) {
                    int believed = Softmax.argmax(logits, i * classes, classes);
                    if (believed != batch.label(i)) {
                        double probability = Softmax.probabilities(logits, i * classes, classes)[believed];
                        mistakes.add(new Mistake(from + i, batch.label(i), believed, probability));
                    }
                }
            }
        }
        return mistakes;
    }

    private static JsonObject toJson(Mistake mistake, Examples known) {
        float[] values = new float[known.validation.exampleShape().size()];
        known.validation.read(mistake.row, values, 0);
        byte[] pixels = new byte[values.length];
        for (int i = 0; i < pixels.length; i++) {
            double share = values[i] * known.normalization.std() + known.normalization.mean();
            pixels[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, share)));
        }
        JsonObject json = new JsonObject();
        json.addProperty("is", known.names.name(mistake.label));
        json.addProperty("believed", known.names.name(mistake.believed));
        json.addProperty("probability", mistake.probability);
        json.addProperty("pixels", Base64.getEncoder().encodeToString(pixels));
        return json;
    }
}
