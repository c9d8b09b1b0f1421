package dev.lenet.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.DatasetException;
import dev.lenet.api.Shape;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("CIFAR-10 is its binary files")
class CifarFilesTest extends FetcherFixture {
    private static final Normalization UNCHANGED = new Normalization(0, 1);

    CifarFilesTest() throws IOException {}

    private ImageSource find() {
        return DatasetFinder.offline().find(DatasetKind.CIFAR10, folder());
    }

    private void write(String name, byte[] bytes) throws IOException {
        Path file = folder().resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    @Test
    @DisplayName("Five batches as the archive has them, or one file with all, give the same images and digest")
    void batches() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int part = 1; part <= 5; part++) {
            byte[] batch = SmallDataset.batch(part);
            all.writeBytes(batch);
            write("cifar-10-batches-bin/data_batch_" + part + ".bin", part == 2 ? SmallDataset.gzip(batch) : batch);
        }
        write("cifar-10-batches-bin/test_batch.bin", SmallDataset.batch(3));
        ImageSource unpacked = find();
        ImageDataset training = unpacked.training(UNCHANGED);
        assertThat(training.exampleShape()).isEqualTo(Shape.of(3, 32, 32));
        assertThat(training.size()).isEqualTo(15);
        // The last image of the last batch, in its last pixel: blue, at the lower right.
        assertThat(training.label(14)).isEqualTo(4);
        assertThat(training.pixel(14, 3071)).isEqualTo((4 + 3071) % 256);
        assertThat(unpacked.test(UNCHANGED).size()).isEqualTo(3);
        assertThat(unpacked.classNames().name(9)).isEqualTo("truck");

        write("data_batch.bin", all.toByteArray());
        write("test_batch.bin.gz", SmallDataset.gzip(SmallDataset.batch(3)));
        ImageSource one = find();
        one.training(UNCHANGED);
        one.test(UNCHANGED);
        assertThat(one.sha256()).isEqualTo(unpacked.sha256()).containsOnlyKeys("data_batch.bin", "test_batch.bin");
    }

    @Test
    @DisplayName("They become another shape: grey by the luma, scaled and cropped")
    void shaped() throws IOException {
        byte[] batch = new byte[3073];
        Arrays.fill(batch, 1, 1025, (byte) 200);
        write("data_batch.bin", batch);
        write("test_batch.bin", batch);
        ImageDataset grey = find().shaped(Shape.of(1, 16, 8)).training(UNCHANGED);
        assertThat(grey.exampleShape()).isEqualTo(Shape.of(1, 16, 8));
        byte[] expected = new byte[128];
        Arrays.fill(expected, (byte) 60);
        assertThat(grey.image(0)).isEqualTo(expected);
        assertThat(find().shaped(Shape.of(3, 32, 32)).test(UNCHANGED).image(0))
                .isEqualTo(Arrays.copyOfRange(batch, 1, 3073));
    }

    @Test
    @DisplayName("What is missing, cut off, of another data set, changed or no data is a sentence")
    void refusals() throws IOException {
        write("data_batch_1.bin", SmallDataset.batch(1));
        assertThatThrownBy(this::find)
                .isInstanceOf(DatasetException.class)
                .hasMessage(folder() + ": expected the binary files of cifar10, data_batch_1.bin to data_batch_5.bin or"
                        + " data_batch.bin, and test_batch.bin; missing data_batch.bin, test_batch.bin."
                        + " No connection may be opened to fetch them: put them there, gzipped or not, or name another"
                        + " directory.");
        write("test_batch.bin", SmallDataset.batch(1));
        refused(Arrays.copyOf(SmallDataset.batch(2), 3074), "expected images of 3073 bytes each, received 3074 bytes");
        refused(new byte[0], "received 0 bytes in all");
        refused("<!doctype html><html>".getBytes(StandardCharsets.UTF_8), "received a web page");
        byte[] other = SmallDataset.batch(2);
        other[3073] = 10;
        refused(other, "expected labels from 0 to 9, received 10 for image 1");
        refused(Arrays.copyOf(SmallDataset.gzip(SmallDataset.batch(2)), 60), "cut off in the middle");
        write("SHA256SUMS", ("0".repeat(64) + "  data_batch.bin\n").getBytes(StandardCharsets.UTF_8));
        refused(SmallDataset.batch(2), "expected the SHA-256 " + "0".repeat(64) + ", line 1 of ");
    }

    private void refused(byte[] training, String message) throws IOException {
        write("data_batch.bin", training);
        assertThatThrownBy(() -> find().training(UNCHANGED))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining(message);
    }

    @Test
    @DisplayName("It is fetched from DJL's repository, which does not tell sizes")
    void fetched() throws IOException {
        server.serveCifar10();
        ImageSource found = finder(server.uri()).find(DatasetKind.CIFAR10, folder());
        assertThat(found.training(UNCHANGED).size()).isEqualTo(SmallDataset.TRAINING);
        assertThat(found.test(UNCHANGED).size()).isEqualTo(SmallDataset.TEST);
        assertThat(content(folder())).containsExactlyInAnyOrder("data_batch.bin.gz", "test_batch.bin.gz");
        assertThat(String.join(" ", said)).contains("Fetching 2 files, of a size that is not told, into " + folder());

        Files.delete(folder().resolve("test_batch.bin.gz"));
        server.answer(DjlServer.CIFAR10 + "test_batch.bin.gz", DjlServer.body(SmallDataset.gzip(new byte[5])));
        assertThatThrownBy(() -> finder(server.uri()).find(DatasetKind.CIFAR10, folder()))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("expected the SHA-1 ")
                .hasMessageContaining("yourself: data_batch.bin.gz, test_batch.bin.gz.");
        assertThat(content(folder())).containsExactly("data_batch.bin.gz");
    }
}
