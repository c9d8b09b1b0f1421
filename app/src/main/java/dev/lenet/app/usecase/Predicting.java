package dev.lenet.app.usecase;

import dev.lenet.api.ConfigException;
import dev.lenet.api.DatasetException;
import dev.lenet.api.Shape;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.inference.Classification;
import dev.lenet.api.inference.Classifier;
import dev.lenet.api.model.ModelFile;
import dev.lenet.vision.GreyPicture;
import dev.lenet.vision.ModelImage;
import dev.lenet.vision.Preparation;
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
    private final Notices notices;

    @Inject
    Predicting(TrainedModels models, Installation installation, Provider<Engine> engines, Notices notices) {
        this.models = models;
        this.installation = installation;
        this.engines = engines;
        this.notices = notices;
    }

    /**
     * What is asked for besides the answer.
     *
     * @param segment read every digit of a picture by itself
     * @param debugImage the file to write what the model sees to
     */
    public record Wishes(boolean segment, @Nullable Path debugImage) {}

    /** Hears what was read. */
    public interface Events {
        /** From here on pictures are read with this model, of which users see that path. */
        void reading(Path model, ClassNames names);

        /**
         * A picture read as one digit.
         *
         * @param written how many digits there seem to be
         */
        void digit(Path picture, ModelImage seen, Classification read, int written);

        /**
         * A picture read digit by digit.
         *
         * @param seen what the model got, in reading order
         */
        void number(Path picture, Writing writing, List<ModelImage> seen, List<Classification> read);
    }

    /**
     * Reads the digits; a picture that cannot be read is a problem and does not stop the others.
     *
     * @return whether every picture could be read
     */
    public boolean run(ModelChoice choice, List<Path> images, Wishes wishes, Events events) {
        TrainedModel trained = models.find(choice);
        ModelFile file = trained.file();
        Shape shape = file.network().input();
        Preparation preparation = models.preparation(file);
        if (wishes.segment() && !models.readsCharacters(file)) {
            throw new ConfigException("--segment: expected a model of characters, received one of '"
                    + file.facts().getOrDefault("dataset", "images of " + shape)
                    + "'. Leave --segment out.");
        }
        List<Path> paths = images.stream().map(installation::locate).toList();
        DebugImages debug = wishes.debugImage() == null
                ? null
                : new DebugImages(installation.place(wishes.debugImage()), paths, wishes.segment());
        boolean allRead = true;
        try (Engine engine = engines.get();
                Classifier classifier = Classifier.on(engine, models.prepared(file))) {
            events.reading(trained.path(), classifier.classNames());
            for (int i = 0; i < paths.size(); i++) {
                try {
                    List<ModelImage> seen = new ArrayList<>();
                    if (wishes.segment()) {
                        Writing writing = Writing.read(paths.get(i));
                        writing.lines()
                                .forEach(line -> line.forEach(digit ->
                                        seen.add(ModelImage.of(digit.image()).as(shape))));
                        events.number(images.get(i), writing, seen, classified(classifier, seen));
                    } else {
                        Read read = read(preparation, paths.get(i), shape);
                        seen.add(read.image());
                        events.digit(
                                images.get(i),
                                read.image(),
                                classifier.classify(read.image().pixels()),
                                read.count());
                    }
                    for (int k = 0; debug != null && k < seen.size(); k++) {
                        debug.write(i, k, seen.get(k));
                    }
                } catch (DatasetException e) {
                    notices.problem(String.valueOf(e.getMessage()));
                    allRead = false;
                }
            }
        }
        return allRead;
    }

    /** @param count how many digits there seem to be */
    private record Read(ModelImage image, int count) {}

    private static Read read(Preparation preparation, Path picture, Shape shape) {
        if (preparation != Preparation.MNIST) {
            return new Read(preparation.read(picture, shape), 1);
        }
        GreyPicture grey = GreyPicture.read(picture);
        return new Read(preparation.of(grey, shape), Writing.of(grey).count());
    }

    /** One by one: digits of a number are few, and read as those that stand alone. */
    private static List<Classification> classified(Classifier classifier, List<ModelImage> digits) {
        return digits.stream().map(digit -> classifier.classify(digit.pixels())).toList();
    }
}
