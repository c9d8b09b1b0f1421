package dev.lenet.app.usecase;

import dev.lenet.api.data.ClassNames;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import dev.lenet.app.config.Config;
import dev.lenet.app.storage.RunDirectory;
import dev.lenet.datasets.DatasetFinder;
import dev.lenet.datasets.ImageSource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Map;
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
     * @param sha256 of the parts it was read from
     */
    record Whole(ImageDataset training, ImageDataset test, ClassNames classNames, Map<String, String> sha256) {}

    /** As the configuration says: what it leaves to the images is told by those to train on. */
    Whole whole() {
        ImageSource source = source();
        ImageDataset training = training(source);
        ImageDataset test = source.test(training.normalization());
        return new Whole(training, test, source.classNames(), source.sha256());
    }

    /** As the configuration says. */
    ImageDataset training() {
        return training(source());
    }

    private ImageDataset training(ImageSource source) {
        source.notes().forEach(notices::note);
        ImageDataset images = source.training(config.data().normalization());
        return images.normalizedBy(config.data().normalization(images));
    }

    ImageDataset test(Normalization normalization) {
        return source().test(normalization);
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
                    finder.find(config.data().dataset(), installation.locate(directory), installation.place(directory));
            found = source;
        }
        return source;
    }
}
