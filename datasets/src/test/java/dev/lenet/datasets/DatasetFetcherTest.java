package dev.lenet.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lenet.api.DatasetException;
import dev.lenet.api.data.Normalization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Missing files are fetched, checked and put in place, or nothing is")
class DatasetFetcherTest extends FetcherFixture {
    DatasetFetcherTest() throws IOException {}

    @Test
    @DisplayName("It says what it fetches, from where, how much and to where, and then does so, whatever DJL is told")
    void fetches() {
        ImageSource files = fetch();

        assertThat(files.training(new Normalization(0, 1)).size()).isEqualTo(SmallDataset.TRAINING);
        assertThat(files.test(new Normalization(0, 1)).size()).isEqualTo(SmallDataset.TEST);
        assertThat(content(folder()))
                .containsExactlyInAnyOrder(
                        "train-images-idx3-ubyte.gz",
                        "train-labels-idx1-ubyte.gz",
                        "t10k-images-idx3-ubyte.gz",
                        "t10k-labels-idx1-ubyte.gz");
        assertThat(said)
                .containsExactly(
                        folder() + ": expected the four files of fashion-mnist, found no such directory; missing"
                                + " train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz, t10k-images-idx3-ubyte.gz,"
                                + " t10k-labels-idx1-ubyte.gz. Asking " + address("metadata.json") + " for them.",
                        "Fetching 4 files, 0.0 MB in total, into " + folder() + ": " + address(IMAGES) + ", "
                                + address("1.0/train-labels-idx1-ubyte.gz") + ", "
                                + address("1.0/t10k-images-idx3-ubyte.gz") + ", "
                                + address("1.0/t10k-labels-idx1-ubyte.gz") + ".");
    }

    @Test
    @DisplayName("A file that is there is neither fetched nor touched")
    void fetchesOnlyWhatIsMissing() throws IOException {
        SmallDataset.write(folder());
        Files.delete(folder().resolve("t10k-labels-idx1-ubyte.gz"));
        Files.move(folder().resolve("train-images-idx3-ubyte.gz"), folder().resolve("train-images.idx3-ubyte.gz"));

        fetch();

        assertThat(server.requests())
                .containsExactly(
                        DjlServer.FASHION_MNIST + "metadata.json",
                        DjlServer.FASHION_MNIST + "1.0/t10k-labels-idx1-ubyte.gz");
        assertThat(content(folder())).hasSize(4).contains("train-images.idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz");
        assertThat(said).last().asString().startsWith("Fetching 1 file, 0.0 MB in total, into " + folder() + ": ");
    }

    @Test
    @DisplayName("Nothing is said or asked if nothing is missing")
    void complete() throws IOException {
        SmallDataset.write(folder());

        fetch();

        assertThat(said).isEmpty();
        assertThat(server.requests()).isEmpty();
    }

