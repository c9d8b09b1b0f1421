package dev.lenet.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.ModelFormatException;
import dev.lenet.api.Shape;
import dev.lenet.api.network.LeNet5;
import dev.lenet.api.network.ParameterSpec;
import dev.lenet.api.network.TensorData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
    private static final Path GOLDEN = Path.of("../app/src/test/resources/golden/lenet5-init.safetensors");

    private final Path directory;

    SafetensorsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void readsWhatThePythonLibraryWrote() throws IOException {
        Safetensors file = Safetensors.read(GOLDEN);

        Map<String, Shape> expected = new LinkedHashMap<>();
        for (ParameterSpec parameter : LeNet5.network(2).parameters()) {
            expected.put(parameter.name(), parameter.shape());
        }
        Map<String, Shape> shapes = new LinkedHashMap<>();
        file.tensors().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        assertThat(shapes.entrySet()).containsExactlyElementsOf(expected.entrySet());
        assertThat(file.metadata()).isEmpty();

        // The values again, straight from the bytes behind the header of 736.
        byte[] bytes = Files.readAllBytes(GOLDEN);
        float[] all = new float[61_706];
        ByteBuffer.wrap(bytes, 744, bytes.length - 744)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(all);
        int from = 0;
        for (TensorData tensor : file.tensors().values()) {
            assertThat(tensor.values()).isEqualTo(Arrays.copyOfRange(all, from, from += tensor.values().length));
        }
        assertThat(from).isEqualTo(all.length);
    }

    @Test
    void writesWhatThePythonLibraryWroteByteForByte() throws IOException {
        Path copy = directory.resolve("copy.safetensors");

        Safetensors.read(GOLDEN).write(copy);

        assertThat(Files.readAllBytes(copy)).isEqualTo(Files.readAllBytes(GOLDEN));
    }

    @Test
    void writesTheFormatByTheBook() throws IOException {
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        tensors.put("z", new TensorData(Shape.of(2), new float[] {1, -2}));
        tensors.put("a", new TensorData(Shape.of(1, 1), new float[] {0.5f}));
        Path file = directory.resolve("small.safetensors");

        new Safetensors(Map.of("k2", "v\"2", "k1", "é"), tensors).write(file);

        String header = "{\"__metadata__\":{\"k1\":\"é\",\"k2\":\"v\\\"2\"},"
                + "\"z\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                + "\"a\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[8,12]}}";
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        int padded = (json.length + 7) / 8 * 8;
        ByteBuffer expected = ByteBuffer.allocate(8 + padded + 12).order(ByteOrder.LITTLE_ENDIAN);
        expected.putLong(padded).put(json);
        while (expected.position() < 8 + padded) {
            expected.put((byte) ' ');
        }
        expected.putFloat(1).putFloat(-2).putFloat(0.5f);
        assertThat(Files.readAllBytes(file)).isEqualTo(expected.array());
    }

    @Test
    void keepsEveryBitOfEveryKindOfNumber() {
        float[] values = {
            0f,
            -0f,
            1f,
            Float.MIN_VALUE,
            -Float.MIN_VALUE,
            Float.MIN_NORMAL,
            0x0.fffffep-126f,
            Float.MAX_VALUE,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            Float.intBitsToFloat(0x7fc12345),
            0.1f,
        };
        Path file = directory.resolve("bits.safetensors");

        new Safetensors(Map.of(), Map.of("t", new TensorData(Shape.of(3, 4), values))).write(file);

        assertThat(bits(Safetensors.read(file), "t")).isEqualTo(bits(values));
    }

    @Test
    void keepsTensorsLargerThanOneChunk() {
        float[] values = new float[100_003];
        for (int i = 0; i < values.length; i++) {
            values[i] = i * 0.37f - 20_000;
        }
        Path file = directory.resolve("large.safetensors");
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        tensors.put("small", new TensorData(Shape.of(3), new float[] {1, 2, 3}));
        tensors.put("large", new TensorData(Shape.of(100_003), values));
        tensors.put("last", new TensorData(Shape.of(1), new float[] {4}));

        new Safetensors(Map.of(), tensors).write(file);

        Safetensors read = Safetensors.read(file);
        assertThat(bits(read, "small")).isEqualTo(bits(1, 2, 3));
        assertThat(bits(read, "large")).isEqualTo(bits(values));
        assertThat(bits(read, "last")).isEqualTo(bits(4));
    }

    @Test
    void keepsOneBareNumber() {
        Path file = directory.resolve("scalar.safetensors");

        new Safetensors(Map.of(), Map.of("t", new TensorData(Shape.of(), new float[] {7}))).write(file);

        TensorData tensor =
                Objects.requireNonNull(Safetensors.read(file).tensors().get("t"));
        assertThat(tensor.shape()).isEqualTo(Shape.of());
        assertThat(tensor.values()).containsExactly(7);
    }

    @Test
    void theDigestIsThatOfTheBytesBehindTheHeader() throws Exception {
        byte[] bytes = Files.readAllBytes(GOLDEN);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(bytes, 744, bytes.length - 744);

        assertThat(Safetensors.read(GOLDEN).sha256()).isEqualTo(HexFormat.of().formatHex(digest.digest()));
    }

    @Test
    void refusesToWriteATensorUnderTheReservedName() {
        Map<String, TensorData> tensors = Map.of("__metadata__", new TensorData(Shape.of(1), new float[1]));

        assertThatThrownBy(() -> new Safetensors(Map.of(), tensors))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("Safetensors: expected the name of a tensor, received the reserved __metadata__."
                        + " Rename the tensor.");
    }

    @Test
    void saysWhatIsThereInsteadOfAModel() throws IOException {
        Path missing = directory.resolve("missing.safetensors");
        Path empty = Files.createFile(directory.resolve("empty.safetensors"));
        Path tiny = Files.write(directory.resolve("tiny.safetensors"), new byte[7]);
        Path text = Files.writeString(directory.resolve("text.safetensors"), "<html>404 Not Found</html>");
        Path zip = Files.writeString(directory.resolve("zip.pt"), "PK\003\004xxxxxxxx");
        Path pointer = Files.writeString(
                directory.resolve("lfs.safetensors"), "version https://git-lfs.github.com/spec/v1\noid sha256:0\n");
        Path pickle = Files.write(directory.resolve("pickle.pt"), new byte[] {(byte) 0x80, 2, 'c', 'a', 'b', 1, 1, 1});
        Path other =
                Files.write(directory.resolve("other.safetensors"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
        String cut = ". The file is cut off, or of another kind: copy or save the model again.";

        for (List<Object> test : List.of(
                List.<Object>of(
                        directory,
                        "expected a model file (.safetensors), received a directory." + " Name the file in it."),
                List.<Object>of(
                        missing,
                        "expected a model file (.safetensors), found none." + " Check the path, or train a model."),
                List.<Object>of(
                        empty,
                        "expected a safetensors file, received an empty file." + " Copy or save the model again."),
                List.<Object>of(
                        tiny,
                        "expected a safetensors file, received a file of 7 bytes." + " Copy or save the model again."),
                List.<Object>of(
                        text,
                        "expected a safetensors file, received a web page. Fetch the file again, and look at the"
                                + " address: it answers with a page."),
                List.<Object>of(
                        pointer,
                        "expected a safetensors file, received the pointer that Git LFS keeps in the place of a file."
                                + " Fetch the file itself: git lfs pull."),
                List.<Object>of(
                        pickle,
                        "expected a safetensors file, received a Python pickle, which is what torch.save made once."
                                + " Save the model with safetensors.torch.save_file."),
                List.<Object>of(
                        other,
                        "expected a safetensors file with a header of at most 4 bytes, received one that promises"
                                + " 578437695752307201" + cut),
                List.<Object>of(
                        zip,
                        "expected a safetensors file, received a zip archive, which is what torch.save"
                                + " makes. Save the model with safetensors.torch.save_file."))) {
            assertThatThrownBy(() -> Safetensors.read((Path) test.get(0)))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessage(test.get(0) + ": " + test.get(1));
        }
    }

    private static int[] bits(Safetensors file, String name) {
        return bits(Objects.requireNonNull(file.tensors().get(name)).values());
    }

    private static int[] bits(float... values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }
}
