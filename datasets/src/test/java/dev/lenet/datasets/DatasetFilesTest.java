package dev.lenet.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lenet.api.DatasetException;
import dev.lenet.api.Shape;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The four files of a data set are found under several names and believed in nothing")
class DatasetFilesTest {
    private static final Normalization UNCHANGED = new Normalization(0, 1);

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void fourFiles() throws IOException {
        SmallDataset.write(folder);
    }

    @Test
    @DisplayName("The MNIST that comes with the program has the digests that are built in, and its own SHA256SUMS")
    void shippedMnist() {
        DatasetFiles mnist = new DatasetFiles(DatasetKind.MNIST, Path.of("../data/mnist"));

        ImageDataset training = mnist.training(new Normalization(0.1307, 0.3081));
        ImageDataset test = mnist.test(UNCHANGED);

        assertThat(training.size()).isEqualTo(60_000);
        assertThat(test.size()).isEqualTo(10_000);
        assertThat(training.exampleShape()).isEqualTo(Shape.of(1, 28, 28));
        assertThat(training.classes()).isEqualTo(10);
        Normalization pixels = Normalization.of(training);
        assertThat(DatasetKind.MNIST.normalization())
                .as("to four digits")
                .contains(
                        new Normalization(Math.round(pixels.mean() * 1e4) / 1e4, Math.round(pixels.std() * 1e4) / 1e4));
        assertThat(new int[] {training.label(0), training.label(1), training.label(2)})
                .as("the best known labels there are")
                .containsExactly(5, 0, 4);
        assertThat(new int[] {test.label(0), test.label(1), test.label(2)}).containsExactly(7, 2, 1);
    }

    @Test
    @DisplayName("Pixels, labels and classes arrive as they are in the files, normalised")
    void loads() {
        ImageDataset training = files(DatasetKind.FASHION_MNIST).training(new Normalization(0.5, 0.25));
        float[] values = new float[28 * 28];
        training.read(3, values, 0);

        assertThat(training.size()).isEqualTo(SmallDataset.TRAINING);
        assertThat(training.label(11)).isEqualTo(1);
        assertThat(values[100]).isEqualTo((float) ((103 / 255.0 - 0.5) / 0.25));
        assertThat(files(DatasetKind.FASHION_MNIST).test(UNCHANGED).size()).isEqualTo(SmallDataset.TEST);
    }

    @Test
    @DisplayName("A file may be uncompressed, and may have a dot for the first hyphen")
    void otherNames() throws IOException {
        for (DataFile file : DataFile.of(DatasetKind.Layout.IDX_FILES)) {
            Files.delete(folder.resolve(file.zippedName()));
        }
        Files.write(folder.resolve("train-images.idx3-ubyte"), SmallDataset.raw(DataFile.TRAIN_IMAGES));
        Files.write(folder.resolve("train-labels-idx1-ubyte"), SmallDataset.raw(DataFile.TRAIN_LABELS));
        Files.write(
                folder.resolve("t10k-images.idx3-ubyte.gz"), SmallDataset.gzip(SmallDataset.raw(DataFile.TEST_IMAGES)));
        Files.write(folder.resolve("t10k-labels.idx1-ubyte"), SmallDataset.raw(DataFile.TEST_LABELS));

        assertThat(files(DatasetKind.FASHION_MNIST).complete()).isTrue();
        assertThat(files(DatasetKind.FASHION_MNIST).training(UNCHANGED).size()).isEqualTo(SmallDataset.TRAINING);
        assertThat(files(DatasetKind.FASHION_MNIST).test(UNCHANGED).size()).isEqualTo(SmallDataset.TEST);
    }

    @Test
    @DisplayName("A file that is missing is named, with the folder")
    void missing() throws IOException {
        Files.delete(folder.resolve("train-labels-idx1-ubyte.gz"));
        Files.delete(folder.resolve("t10k-images-idx3-ubyte.gz"));

        expect(
                DatasetKind.MNIST,
                folder + ": expected the four files of mnist, found 2; missing train-labels-idx1-ubyte.gz,"
                        + " t10k-images-idx3-ubyte.gz. Put them there, gzipped or not.");
    }

    @Test
    @DisplayName("Each label file is read once, whatever is asked")
    void labelsOnce() throws IOException {
        DatasetFiles files = files(DatasetKind.IDX);
        ClassNames names = files.classNames();
        assertThat(files.test(UNCHANGED).size()).isEqualTo(SmallDataset.TEST);
        Files.delete(path(DataFile.TRAIN_LABELS));
        Files.delete(path(DataFile.TEST_LABELS));

        assertThat(files.notes()).isEmpty();
        assertThat(files.training(UNCHANGED).size()).isEqualTo(SmallDataset.TRAINING);
        assertThat(files.test(UNCHANGED).size()).isEqualTo(SmallDataset.TEST);
        assertThat(files.classNames()).isEqualTo(names).isEqualTo(ClassNames.numbered(10, 0));
    }

    @Test
    @DisplayName("Inputs are normalised as was published, or by the training images of the user's own")
    void normalizesByItself() {
        DatasetFiles fashion = files(DatasetKind.FASHION_MNIST);
        assertThat(fashion.training().normalization()).isEqualTo(new Normalization(0.2860, 0.3530));
        assertThat(fashion.test().normalization()).isEqualTo(new Normalization(0.2860, 0.3530));

        DatasetFiles own = files(DatasetKind.IDX);
        Normalization measured = Normalization.of(own.training(UNCHANGED));
        assertThat(own.training().normalization()).isEqualTo(measured);
        assertThat(own.test().normalization()).isEqualTo(measured);
    }

