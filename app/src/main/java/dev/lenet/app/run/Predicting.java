package dev.lenet.app.run;

import dev.lenet.api.DatasetException;
import dev.lenet.api.Shape;
import dev.lenet.api.checkpoint.ModelFile;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.training.Softmax;
import dev.lenet.app.data.ClassNames;
import dev.lenet.app.data.Installation;
import dev.lenet.app.image.DigitImage;
import dev.lenet.app.image.GreyPicture;
import dev.lenet.app.run.TrainedModels.Preparation;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The {@code predict} command. */
public final class Predicting {
    private final TrainedModels models;
    private final Installation installation;
    private final Provider<Engine> engines;
    private final Console console;

    @Inject
    Predicting(TrainedModels models, Installation installation, Provider<Engine> engines, Console console) {
        this.models = models;
        this.installation = installation;
        this.engines = engines;
        this.console = console;
    }

    /**
     * Reads the digits; a picture that cannot be read is a problem on stderr and does not stop the others.
     *
     * @return whether every picture could be read
     */
    public boolean run(List<Path> images) {
        ModelFile file = models.read();
        ClassNames names = models.classNames(file);
        boolean allRead = true;
        try (Engine engine = engines.get();
                Model model = engine.build(file.network(), file.weights())) {
            for (Path image : images) {
                try {
                    predict(engine, model, names, image, pixels(file, image));
                } catch (DatasetException e) {
                    console.problem(String.valueOf(e.getMessage()));
                    allRead = false;
                }
            }
        }
        return allRead;
    }

    /** The picture as the model takes it. */
    private float[] pixels(ModelFile file, Path image) {
        Normalization normalization = models.normalization(file, Preparation.OF_MODEL);
        Path path = installation.locate(image);
        DigitImage read = models.readsCharacters(file)
                ? DigitImage.read(path)
                : new DigitImage(GreyPicture.read(path, DigitImage.SIDE, DigitImage.SIDE));
        return read.normalized(normalization);
    }

    private void predict(Engine engine, Model model, ClassNames names, Path image, float[] values) {
        Shape one = model.network().input().batchOf(1);
        try (Tensor input = engine.tensor(one, values);
                Tensor output = model.predict(input)) {
            float[] logits = output.toArray();
            double[] probabilities = Softmax.probabilities(logits, 0, logits.length);
            List<Integer> ranked = IntStream.range(0, probabilities.length)
                    .boxed()
                    .sorted((a, b) -> Double.compare(probabilities[b], probabilities[a]))
                    .toList();
            int digit = ranked.get(0);
            String runnersUp = ranked.stream()
                    .skip(1)
                    .limit(2)
                    .map(k -> percent(names.name(k), probabilities[k]))
                    .collect(Collectors.joining(", "));
            console.result(
                    "%s: %s%s",
                    image,
                    percent(names.name(digit), probabilities[digit]),
                    runnersUp.isEmpty() ? "" : ", then " + runnersUp);
            Map<String, Object> event = Console.event("file", image.toString(), "digit", digit);
            if (!names.numbered()) {
                event.put("class", names.name(digit));
            }
            event.put("probability", probabilities[digit]);
            event.put("probabilities", probabilities);
            console.json(event);
        }
    }

    private static String percent(String name, double probability) {
        return String.format(Locale.ROOT, "%s (%.1f %%)", name, 100 * probability);
    }
}
