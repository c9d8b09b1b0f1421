package dev.lenet.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lenet.api.DatasetException;
import dev.lenet.api.data.Normalization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A file whose digest is known must have it")
class DigestsTest {
    private static final String LABELS = SmallDataset.digest("SHA-256", SmallDataset.raw(DataFile.TRAIN_LABELS));
    private static final String ZEROS = "0".repeat(64);

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void fourFiles() throws IOException {
        SmallDataset.write(folder);
    }

    @Test
    @DisplayName("Files that are called MNIST but are not are refused")
    void builtIn() {
        expect(
                DatasetKind.MNIST,
                folder.resolve("train-images-idx3-ubyte.gz")
                        + ": expected the SHA-256 ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db,"
                        + " built in for mnist, received "
                        + SmallDataset.digest("SHA-256", SmallDataset.raw(DataFile.TRAIN_IMAGES))
                        + ". The file is damaged or not that of mnist: fetch it"
                        + " again, or use it as 'idx' if it is data of your own.");
    }

    @Test
    @DisplayName("The digests of Fashion-MNIST are built in as well")
    void fashion() {
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> load(DatasetKind.FASHION_MNIST))
                .withMessageStartingWith(folder.resolve("train-images-idx3-ubyte.gz") + ": expected the SHA-256"
                        + " c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888, built in for"
                        + " fashion-mnist, received ");
    }

    @Test
    @DisplayName("SHA256SUMS beside the files counts for every data set, and is of the uncompressed bytes")
    void ofTheFolder() throws IOException {
        write("", LABELS.toUpperCase(Locale.ROOT) + " *./train-labels.idx1-ubyte", ZEROS + "  README.md");
        assertThat(load(DatasetKind.IDX)).isEqualTo(SmallDataset.TRAINING);

        write("", ZEROS + "  train-labels-idx1-ubyte");
        expect(
                DatasetKind.IDX,
                folder.resolve("train-labels-idx1-ubyte.gz") + ": expected the SHA-256 " + ZEROS + ", line 2 of "
                        + folder.resolve("SHA256SUMS") + ", received " + LABELS
                        + ". One of the two is damaged or out of date: replace it.");

        write(ZEROS + "  train-images-idx3-ubyte");
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> new DatasetFiles(SmallDataset.withoutDigests(DatasetKind.FASHION_MNIST), folder)
                        .training(new Normalization(0, 1)))
                .withMessageStartingWith(folder.resolve("train-images-idx3-ubyte.gz") + ": expected the SHA-256 000");
    }

    @Test
    @DisplayName("Digests of gzip files are not of what is in them, and are left alone")
    void gzipDigests() throws IOException {
        write(ZEROS + "  train-labels-idx1-ubyte.gz");

        assertThat(load(DatasetKind.IDX)).isEqualTo(SmallDataset.TRAINING);
    }

    @Test
    @DisplayName("A line that is none is shown")
    void malformed() throws IOException {
        write(LABELS + "  train-labels-idx1-ubyte", "abc  train-images-idx3-ubyte");

        expect(
                DatasetKind.IDX,
                folder.resolve("SHA256SUMS") + ", line 2: expected 64 hexadecimal digits, two spaces and a file name,"
                        + " received 'abc  train-images-idx3-ubyte'. Write it with sha256sum, from the uncompressed"
                        + " files.");
    }

    @Test
    @DisplayName("A SHA256SUMS that is not text, or far too long, is not read")
    void notText() throws IOException {
        Files.write(folder.resolve("SHA256SUMS"), new byte[] {(byte) 0xC3, '\n'});
        expect(
                DatasetKind.IDX,
                folder.resolve("SHA256SUMS") + ": expected text, received other bytes. Replace or remove it.");

        Files.write(folder.resolve("SHA256SUMS"), new byte[(1 << 20) + 1]);
        expect(
                DatasetKind.IDX,
                folder.resolve("SHA256SUMS") + ": expected a few lines of digests, received 1048577 bytes."
                        + " Replace or remove it.");
    }

    private void write(String... lines) throws IOException {
        Files.writeString(folder.resolve("SHA256SUMS"), String.join("\n", lines) + "\n");
    }

    private int load(DatasetKind kind) {
        return new DatasetFiles(kind, folder).training(new Normalization(0, 1)).size();
    }

    private void expect(DatasetKind kind, String message) {
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> load(kind))
                .withMessage(message);
    }
}
