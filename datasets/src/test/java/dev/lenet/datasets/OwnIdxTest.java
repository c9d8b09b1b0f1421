package dev.lenet.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lenet.api.DatasetException;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.LabelCodes;
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
                .withMessage(mapping + ": expected a line for each of the labels 1 to 2, the label and the codes of its"
                        + " characters, received none for 2. Replace it, or remove it.");

        Files.writeString(mapping, "1" + " 65".repeat(300_000) + "\n2 66\n");
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(files::classNames)
                .withMessageContaining("received none for 1");
        Files.writeString(mapping, "1 65\n".repeat(300_000));
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(files::classNames)
                .withMessage(mapping + ": expected a few lines, received 1500000 bytes. Replace it, or remove it.");
    }

    @Test
    @DisplayName("The mapping is looked up by the labels that there are")
    void mappingOfSomeLabels() throws IOException {
        emnist("byclass", "train", 10, 36, 10);
        emnist("byclass", "test", 36);
        Files.writeString(folder.resolve("emnist-byclass-mapping.txt"), "0 48\n10 65\n11 66\n36 97\n");

        assertThat(new DatasetFiles(DatasetKind.IDX, folder).classNames()).isEqualTo(new ClassNames(List.of("A", "a")));
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
    @DisplayName("Labels from 1 count as such under MNIST's names too, by the training file alone")
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

        Files.write(test, SmallDataset.labels(new byte[] {1, 2, 1, 2, 1}));
        assertThat(labels(new DatasetFiles(DatasetKind.IDX, folder).test(UNCHANGED)))
                .as("without the last class")
                .containsExactly(0, 1, 0, 1, 0);
    }

    @Test
    @DisplayName("The classes are the labels that occur in the training file, whatever numbers they are")
    void otherCodes() throws IOException {
        SmallDataset.write(folder);
        Path training = folder.resolve("train-labels-idx1-ubyte.gz");
        Path test = folder.resolve("t10k-labels-idx1-ubyte.gz");
        Files.write(training, SmallDataset.labels(new byte[] {30, 20, 10, 10, 20, 30, (byte) 200, 10, 10, 10, 10, 10}));
        Files.write(test, SmallDataset.labels(new byte[] {30, 30, 20, (byte) 200, 20}));
        DatasetFiles files = new DatasetFiles(DatasetKind.IDX, folder);

        assertThat(labels(files.training(UNCHANGED))).startsWith(2, 1, 0, 0, 1, 2, 3, 0);
        assertThat(labels(files.test(UNCHANGED))).containsExactly(2, 2, 1, 3, 1);
        assertThat(files.labelCodes()).isEqualTo(new LabelCodes(List.of(10, 20, 30, 200)));
        assertThat(files.classNames()).isEqualTo(new ClassNames(List.of("10", "20", "30", "200")));
        assertThat(files.notes())
                .containsExactly(folder + ": the labels are 10, 20, 30, 200, which are the classes in this order.");
        assertThat(labels(files.test(UNCHANGED, new LabelCodes(List.of(1, 20, 30, 31, 200)))))
                .as("by the codes of a model")
                .containsExactly(2, 2, 1, 4, 1);

        Files.write(test, SmallDataset.labels(new byte[] {30, 30, 20, 40, 20}));
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> new DatasetFiles(DatasetKind.IDX, folder).test(UNCHANGED))
                .withMessage(
                        test + ": expected the labels of the training data, 10, 20, 30, 200, received 40 for example"
                                + " 3, counted from 0. The file is damaged, or of other classes: use the one that belongs to"
                                + " them.");
    }

    @Test
    @DisplayName("A pair of files for a model: the model tells which label is which class")
    void pair() throws IOException {
        emnist("letters", "test", 1, 2, 3);
        Path images = folder.resolve("emnist-letters-test-images-idx3-ubyte");
        Path labels = folder.resolve("emnist-letters-test-labels-idx1-ubyte");

        LabelCodes from1 = new LabelCodes(List.of(1, 2, 3, 4));
        assertThat(labels(IdxPair.read(images, labels, from1, UNCHANGED))).containsExactly(0, 1, 2);
        assertThat(labels(IdxPair.read(images, labels, 4, UNCHANGED))).containsExactly(1, 2, 3);
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> IdxPair.read(images, labels, 3, UNCHANGED))
                .withMessageStartingWith(
                        labels + ": expected the labels of the training data, 0 to 2, received 3 for" + " example 2");
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> IdxPair.read(labels, images, from1, UNCHANGED))
                .withMessageEndingWith(
                        "received one of labels. Exchange the two files: images are in the one, labels in"
                                + " the other.");
        assertThat(IdxPair.read(images, labels, 4, UNCHANGED).pixel(0, 1))
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