    @Test
    @DisplayName("Offline, nothing is fetched, and the message says which files belong where")
    void offline() {
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> find(DatasetFinder.offline(), DatasetKind.MNIST))
                .withMessage(folder() + ": expected the four files of mnist, found no such directory; missing"
                        + " train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz, t10k-images-idx3-ubyte.gz,"
                        + " t10k-labels-idx1-ubyte.gz. No connection may be opened to fetch them: put them there,"
                        + " gzipped or not, or name another directory.");
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> find(DatasetFinder.offline("The museum is closed."), DatasetKind.MNIST))
                .withMessageEndingWith("t10k-labels-idx1-ubyte.gz. The museum is closed.");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    @DisplayName("A place that is empty, or has a part of the files, does not hide the next one")
    void severalPlaces() throws IOException {
        Path empty = Files.createDirectories(root.resolve("empty"));
        Path part = root.resolve("part");
        SmallDataset.write(part);
        Files.delete(part.resolve("t10k-labels-idx1-ubyte.gz"));
        Path whole = root.resolve("whole");
        SmallDataset.write(whole);
        DatasetKind kind = SmallDataset.withoutDigests(DatasetKind.FASHION_MNIST);
        List<Path> places = List.of(root.resolve("nowhere"), empty, part, whole);

        ImageSource found = DatasetFinder.offline().find(kind, places, empty);

        assertThat(found.training().size()).isEqualTo(SmallDataset.TRAINING);
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> DatasetFinder.offline().find(kind, places.subList(0, 3), empty))
                .withMessageStartingWith(empty + ": expected the four files of fashion-mnist, found 0; missing ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatasetFinder.offline().find(kind, List.of(), empty));
    }

    @Test
    @DisplayName("The user's own data can be fetched from nowhere")
    void ownData() {
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> find(finder(server.uri()), DatasetKind.IDX))
                .withMessageEndingWith(" They cannot be fetched from anywhere: put them there, gzipped or not, or name"
                        + " another directory.");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    @DisplayName("Bytes that are as announced but no images are refused before they are put in place")
    void announcedButWrong() {
        byte[] wrong = SmallDataset.gzip(SmallDataset.labels(16));
        serve(DataFile.TRAIN_IMAGES, wrong);

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(this::fetch)
                .withMessage(address(IMAGES) + ": expected an IDX file of images, received one of labels."
                        + " Exchange the two files: images are in the one, labels in the other."
                        + " Nothing was put into " + folder() + ".");
        expectNothingLeft();

        serve(DataFile.TRAIN_IMAGES, IMAGES_BODY);
        serve(DataFile.TEST_LABELS, SmallDataset.gzip(SmallDataset.labels(4)));
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(this::fetch)
                .withMessageStartingWith(address("1.0/t10k-labels-idx1-ubyte.gz")
                        + ": expected one label for each of the 5 images in t10k-images-idx3-ubyte.gz, received 4.");
        expectNothingLeft();
    }

    @Test
    @DisplayName(
            "Fetched files are checked against those that are there, and against SHA256SUMS; those stay as they are")
    void checkedTogether() throws IOException {
        SmallDataset.write(folder());
        Files.delete(folder().resolve("train-images-idx3-ubyte.gz"));
        Files.writeString(folder().resolve("SHA256SUMS"), "0".repeat(64) + "  train-images-idx3-ubyte\n");

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(this::fetch)
                .withMessageStartingWith(address(IMAGES) + ": expected the SHA-256 0000")
                .withMessageEndingWith("Nothing was put into " + folder() + ".");

        assertThat(content(folder()))
                .containsExactlyInAnyOrder(
                        "SHA256SUMS",
                        "train-labels-idx1-ubyte.gz",
                        "t10k-images-idx3-ubyte.gz",
                        "t10k-labels-idx1-ubyte.gz");
    }

    @Test
    @DisplayName("Only the repository that was chosen may go without encryption")
    void httpsOnly() {
        for (String address : List.of("http://127.0.0.1:1/x", "http://example.org/x", "file:///etc/passwd")) {
            server.metadata(DataFile.of(DatasetKind.Layout.IDX_FILES).stream()
                    .map(file -> DjlServer.entry(file, IMAGES_BODY, address))
                    .collect(Collectors.joining(",")));
            assertThatExceptionOfType(DatasetException.class)
                    .isThrownBy(this::fetch)
                    .withMessageStartingWith(address + ": expected an address that starts with https. Try again");
            expectNothingLeft();
        }
    }

    @Test
    @DisplayName("A folder that cannot be made")
    void unwritable() throws IOException {
        Files.writeString(root.resolve("data"), "a file where a folder should be");

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(this::fetch)
                .withMessageStartingWith(folder() + ": cannot be written (")
                .withMessageEndingWith("). Name a directory that you may write to.");
        assertThat(content(root)).containsExactly("data");
    }

    @Test
    @DisplayName("Nothing is written to DJL's cache")
    void noCache() throws IOException {
        Path cache = Files.createDirectory(root.resolve("cache"));
        System.setProperty("DJL_CACHE_DIR", cache.toString());
        try {
            fetch();
        } finally {
            System.clearProperty("DJL_CACHE_DIR");
        }
        assertThat(content(cache)).isEmpty();
    }

    private void serve(DataFile wrong, byte[] body) {
        server.metadata(DataFile.of(DatasetKind.Layout.IDX_FILES).stream()
                .map(file -> DjlServer.entry(
                        file,
                        file == wrong ? body : SmallDataset.gzip(SmallDataset.raw(file)),
                        "1.0/" + file.zippedName()))
                .collect(Collectors.joining(",")));
        server.answer(DjlServer.FASHION_MNIST + "1.0/" + wrong.zippedName(), DjlServer.body(body));
    }
}
