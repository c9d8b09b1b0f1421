package dev.lenet.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.ModelFormatException;
import dev.lenet.api.Shape;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.LeNet5;
import dev.lenet.api.network.Mlp;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.ResNet8;
import dev.lenet.api.network.TensorData;
import dev.lenet.api.network.Weights;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights as PyTorch saves them. The files are written here, byte by byte. */
class StateDictTest {
    @TempDir
    Path folder = Path.of("");

    private record Tensor(String type, int[] shape, byte[] bytes) {}

    private static Map<String, Tensor> of(Network network, String type) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Weights.initial(network, 4).tensors().forEach((name, tensor) -> tensors.put(name, stored(tensor, type)));
        return tensors;
    }

    private static Tensor stored(TensorData tensor, String type) {
        ByteBuffer bytes =
                ByteBuffer.allocate(tensor.values().length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : tensor.values()) {
            switch (type) {
                case "F16" -> bytes.putShort(half(value));
                case "BF16" -> bytes.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
                case "F64" -> bytes.putDouble(value);
                default -> bytes.putFloat(value);
            }
        }
        return new Tensor(type, tensor.shape().toArray(), Arrays.copyOf(bytes.array(), bytes.position()));
    }

    /** Cut off; of numbers of at least 2^-14, and smaller ones as fractions of 2^-24. */
    private static short half(float value) {
        int sign = value < 0 ? 0x8000 : 0;
        float magnitude = Math.abs(value);
        int bits = Float.floatToRawIntBits(magnitude);
        return (short) (sign | (magnitude < 0x1p-14f ? (int) (magnitude * 0x1p24f) : (bits >> 13) - (112 << 10)));
    }

    private Path write(Map<String, Tensor> tensors) throws IOException {
        StringBuilder header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
        ByteArrayOutputStream values = new ByteArrayOutputStream();
        tensors.forEach((name, tensor) -> {
            int begin = values.size();
            values.writeBytes(tensor.bytes());
            header.append(",\"" + name + "\":{\"dtype\":\"" + tensor.type() + "\",\"shape\":"
                    + Arrays.toString(tensor.shape()) + ",\"data_offsets\":[" + begin + "," + values.size() + "]}");
        });
        byte[] json = header.append("}").toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + json.length + values.size()).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(json.length).put(json).put(values.toByteArray());
        return Files.write(folder.resolve("weights.safetensors"), file.array());
    }

    private StateDict read(Map<String, Tensor> tensors) throws IOException {
        return StateDict.read(write(tensors), StateDict.networks());
    }

    @ParameterizedTest
    @CsvSource({"F32, 0", "F16, 0.001", "BF16, 0.01", "F64, 0"})
    void everyTypeOfFractionsIsRead(String type, double relative) throws IOException {
        Network network = LeNet5.network(2, 7);
        StateDict read = read(of(network, type));

        assertThat(read.model().network()).isEqualTo(network);
        assertThat(read.notes().stream().filter(note -> note.startsWith("Converted 10 of 10 tensors from " + type)))
                .hasSize(type.equals("F32") ? 0 : 1);
        Weights.initial(network, 4).tensors().forEach((name, tensor) -> {
            float[] values = read.model().weights().get(name);
            for (int i = 0; i < values.length; i++) {
                assertThat(Math.abs(values[i] - tensor.values()[i]))
                        .as("%s, %d", name, i)
                        .isLessThanOrEqualTo((float) (relative * Math.abs(tensor.values()[i]) + relative * 1e-4));
            }
        });
    }

    /** Values that show the bits: the smallest, the largest, one that is no number to speak of. */
    @Test
    void halvesAreWhatIeeeSays() throws IOException {
        short[] bits = {0x3C00, (short) 0xC000, 0x0001, 0x03FF, 0x0400, 0x7BFF, (short) 0x8000};
        float[] values = {1, -2, 0x1p-24f, 1023 * 0x1p-24f, 0x1p-14f, 65504, -0f};
        Network network = Mlp.network(Shape.of(1, 28, 28), 7);
        Map<String, Tensor> tensors = of(network, "F32");
        ByteBuffer bytes = ByteBuffer.allocate(14).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(bits);
        tensors.put("fc1.bias", new Tensor("F16", new int[] {7}, bytes.array()));
        assertThat(read(tensors).model().weights().get("fc1.bias")).isEqualTo(values);
    }

    @ParameterizedTest
    @ValueSource(strings = {"module.", "_orig_mod.", "model.", "module._orig_mod.", "model.module."})
    void prefixesOfWrappersAreLeftOutAndSaid(String prefix) throws IOException {
        Map<String, Tensor> wrapped = new LinkedHashMap<>();
        of(LeNet5.network(0), "F32").forEach((name, tensor) -> wrapped.put(prefix + name, tensor));
        StateDict read = read(wrapped);
        assertThat(read.model().network()).isEqualTo(LeNet5.network(0));
        assertThat(read.notes()).anyMatch(note -> note.contains("the prefix '" + prefix + "'"));
    }

    @ParameterizedTest
    @CsvSource({"2, 3", "0, 1", "4, "})
    void thePaddingFollowsFromTheShapes(int padding, Integer other) throws IOException {
        StateDict read = read(of(LeNet5.network(padding), "F32"));
        assertThat(read.model().network()).isEqualTo(LeNet5.network(padding));
        assertThat(read.notes().get(0)).contains("a padding of " + padding);
        if (other != null) {
            assertThat(read.notes().get(0)).endsWith("a padding of " + other + " as well.");
        }
        assertThat(StateDict.read(write(of(LeNet5.network(padding), "F32")), StateDict.tanhNetworks())
                        .model()
                        .network())
                .isEqualTo(LeNet5.tanh(padding, 10));
    }

    @Test
    void otherNetworksOfTheApiAreRecognised() throws IOException {
        Network mlp = Mlp.network(Shape.of(1, 28, 28), 5, 30, 20);
        assertThat(read(of(mlp, "F32")).model().network()).isEqualTo(mlp);
        Network resnet = ResNet8.network(Shape.of(1, 28, 28), 10);
        Map<String, Tensor> tensors = of(resnet, "BF16");
        tensors.put("norm1.num_batches_tracked", new Tensor("I64", new int[0], new byte[8]));
        StateDict read = read(tensors);
        assertThat(read.model().network()).isEqualTo(resnet);
        assertThat(read.notes()).anyMatch(note -> note.contains("num_batches_tracked"));
    }

    @Test
    void whatOnlyLooksLikeItIsRefusedWithTheFirstDifference() throws IOException {
        Map<String, Tensor> wider = of(LeNet5.network(2), "F32");
        wider.put("fc2.weight", stored(new TensorData(Shape.of(90, 120), new float[90 * 120]), "F32"));
        assertThatThrownBy(() -> read(wider))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("expected fc2.weight [84, 120], received [90, 120]");
        Map<String, Tensor> whole = of(LeNet5.network(2), "F32");
        whole.put("fc1.bias", new Tensor("I64", new int[] {120}, new byte[960]));
        assertThatThrownBy(() -> read(whole))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("received integers");
        Map<String, Tensor> missing = of(LeNet5.network(2), "F32");
        missing.remove("conv1.weight");
        assertThatThrownBy(() -> read(missing))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("expected conv1.weight [6, 1, 5, 5], received none");
    }

    @Test
    void everyCutIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(write(of(Mlp.network(Shape.of(1, 28, 28), 2), "F16")));
        for (int length = 0; length < whole.length; length += length < 400 ? 1 : 97) {
            Files.write(folder.resolve("weights.safetensors"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> StateDict.read(folder.resolve("weights.safetensors"), StateDict.networks()))
                    .isInstanceOf(ModelFormatException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PK\u0003\u0004archive", "\u0080\u0002pickle", "\u0080\u0004pickle"})
    void aPickleIsNeverRead(String start) throws IOException {
        Path file = Files.write(folder.resolve("model.pt"), start.getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> StateDict.read(file, StateDict.networks()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("\nimport torch; from safetensors.torch import save_file\nsave_file(");
    }

    /** Our own file, as it is. */
    @Test
    void aModelOfOursStaysWhatItIs() {
        ModelFile shipped = Mnist.shipped();
        StateDict read = StateDict.read(Path.of("../models/lenet5.safetensors"), StateDict.networks());
        assertThat(read.notes()).isEmpty();
        assertThat(read.model().facts()).isEqualTo(shipped.facts());
        assertThat(read.model().normalization()).isEqualTo(shipped.normalization());
    }
}
