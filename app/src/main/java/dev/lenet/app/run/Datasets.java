package dev.lenet.app.run;

import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import dev.lenet.app.config.Config;
import dev.lenet.app.data.DatasetFetcher;
import dev.lenet.app.data.DatasetFiles;
import dev.lenet.app.data.Installation;
import jakarta.inject.Inject;
import java.util.Map;

/** The configured data set: found beside the user or the program, or fetched. */
final class Datasets {
    private final Config config;
    private final Installation installation;
    private final Connections connections;
    private final DatasetFetcher fetcher;

    @Inject
    Datasets(Config config, Installation installation, Connections connections, DatasetFetcher fetcher) {
        this.config = config;
        this.installation = installation;
        this.connections = connections;
        this.fetcher = fetcher;
    }

    /** Whether opening network connections is allowed. */
    record Connections(boolean offline) {}

    /**
     * All four files.
     *
     * @param sha256 by file
     */
    record Whole(ImageDataset training, ImageDataset test, Map<String, String> sha256) {}

    Whole whole(Normalization normalization) {
        DatasetFiles files = files();
        ImageDataset training = files.training(normalization);
        ImageDataset test = files.test(normalization);
        return new Whole(training, test, files.sha256());
    }

    ImageDataset training(Normalization normalization) {
        return files().training(normalization);
    }

    ImageDataset test(Normalization normalization) {
        return files().test(normalization);
    }

    private DatasetFiles files() {
        DatasetFiles found = new DatasetFiles(
                config.data().dataset(), installation.locate(config.data().directory()));
        if (found.complete()) {
            return found;
        }
        // What the program writes goes where the user is, never where the program is.
        DatasetFiles own = new DatasetFiles(
                config.data().dataset(), installation.place(config.data().directory()));
        return fetcher.fetchMissing(own, connections.offline());
    }
}
