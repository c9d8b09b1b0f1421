package dev.lenet.app.run;

import dev.lenet.api.ConfigException;
import dev.lenet.api.DatasetException;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.inference.Classification;
import dev.lenet.api.inference.Features;
import dev.lenet.api.inference.Novelty;
import dev.lenet.api.model.ModelFile;
import dev.lenet.app.run.TrainedModels.Preparation;
import dev.lenet.vision.DigitImage;
import dev.lenet.vision.GreyPicture;
import dev.lenet.vision.Writing;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
     * What is asked for besides the answer.
     *
     * @param segment read every digit of a picture by itself
     * @param show draw what the model sees
     * @param debugImage the file to write that to
     */
    public record Wishes(
            boolean segment, boolean show, @Nullable Path debugImage) {}

    /**
     * Reads the digits; a picture that cannot be read is a problem on stderr and does not stop the others.
     *
     * @return whether every picture could be read
     */
    public boolean run(List<Path> images, Wishes wishes) {
        ModelFile file = models.read();
        if (wishes.segment() && !models.readsCharacters(file)) {
            throw new ConfigException("--segment: expected a model of characters, received one of '"
                    + file.facts().get("dataset") + "'. Leave --segment out.");
        }
        List<Path> paths = images.stream().map(installation::locate).toList();
        DebugImages debug = wishes.debugImage() == null
                ? null
                : new DebugImages(installation.place(wishes.debugImage()), paths, wishes.segment());
        boolean allRead = true;
        try (Engine engine = engines.get();
                Model model = engine.build(file.network(), file.weights())) {
            Reader reader = new Reader(
                    engine,
                    model,
                    models.normalization(file, Preparation.OF_MODEL),
                    Novelty.of(file.network(), file.facts()));
            PredictionReport report = new PredictionReport(console, models.classNames(file), wishes.show());
            for (int i = 0; i < paths.size(); i++) {
                try {
                    List<DigitImage> seen = new ArrayList<>();
                    if (wishes.segment()) {
                        Writing writing = Writing.read(paths.get(i));
                        writing.lines().forEach(line -> line.forEach(digit -> seen.add(digit.image())));
                        report.number(images.get(i), writing, reader.read(seen));
                    } else if (models.readsCharacters(file)) {
                        Writing writing = Writing.read(paths.get(i));
                        seen.add(writing.whole());
                        report.digit(
                                images.get(i),
                                writing.whole(),
                                reader.read(seen).get(0),
                                writing.count());
                    } else {
                        seen.add(new DigitImage(GreyPicture.read(paths.get(i), DigitImage.SIDE, DigitImage.SIDE)));
                        report.digit(
                                images.get(i), seen.get(0), reader.read(seen).get(0), 1);
                    }
                    for (int k = 0; debug != null && k < seen.size(); k++) {
                        debug.write(i, k, seen.get(k));
                    }
                } catch (DatasetException e) {
                    console.problem(String.valueOf(e.getMessage()));
                    allRead = false;
                }
            }
        }
        return allRead;
    }

    /** A model on its engine. */
    private record Reader(
            Engine engine,
            Model model,
            Normalization normalization,
            @Nullable Novelty novelty) {
        List<Classification> read(List<DigitImage> digits) {
            return digits.stream().map(this::read).toList();
        }

        private Classification read(DigitImage digit) {
            try (Tensor input = engine.tensor(model.network().input().batchOf(1), digit.normalized(normalization));
                    Tensor output = model.predict(input)) {
                float[] logits = output.toArray();
                return Classification.of(
                        logits,
                        novelty == null ? null : novelty.of(Features.before(novelty.layer(), model, input), logits));
            }
        }
    }
}
