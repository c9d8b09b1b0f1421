package dev.lenet.app.usecase;

import dev.lenet.api.ConfigException;
import dev.lenet.api.DatasetException;
import dev.lenet.api.Shape;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.LabelCodes;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.data.Split;
import dev.lenet.api.model.ModelFile;
import dev.lenet.app.config.Config;
import dev.lenet.app.storage.RunDirectory;
import dev.lenet.datasets.DatasetFinder;
import dev.lenet.datasets.DatasetKind;
import dev.lenet.datasets.ImageSource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The configured data set, which is found once: where the user, the program or the system has it, or fetched. */
@Singleton
final class Datasets {
    private final Config config;
    private final Installation installation;
    private final DatasetFinder finder;
    private final Notices notices;
    private @Nullable ImageSource found;

    @Inject
    Datasets(Config config, Installation installation, DatasetFinder finder, Notices notices) {
        this.config = config;
        this.installation = installation;
        this.finder = finder;
        this.notices = notices;
    }

    /** The data that a run was trained for, or, of a model whose run is not known, the configured one. */
    Datasets of(TrainedModel model) {
        @Nullable RunDirectory run = model.run();
        return run == null ? this : new Datasets(run.config(), installation, finder, notices);
    }

    /** What it is called. */
    String id() {
        return config.data().dataset().id();
    }

    /**
     * All there is.
     *
     * @param classNames in order of the classes
     * @param labelCodes the numbers that stand for the classes in label files of the user's own; null of other data
     * @param sha256 of the parts it was read from
     */
    record Whole(
            ImageDataset training,
            ImageDataset test,
            ClassNames classNames,
            @Nullable LabelCodes labelCodes,
            Map<String, String> sha256) {

        /** A model trained on it, which keeps what its classes are called, by people and in files. */
        ModelFile named(ModelFile trained) {
            ModelFile named = trained.withClassNames(classNames);
            return labelCodes == null ? named : named.withLabelCodes(labelCodes);
        }
    }

    /** As the configuration says: what it leaves to the images is told by those to train on. */
    Whole whole() {
        ImageSource source = source();
        ImageDataset training = training(source);
        ImageDataset test = source.test(training.normalization());
        @Nullable
        LabelCodes codes = source.kind().own() && source.kind().layout() == DatasetKind.Layout.IDX_FILES
                ? source.labelCodes()
                : null;
        return new Whole(training, test, source.classNames(), codes, source.sha256());
    }

    /** As the configuration says. */
    ImageDataset training() {
        return training(source());
    }

    /** In the shape that a model takes. */
    ImageDataset training(Shape shape) {
        return training(source().shaped(shape));
    }

    private ImageDataset training(ImageSource source) {
        source.notes().forEach(notices::note);
        ImageDataset images = source.training(config.data().normalization());
        return images.normalizedBy(config.data().normalization(images));
    }

    /**
     * What to learn from, and what to judge epochs by.
     *
     * @throws ConfigException if more are to be set aside than there are
     * @throws DatasetException if the images to learn from are all of the same class
     */
    Split split(ImageDataset images) {
        int aside = config.data().validationSize();
        if (aside >= images.size()) {
            throw new ConfigException("data.validation_size: expected fewer than the " + images.size()
                    + " training examples of " + config.data().folder() + ", received " + aside
                    + ". Set fewer aside (--validation-size), or 0 for none.");
        }
        Split split = Split.of(images, aside, config.seed());
        Dataset training = split.training();
        int first = training.label(0);
        if (IntStream.range(1, training.size()).allMatch(row -> training.label(row) == first)) {
            throw new DatasetException(
                    config.data().folder() + ": expected examples of at least two classes to learn from,"
                            + " received " + training.size() + " of one, after " + aside
                            + " were set aside. Set fewer aside (--validation-size), or add examples.");
        }
        return split;
    }

    /**
     * @param shape of the images that a model takes
     * @param codes the numbers that stand for its classes in label files
     */
    ImageDataset test(Shape shape, Normalization normalization, LabelCodes codes) {
        return source().shaped(shape).test(normalization, codes);
    }

    /** What the classes of the configured data set are called. */
    ClassNames classNames() {
        return source().classNames();
    }

    private synchronized ImageSource source() {
        ImageSource source = found;
        if (source == null) {
            Path directory = config.data().folder();
            // What the program writes goes where the user is, never where the program is.
            source =
                    finder.find(config.data().dataset(), installation.places(directory), installation.place(directory));
            source = config.data().shape().map(source::shaped).orElse(source);
            found = source;
        }
        return source;
    }
}
