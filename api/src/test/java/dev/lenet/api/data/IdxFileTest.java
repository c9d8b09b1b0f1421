package dev.lenet.api.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.lenet.api.DatasetException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdxFileTest {
    private static final Path MNIST = Path.of("../data/mnist");
    private static final int IMAGES = 0x803;
    private static final int LABELS = 0x801;
    private static final String CUT_OFF = ": the file is cut off in the middle. Copy or fetch it again.";

    private final Path directory;
    private final Path file;

    IdxFileTest(@TempDir Path directory) {
        this.directory = directory;
        this.file = directory.resolve("images-idx3-ubyte");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsImagesRawAndGzipped(boolean gzipped) throws IOException {
        byte[] content = idx(IMAGES, new int[] {2, 2, 3}, 0, 1, 2, 3, 4, 5, 250, 251, 252, 253, 254, 255);
        Files.write(file, gzipped ? gzip(content) : content);

        IdxFile images = IdxFile.images(file);

        assertThat(images.dimensions()).containsExactly(2, 2, 3);
        assertThat(images.values()).isEqualTo(Arrays.copyOfRange(content, 16, 28));
        // printf '\0\0\10\3\0\0\0\2\0\0\0\2\0\0\0\3\0\1\2\3\4\5\372\373\374\375\376\377' | sha256sum
        assertThat(images.sha256()).isEqualTo("c729659fb4835b1f92aafb7976d76dd7f0569a79773731d8e8ad0108cef78c20");
    }

    @Test
    void readsLabels() throws IOException {
        Files.write(file, idx(LABELS, new int[] {3}, 7, 0, 255));

        assertThat(IdxFile.labels(file).dimensions()).containsExactly(3);
        assertThat(IdxFile.labels(file).values()).containsExactly(7, 0, 255);
    }

    @ParameterizedTest
    @CsvSource({
        "t10k-images-idx3-ubyte, 0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        "t10k-labels-idx1-ubyte, ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    })
    void readsMnistByItsPublishedDigests(String name, String sha256) {
        Path gz = MNIST.resolve(name + ".gz");
        boolean images = name.contains("images");

        IdxFile idx = images ? IdxFile.images(gz) : IdxFile.labels(gz);

        assertThat(idx.sha256()).isEqualTo(sha256);
        assertThat(idx.dimensions()).isEqualTo(images ? List.of(10_000, 28, 28) : List.of(10_000));
    }

    @Test
    void readsAFileOfNoImages() throws IOException {
        Files.write(file, idx(IMAGES, new int[] {0, 28, 28}));

        assertThat(IdxFile.images(file).values()).isEmpty();
    }

    @Test
    void noPrefixOfAFileIsAFile() throws IOException {
        byte[] content = idx(IMAGES, new int[] {1, 2, 2}, 1, 2, 3, 4);
        for (byte[] whole : List.of(content, gzip(content))) {
            for (int length = 0; length < whole.length; length++) {
                Files.write(file, Arrays.copyOf(whole, length));
                assertThatThrownBy(() -> IdxFile.images(file))
                        .as("the first %d of %d bytes", length, whole.length)
                        .isInstanceOf(DatasetException.class);
            }
        }
    }

    @Test
    void saysThatAFileIsCutOff() throws IOException {
        byte[] content = idx(IMAGES, new int[] {1, 2, 2}, 1, 2, 3, 4);

        Files.write(file, Arrays.copyOf(content, 15));
        refuses(CUT_OFF);
        Files.write(file, Arrays.copyOf(gzip(content), 25));
        refuses(CUT_OFF);
        // Raw, the size of the file tells before anything is read.
        Files.write(file, Arrays.copyOf(content, 19));
        refuses(": the header promises [1, 2, 2], more than the file can hold."
                + " It is cut off or damaged: copy or fetch it again.");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void refusesBytesBehindTheValues(boolean gzipped) throws IOException {
        byte[] content = idx(IMAGES, new int[] {1, 2, 2}, 1, 2, 3, 4, 5);
        Files.write(file, gzipped ? gzip(content) : content);

        refuses(": expected the end after 4 values, received more. The file is damaged: copy or fetch it again.");
    }

    @Test
    void refusesLabelsAsImagesAndImagesAsLabels() throws IOException {
        Files.write(file, idx(LABELS, new int[] {12}, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2));
        refuses(": expected an IDX file of images, received one of labels. Exchange the two files: images are in the"
                + " one, labels in the other.");

        Files.write(file, idx(IMAGES, new int[] {1, 1, 1}, 1));
        assertThatThrownBy(() -> IdxFile.labels(file))
                .isInstanceOf(DatasetException.class)
                .hasMessage(file + ": expected an IDX file of labels, received one of images. Exchange the two files:"
                        + " images are in the one, labels in the other.");
    }

    @Test
    void saysWhatStandsInThePlaceOfAnIdxFile() throws IOException {
        String expected = ": expected an IDX file of images, received ";
        Files.writeString(file, "<html><body>404 Not Found</body></html>");
        refuses(expected + "a web page. Fetch the file again, and look at the address: it answers with a page.");
        Files.write(file, gzip("\r\n <!doctype html>".getBytes(StandardCharsets.UTF_8)));
        refuses(expected + "a web page. Fetch the file again, and look at the address: it answers with a page.");
        Files.writeString(file, "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9912422\n");
        refuses(expected
                + "the pointer that Git LFS keeps in the place of a file. Fetch the file itself: git lfs pull.");
        Files.writeString(file, "404: Not Found");
        refuses(expected + "text. Fetch the file again, and look at the address: it answers with a page.");
        Files.writeString(file, "PK\3\4xxxx");
        refuses(expected + "a zip archive. Unpack it first.");
        Files.write(file, new byte[0]);
        refuses(expected + "an empty file. Copy or fetch it again.");
        Files.write(file, new byte[] {1, 2, 3, 4, 5});
        refuses(expected + "one that begins with 01020304 instead of 00000803. Check that it is the right file.");
        Files.write(file, gzip(gzip(idx(IMAGES, new int[] {1, 1, 1}, 1))));
        refuses(": expected an IDX file of images, gzipped or not, received one that is gzipped twice."
                + " Unpack it once: gunzip.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0x0D03|one of float32 numbers. Save it as unsigned bytes: pixels from 0 to 255, labels from 0 to 255.",
                "0x0C01|one of 32-bit integers. Save it as unsigned bytes: pixels from 0 to 255, labels from 0 to 255.",
                "0x0804|one of 4 dimensions. Save grey images as [count, height, width], in 3 dimensions.",
                "0x0802|one of 2 dimensions. Save grey images as [count, height, width], in 3 dimensions.",
                "0x03080000|a little-endian one. Write it big-endian, its sizes too.",
                "0x030D0000|a little-endian one. Write it big-endian, its sizes too.",
            })
    void saysWhichOtherIdxFileItIs(String magic, String received) throws IOException {
        Files.write(file, idx(Integer.decode(magic), new int[] {1, 1, 1}, 1));

        refuses(": expected an IDX file of images, received " + received);
    }

    @Test
    void saysThatOnlyTheSizesAreLittleEndian() throws IOException {
        Files.write(file, idx(IMAGES, new int[] {2 << 24, 1 << 24, 3 << 24}, 1, 2, 3, 4, 5, 6));

        refuses(": expected an IDX file of images, which is big-endian, received one whose sizes are little-endian:"
                + " they would be [2, 1, 3]. Write it big-endian.");
    }

    @Test
    void hasAValueForEachPlace() {
        assertThatThrownBy(() -> new IdxFile(List.of(2, 3), new byte[5], ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("IDX file: expected as many values as [2, 3] says, received 5."
                        + " Give a value for each place.");
    }

    @Test
    void refusesDamagedGzipData() throws IOException {
        byte[] damaged = gzip(idx(IMAGES, new int[] {1, 2, 2}, 1, 2, 3, 4));
        damaged[damaged.length - 5] ^= 1;
        Files.write(file, damaged);

        refuses(": the gzip data is damaged (Corrupt GZIP trailer). Copy or fetch it again.");
    }

    @ParameterizedTest
    @CsvSource({
        "2147483647, 1, 1",
        "60000, 28, 28",
        "65536, 65536, 1",
        "2147483647, 2147483647, 2147483647",
        "-1, 28, 28",
        "-1, -1, 1",
        "-2147483648, -2147483648, -2147483648",
        "-1, 0, 5",
        "5, 0, -1",
    })
    void allocatesNothingOnTheWordOfAHeader(int count, int rows, int columns) throws IOException {
        byte[] content = idx(IMAGES, new int[] {count, rows, columns}, 1, 2, 3);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (byte[] forged : List.of(content, gzip(content))) {
            Files.write(file, forged);
            long before = threads.getCurrentThreadAllocatedBytes();
            refuses(": the header promises [" + count + ", " + rows + ", " + columns
                    + "], more than the file can hold. It is cut off or damaged: copy or fetch it again.");
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(4_000_000);
        }
    }

    @Test
    void survivesMutations() throws IOException {
        byte[] content = idx(IMAGES, new int[] {2, 2, 2}, 1, 2, 3, 4, 5, 6, 7, 8);
        for (byte[] whole : List.of(content, gzip(content))) {
            for (int seed = 0; seed < 3000; seed++) {
                Random random = new Random(seed);
                byte[] mutant = whole.clone();
                for (int times = random.nextInt(3); times >= 0; times--) {
                    mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
                }
                Files.write(file, mutant);
                try {
                    IdxFile read = IdxFile.images(file);
                    int size = read.dimensions().stream().reduce(1, (a, b) -> a * b);
                    assertThat(read.values()).as("seed %d", seed).hasSize(size);
                } catch (DatasetException e) {
                    assertThat(e.getMessage()).as("seed %d", seed).startsWith(file + ": ");
                } catch (RuntimeException | Error e) {
                    throw new AssertionError("seed " + seed + ": " + Arrays.toString(mutant), e);
                }
            }
        }
    }

    @Test
    void saysWhatToDoAboutADirectoryAndAMissingFile() {
        refuses(": expected an IDX file of images, found none. Check the path.");
        assertThatThrownBy(() -> IdxFile.labels(directory))
                .isInstanceOf(DatasetException.class)
                .hasMessage(directory + ": expected an IDX file of labels, received a directory."
                        + " Name the file in it.");
    }

    private void refuses(String message) {
        assertThatThrownBy(() -> IdxFile.images(file))
                .isInstanceOf(DatasetException.class)
                .hasMessage(file + message);
    }

    private static byte[] idx(int magic, int[] dimensions, int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * dimensions.length + values.length);
        buffer.putInt(magic);
        Arrays.stream(dimensions).forEach(buffer::putInt);
        Arrays.stream(values).forEach(value -> buffer.put((byte) value));
        return buffer.array();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }
}
