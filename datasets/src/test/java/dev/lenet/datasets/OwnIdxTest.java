package dev.lenet.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lenet.api.DatasetException;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("IDX files of the user's own: EMNIST's peculiarities, and labels from 1")
class OwnIdxTest {
    private static final Normalization UNCHANGED = new Normalization(0, 1);

    @TempDir
    Path folder = Path.of("");

    @Test
    @DisplayName("EMNIST's files are found by their names, turned upright, and their labels from 1 are classes from 0")
    void emnistLetters() throws IOException {
        emnist("letters", "train", 1, 2, 3, 1);
        emnist("letters", "test", 2, 2);

        DatasetFiles files = new DatasetFiles(DatasetKind.IDX, folder);
        ImageDataset training = files.training(UNCHANGED);

        assertThat(files.complete()).isTrue();
        assertThat(labels(training)).containsExactly(0, 1, 2, 0);
        assertThat(labels(files.test(UNCHANGED)))
                .as("with the range of both files")
                .containsExactly(1, 1);
        assertThat(training.classes()).isEqualTo(3);
        for (int y = 0; y < 28; y++) {
            for (int x = 0; x < 28; x++) {
                assertThat(training.pixel(1, y * 28 + x)).isEqualTo((1 + x * 28 + y) % 256);
            }
        }
        assertThat(files.classNames().names()).containsExactly("1", "2", "3");
        assertThat(files.classNames().numbered()).isTrue();
        assertThat(files.notes())
                .containsExactly(
                        folder + ": labels count from 1, so label 1 is the first class.",
                        folder + ": images in EMNIST's files lie on their side and are turned upright.");
    }

    @Test
    @DisplayName("EMNIST's mapping tells what its classes are called")
    void mapping() throws IOException {
        emnist("letters", "train", 1, 2);
        emnist("letters", "test", 2, 2);
        Path mapping = Files.writeString(folder.resolve("emnist-letters-mapping.txt"), "1 65 97\n2 66 98\n");
        DatasetFiles files = new DatasetFiles(DatasetKind.IDX, folder);

        assertThat(files.classNames()).isEqualTo(new ClassNames(List.of("Aa", "Bb")));

        Files.writeString(mapping, "1 65 97\n<html>\n");
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(files::classNames)
                .withMessage(mapping + ": expected a line for each label from 1 to 2, the label and the codes of its"
                        + " characters, received 1 such lines. Replace it, or remove it.");
    }

    @Test
    @DisplayName("Two splits of EMNIST in one directory are one too many")
    void twoSplits() throws IOException {
        emnist("letters", "train", 1);
        emnist("digits", "train", 0);

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> new DatasetFiles(DatasetKind.IDX, folder))
                .withMessage(folder + ": expected files of one split of EMNIST, received those of digits, letters."
                        + " Put each split into a directory of its own.");
    }

    @Test
    @DisplayName("SHA256SUMS counts for EMNIST's names too, and is of the files as they are")
    void digests() throws IOException {
        emnist("letters", "train", 1, 2);
        emnist("letters", "test", 2, 2);
        String digest = SmallDataset.digest("SHA-256", SmallDataset.images(2, 28, 28));
        Path sums = folder.resolve("SHA256SUMS");
        Files.writeString(sums, digest + "  emnist-letters-train-images-idx3-ubyte\n");
        assertThat(new DatasetFiles(DatasetKind.IDX, folder).training(UNCHANGED).size())
                .isEqualTo(2);

        Files.writeString(sums, "0".repeat(64) + "  emnist-letters-train-images-idx3-ubyte\n");
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> new DatasetFiles(DatasetKind.IDX, folder).training(UNCHANGED))
                .withMessageContaining("expected the SHA-256 0000");
    }

    @Test
    @DisplayName("Labels from 1 count as such under MNIST's names too, those from 0 or 2 do not")
    void firstLabel() throws IOException {
        SmallDataset.write(folder);
        Path training = folder.resolve("train-labels-idx1-ubyte.gz");
        Path test = folder.resolve("t10k-labels-idx1-ubyte.gz");
        Files.write(training, SmallDataset.labels(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}));
        Files.write(test, SmallDataset.labels(new byte[] {2, 3, 2, 3, 2}));
        DatasetFiles files = new DatasetFiles(DatasetKind.IDX, folder);
        assertThat(files.training(UNCHANGED).label(0)).isZero();
        assertThat(files.test(UNCHANGED).label(0)).isEqualTo(1);
        assertThat(files.training(UNCHANGED).classes()).isEqualTo(12);

        Files.write(training, SmallDataset.labels(new byte[] {2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}));
        DatasetFiles from2 = new DatasetFiles(DatasetKind.IDX, folder);
        assertThat(from2.training(UNCHANGED).label(0)).isEqualTo(2);
        assertThat(from2.training(UNCHANGED).classes()).isEqualTo(13);
        assertThat(from2.classNames()).isEqualTo(ClassNames.numbered(13, 0));
        assertThat(from2.notes()).isEmpty();
    }

    @Test
    @DisplayName("A pair of files for a model: labels from 1 are told by the highest being the number of classes")
    void pair() throws IOException {
        emnist("letters", "test", 1, 2, 3);
        Path images = folder.resolve("emnist-letters-test-images-idx3-ubyte");
        Path labels = folder.resolve("emnist-letters-test-labels-idx1-ubyte");

        assertThat(labels(IdxPair.read(images, labels, 3, UNCHANGED))).containsExactly(0, 1, 2);
        assertThat(labels(IdxPair.read(images, labels, 4, UNCHANGED))).containsExactly(1, 2, 3);
        assertThat(IdxPair.read(images, labels, 3, UNCHANGED).pixel(0, 1))
                .as("turned upright")
                .isEqualTo(28);
    }

    private void emnist(String split, String part, int... labels) throws IOException {
        byte[] bytes = new byte[labels.length];
        for (int i = 0; i < labels.length; i++) {
            bytes[i] = (byte) labels[i];
        }
        String stem = "emnist-" + split + "-" + part;
        Files.write(folder.resolve(stem + "-images-idx3-ubyte"), SmallDataset.images(labels.length, 28, 28));
        Files.write(folder.resolve(stem + "-labels-idx1-ubyte"), SmallDataset.labels(bytes));
    }

    private static List<Integer> labels(Dataset dataset) {
        return java.util.stream.IntStream.range(0, dataset.size())
                .mapToObj(dataset::label)
                .toList();
    }
}