    @Test
    @DisplayName("Testing needs the two test files alone")
    void testFilesSuffice() throws IOException {
        Files.delete(folder.resolve("train-labels-idx1-ubyte.gz"));
        Files.delete(folder.resolve("train-images-idx3-ubyte.gz"));

        assertThat(files(DatasetKind.FASHION_MNIST).test(UNCHANGED).size()).isEqualTo(SmallDataset.TEST);
    }

    @Test
    @DisplayName("Images and labels must be equally many")
    void counts() throws IOException {
        write(DataFile.TRAIN_LABELS, SmallDataset.labels(11));

        expect(
                DatasetKind.IDX,
                path(DataFile.TRAIN_LABELS) + ": expected one label for each of the 12 images in"
                        + " train-images-idx3-ubyte.gz, received 11. Use two files that belong together.");
    }

    @Test
    @DisplayName("A label out of range is named with its example")
    void labelRange() throws IOException {
        byte[] labels = new byte[SmallDataset.TRAINING];
        labels[7] = (byte) 200;
        write(DataFile.TRAIN_LABELS, SmallDataset.labels(labels));

        expect(
                DatasetKind.FASHION_MNIST,
                path(DataFile.TRAIN_LABELS)
                        + ": expected labels from 0 to 9, received 200 for example 7, counted from 0."
                        + " The file is damaged, or for another task.");
    }

    @Test
    @DisplayName("MNIST's images have 28x28 pixels; the user's own have any size, and any number of classes")
    void sizes() throws IOException {
        write(DataFile.TRAIN_IMAGES, SmallDataset.images(3, 5, 7));
        write(DataFile.TRAIN_LABELS, SmallDataset.labels(new byte[] {0, 1, 0}));
        write(DataFile.TEST_LABELS, SmallDataset.labels(new byte[] {0, 1, 0, 0, 0}));

        expect(
                DatasetKind.MNIST,
                path(DataFile.TRAIN_IMAGES) + ": expected images of 28x28 pixels, received 5x7."
                        + " Use the data set's own files.");
        assertThat(files(DatasetKind.IDX).training(UNCHANGED).exampleShape()).isEqualTo(Shape.of(1, 5, 7));
        write(DataFile.TRAIN_IMAGES, SmallDataset.images(3, 1025, 1));
        expect(
                DatasetKind.IDX,
                path(DataFile.TRAIN_IMAGES) + ": expected images of at most 1024 pixels on a side, received 1025x1."
                        + " Scale them down.");
        write(DataFile.TRAIN_IMAGES, SmallDataset.images(3, 28, 28));
        ImageDataset own = files(DatasetKind.IDX).training(UNCHANGED);
        assertThat(own.exampleShape()).isEqualTo(Shape.of(1, 28, 28));
        assertThat(own.classes())
                .as("those of the training file")
                .isEqualTo(2)
                .isEqualTo(files(DatasetKind.IDX).test(UNCHANGED).classes());
    }

    @Test
    @DisplayName("Examples of one class alone are nothing to learn from, of a published data set or of the user's own")
    void oneClass() throws IOException {
        write(DataFile.TRAIN_LABELS, SmallDataset.labels(new byte[SmallDataset.TRAINING]));

        for (DatasetKind kind : List.of(DatasetKind.IDX, DatasetKind.FASHION_MNIST)) {
            expect(
                    kind,
                    path(DataFile.TRAIN_LABELS) + ": expected labels of at least two classes, received 0 alone."
                            + " Add examples of another class.");
        }
    }

    @Test
    @DisplayName("No images, and images without pixels, are not a data set")
    void empty() throws IOException {
        write(DataFile.TRAIN_IMAGES, SmallDataset.images(0, 28, 28));
        write(DataFile.TRAIN_LABELS, SmallDataset.labels(0));
        expect(
                DatasetKind.FASHION_MNIST,
                path(DataFile.TRAIN_IMAGES) + ": expected at least one image of at least one pixel, received"
                        + " [0, 28, 28]. Use a file that holds images.");

        write(DataFile.TRAIN_IMAGES, SmallDataset.images(2, 0, 28));
        expect(
                DatasetKind.IDX,
                path(DataFile.TRAIN_IMAGES) + ": expected at least one image of at least one pixel, received"
                        + " [2, 0, 28]. Use a file that holds images.");
    }

    @Test
    @DisplayName("A damaged file is named")
    void damaged() throws IOException {
        byte[] zipped = SmallDataset.gzip(SmallDataset.raw(DataFile.TRAIN_IMAGES));
        Files.write(path(DataFile.TRAIN_IMAGES), Arrays.copyOf(zipped, zipped.length / 2));

        expect(
                DatasetKind.FASHION_MNIST,
                path(DataFile.TRAIN_IMAGES) + ": the file is cut off in the middle. Copy or fetch it again.");
    }

    private DatasetFiles files(DatasetKind kind) {
        return new DatasetFiles(SmallDataset.withoutDigests(kind), folder);
    }

    private Path path(DataFile file) {
        return folder.resolve(file.zippedName());
    }

    private void write(DataFile file, byte[] raw) throws IOException {
        Files.write(path(file), SmallDataset.gzip(raw));
    }

    private void expect(DatasetKind kind, String message) {
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> files(kind).training(UNCHANGED))
                .withMessage(message);
    }
}
