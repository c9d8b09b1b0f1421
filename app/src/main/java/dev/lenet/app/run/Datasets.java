package dev.lenet.app.run;

import dev.lenet.api.data.ClassNames;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import dev.lenet.app.config.Config;
import dev.lenet.datasets.DatasetFetcher;
import dev.lenet.datasets.DatasetFiles;
import dev.lenet.datasets.DatasetKind;
import dev.lenet.datasets.ImageFolders;
import dev.lenet.datasets.ImageSource;
import jakarta.inject.Inject;
import java.util.Map;

/** The configured data set: found beside the user, the program or the system's own, or fetched. */
final class Datasets {
    private final Config config;
    private final Installation installation;
    private final Connections connections;
    private final DatasetFetcher fetcher;
    private final Console console;

    @Inject
    Datasets(
            Config config,
            Installation installation,
            Connections connections,
            DatasetFetcher fetcher,
            Console console) {
        this.config = config;
        this.installation = installation;
        this.connections = connections;
        this.fetcher = fetcher;
        this.console = console;
    }

    /** Whether opening network connections is allowed. */
    record Connections(boolean offline) {}

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
        source.notes().forEach(console::note);
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

    private ImageSource source() {
        return config.data().dataset() == DatasetKind.IMAGE_FOLDERS
                ? new ImageFolders(installation.locate(config.data().directory()))
                : files();
    }

    private DatasetFiles files() {
        DatasetKind dataset = config.data().dataset();
        DatasetFiles found = new DatasetFiles(
                        dataset, installation.locate(config.data().directory()))
                .orElseIn(dataset.systemDirectory());
        if (found.complete()) {
            return found;
        }
        // What the program writes goes where the user is, never where the program is.
        DatasetFiles own =
                new DatasetFiles(dataset, installation.place(config.data().directory()));
        return fetcher.fetchMissing(own, connections.offline());
    }
}
