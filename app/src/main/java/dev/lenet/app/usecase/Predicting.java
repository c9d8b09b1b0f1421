package dev.lenet.app.usecase;

import dev.lenet.api.ConfigException;
import dev.lenet.api.DatasetException;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.inference.Classification;
import dev.lenet.api.inference.Classifier;
import dev.lenet.api.model.ModelFile;
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
        void digit(Path picture, DigitImage seen, Classification read, int written);

        /** A picture read digit by digit. */
        void number(Path picture, Writing writing, List<Classification> read);
    }

    /**
     * Reads the digits; a picture that cannot be read is a problem and does not stop the others.
     *
     * @return whether every picture could be read
     */
    public boolean run(ModelChoice choice, List<Path> images, Wishes wishes, Events events) {
        TrainedModel trained = models.find(choice);
        ModelFile file = trained.file();
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
                Classifier classifier = Classifier.on(engine, models.prepared(file))) {
            events.reading(trained.path(), classifier.classNames());
            for (int i = 0; i < paths.size(); i++) {
                try {
                    List<DigitImage> seen = new ArrayList<>();
                    if (wishes.segment()) {
                        Writing writing = Writing.read(paths.get(i));
                        writing.lines().forEach(line -> line.forEach(digit -> seen.add(digit.image())));
                        events.number(images.get(i), writing, classified(classifier, seen));
                    } else if (models.readsCharacters(file)) {
                        Writing writing = Writing.read(paths.get(i));
                        seen.add(writing.whole());
                        events.digit(
                                images.get(i),
                                writing.whole(),
                                classifier.classify(seen.get(0).pixels()),
                                writing.count());
                    } else {
                        seen.add(new DigitImage(
                                GreyPicture.read(paths.get(i)).scaled(DigitImage.SIDE, DigitImage.SIDE)));
                        events.digit(
                                images.get(i),
                                seen.get(0),
                                classifier.classify(seen.get(0).pixels()),
                                1);
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

    /** One by one: digits of a number are few, and read as those that stand alone. */
    private static List<Classification> classified(Classifier classifier, List<DigitImage> digits) {
        return digits.stream().map(digit -> classifier.classify(digit.pixels())).toList();
    }
}
