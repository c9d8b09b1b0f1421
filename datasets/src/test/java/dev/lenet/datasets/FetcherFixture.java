package dev.lenet.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lenet.api.DatasetException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A fetcher, the server it fetches from, and the folder it fetches to. */
class FetcherFixture {
    static final String IMAGES = "1.0/train-images-idx3-ubyte.gz";
    static final byte[] IMAGES_BODY = SmallDataset.gzip(SmallDataset.raw(DataFile.TRAIN_IMAGES));

    @TempDir
    Path root = Path.of("");

    final List<String> said = Collections.synchronizedList(new ArrayList<>());
    final DjlServer server;

    FetcherFixture() throws IOException {
        server = DjlServer.start();
    }

    @BeforeEach
    void otherCodeHasSwitchedDjlOff() {
        System.setProperty("ai.djl.offline", "true");
    }

    @AfterEach
    void stop() {
        System.clearProperty("ai.djl.offline");
        server.close();
    }

    void expectFailure(String name, String reason) {
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(this::fetch)
                .withMessage(address(name) + ": " + reason + ". Try again later, or put the files into " + folder()
                        + " yourself: train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz,"
                        + " t10k-images-idx3-ubyte.gz, t10k-labels-idx1-ubyte.gz.");
        expectNothingLeft();
    }

    /** Not even the folders that were made on the way. */
    void expectNothingLeft() {
        assertThat(content(root)).isEmpty();
    }

    ImageSource fetch() {
        return find(finder(server.uri()), DatasetKind.FASHION_MNIST);
    }

    DatasetFinder finder(URI repository) {
        return DatasetFinder.fetching(said::add, repository, Duration.ofMillis(500));
    }

    ImageSource find(DatasetFinder finder, DatasetKind kind) {
        return finder.find(SmallDataset.withoutDigests(kind), folder());
    }

    Path folder() {
        return root.resolve("data/fashion");
    }

    String address(String name) {
        return server.uri().resolve(DjlServer.FASHION_MNIST + name).toString();
    }

    static List<String> content(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
