package dev.lenet.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.ModelFormatException;
import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.data.LabelCodes;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.network.BatchNorm2d;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.GlobalAvgPool;
import dev.lenet.api.network.LeNet5;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Residual;
import dev.lenet.api.network.TensorData;
import dev.lenet.api.network.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFileTest {
    private static final Path GOLDEN = Path.of("../app/src/test/resources/golden/lenet5-init.safetensors");

    private static final Network TINY = Network.input(3)
            .layer("d", new Dropout(0.25f))
            .layer("fc", Linear.of(2))
            .build();

    private static final float[] ODD_WEIGHTS = {
        -0f, Float.MIN_VALUE, -0x0.fffffep-126f, Float.MAX_VALUE, 0.1f, 1 - 0x1p-24f
    };

    private final Path file;

    ModelFileTest(@TempDir Path directory) {
        this.file = directory.resolve("model.safetensors");
    }

    @Test
    void keepsNetworkWeightsNormalizationAndFacts() {
        Normalization normalization = new Normalization(0.1306604762738429, Math.nextUp(0.3));

        new ModelFile(TINY, tiny(), normalization, Map.of("seed", "7", "engine", "native")).write(file);

        ModelFile read = ModelFile.read(file, List.of());
        assertThat(read.network()).isEqualTo(TINY);
        assertThat(bits(read.weights())).isEqualTo(bits(tiny()));
        assertThat(read.normalization()).isEqualTo(normalization);
        assertThat(read.facts()).isEqualTo(Map.of("seed", "7", "engine", "native"));
    }

    @Test
    void keepsWhatIsNotTrainableUnderTheNamesOfPyTorch() {
        Network network = Network.input(2, 5, 5)
                .layer(
                        "block1",
                        Residual.of("conv1", Conv2d.of(2, 3).withPadding(1).withoutBias())
                                .with("norm1", new BatchNorm2d()))
                .layer("pool", new GlobalAvgPool())
                .layer("fc", Linear.of(2))
                .build();
        Weights weights = Weights.of(network, parameter -> {
            float[] values = new float[parameter.shape().size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = i + parameter.name().length();
            }
            return values;
        });

        new ModelFile(network, weights, null, Map.of()).write(file);

        ModelFile read = ModelFile.read(file, List.of());
        assertThat(read.network()).isEqualTo(network);
        assertThat(bits(read.weights())).isEqualTo(bits(weights));
        assertThat(Safetensors.read(file).tensors().keySet())
                .containsExactlyInAnyOrder(
                        "block1.conv1.weight",
                        "block1.norm1.weight",
                        "block1.norm1.bias",
                        "block1.norm1.running_mean",
                        "block1.norm1.running_var",
                        "fc.weight",
                        "fc.bias");
    }

    @Test
    void keepsAnUnknownNormalizationUnknown() {
        new ModelFile(TINY, tiny(), null, Map.of()).write(file);

        assertThat(ModelFile.read(file, List.of()).normalization()).isNull();
        assertThat(Safetensors.read(file).metadata()).doesNotContainKeys("lenet.mean", "lenet.std");
    }

    @Test
    void equalModelsGiveEqualBytesWhateverTheOrderOfFacts() throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("b", "2");
        facts.put("a", "1");
        new ModelFile(TINY, tiny(), null, facts).write(file);
        byte[] first = Files.readAllBytes(file);

        new ModelFile(TINY, tiny(), null, new TreeMap<>(facts)).write(file);

        assertThat(Files.readAllBytes(file)).isEqualTo(first);
    }

    @Test
    void readsAFileOfAnotherProgramAsTheFirstCandidateThatFits() {
        ModelFile read = ModelFile.read(GOLDEN, List.of(LeNet5.network(0), LeNet5.network(2)));

        assertThat(read.network()).isEqualTo(LeNet5.network(2));
        assertThat(read.weights().get("conv1.bias"))
                .isEqualTo(Objects.requireNonNull(
                                Safetensors.read(GOLDEN).tensors().get("conv1.bias"))
                        .values());
        assertThat(read.normalization()).isNull();
        assertThat(read.facts()).isEmpty();
    }

    @Test
    void keepsTheMetadataOfOtherProgramsAsFacts() {
        new Safetensors(Map.of("format", "pt"), tiny().tensors()).write(file);

        assertThat(ModelFile.read(file, List.of(TINY)).facts()).isEqualTo(Map.of("format", "pt"));
    }

    @Test
    void theFileKnowsItsNetworkBetterThanTheCandidates() {
        Network relu = Network.input(3)
                .layer("r", new Relu())
                .layer("fc", Linear.of(2))
                .build();
        new ModelFile(TINY, tiny(), null, Map.of()).write(file);

        assertThat(ModelFile.read(file, List.of(relu)).network()).isEqualTo(TINY);
    }

    @Test
    void namesTheTensorsThatDoNotFitTheClosestCandidate() {
        Network other = Network.input(1, 28, 28)
                .layer("flatten", new Flatten())
                .layer("fc1", Linear.of(10))
                .build();

        assertThatThrownBy(() -> ModelFile.read(GOLDEN, List.of(other, LeNet5.network(0))))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(GOLDEN + ": holds another network: expected fc1.weight [120, 256], received [120, 400]."
                        + " Use the file of a matching network, or rename its tensors.");
        assertThatThrownBy(() -> ModelFile.read(GOLDEN, List.of(other)))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(GOLDEN + ": holds another network: expected fc1.weight [10, 784], received [120, 400];"
                        + " expected fc1.bias [10], received [120]; expected no \"conv1.weight\", received"
                        + " [6, 1, 5, 5]; and 7 more. Use the file of a matching network, or rename its tensors.");
    }

    @Test
    void namesTheTensorThatIsMissing() {
        new Safetensors(Map.of(), Map.of("fc.weight", new TensorData(Shape.of(2, 3), ODD_WEIGHTS))).write(file);

        assertThatThrownBy(() -> ModelFile.read(file, List.of(TINY)))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(file + ": holds another network: expected fc.bias [2], received none."
                        + " Use the file of a matching network, or rename its tensors.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"module.", "_orig_mod.", "model.", "module._orig_mod."})
    void saysThatAWrapperIsAroundTheTensors(String prefix) {
        Map<String, TensorData> wrapped = new LinkedHashMap<>();
        tiny().tensors().forEach((name, tensor) -> wrapped.put(prefix + name, tensor));
        wrapped.put("head.weight", new TensorData(Shape.of(1), new float[1]));
        new Safetensors(Map.of(), wrapped).write(file);

        assertThatThrownBy(() -> ModelFile.read(file, List.of(LeNet5.network(2), TINY)))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(file + ": expected the names of the network's tensors, such as fc.weight, received them"
                        + " behind the prefix \"" + prefix + "\", as a wrapper has it. Save the state_dict of the"
                        + " model inside (of DataParallel: model.module, of torch.compile: model._orig_mod), or remove"
                        + " the prefix.");
    }

    @Test
    void namesTheTensorsThatAreLeftOver() {
        Map<String, TensorData> more = new LinkedHashMap<>(tiny().tensors());
        more.put("bn.num_batches_tracked", new TensorData(Shape.of(1), new float[1]));
        new Safetensors(Map.of(), more).write(file);

        assertThatThrownBy(() -> ModelFile.read(file, List.of(LeNet5.network(2), TINY)))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(file + ": expected the network's tensors alone, received [\"bn.num_batches_tracked\"]"
                        + " besides. Remove it from the state_dict before saving.");
    }

    @Test
    void keepsTheNumbersThatStandForItsClasses() {
        ModelFile numbered = new ModelFile(TINY, tiny(), null, Map.of());
        assertThat(numbered.hasLabelCodes()).isFalse();
        assertThat(numbered.labelCodes()).isEqualTo(LabelCodes.from0(2));
        assertThat(numbered.withClassNames(ClassNames.numbered(2, 1)).labelCodes())
                .as("of an older version")
                .isEqualTo(new LabelCodes(List.of(1, 2)));

        numbered.withLabelCodes(new LabelCodes(List.of(10, 30))).write(file);

        assertThat(ModelFile.read(file, List.of()).labelCodes()).isEqualTo(new LabelCodes(List.of(10, 30)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[1]", "[1,2,3]", "[2,1]", "[1,1]", "[-1,1]", "[0,1.5]", "[\"a\",\"b\"]"})
    void refusesOtherCodesThanOneForEachClass(String json) {
        ModelFile model = new ModelFile(TINY, tiny(), null, Map.of("label_codes", json));

        assertThatThrownBy(model::labelCodes)
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith("Model, label_codes: expected a JSON list of 2 ascending numbers, one for each"
                        + " class, received \"")
                .hasMessageEndingWith("\". Train or save the model again.");
    }

    @Test
    void needsCandidatesForAFileThatDoesNotSayItsNetwork() {
        assertThatThrownBy(() -> ModelFile.read(GOLDEN, List.of()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(GOLDEN + ": expected a file that says its network, received one without."
                        + " Give the networks it may be.");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void refusesWeightsThatAreNotFinite(float value) {
        Weights weights = Weights.of(
                TINY,
                p -> p.name().equals("fc.bias")
                        ? new float[] {0, value}
                        : new float[p.shape().size()]);
        String message = "fc.bias: expected finite weights, received " + value
                + " at index 1. The training diverged: train again with a lower learning rate.";

        assertThatThrownBy(() -> new ModelFile(TINY, weights, null, Map.of()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(message);

        new Safetensors(Map.of(), weights.tensors()).write(file);
        assertThatThrownBy(() -> ModelFile.read(file, List.of(TINY)))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(file + ": " + message);
    }

    @Test
    void refusesWeightsOfAnotherNetwork() {
        assertThatThrownBy(() -> new ModelFile(LeNet5.network(2), tiny(), null, Map.of()))
                .isInstanceOf(ShapeException.class)
                .hasMessageStartingWith("Weights: expected the parameters {conv1.weight=[6, 1, 5, 5], ");
    }

    @Test
    void refusesFactsUnderItsOwnKeys() {
        assertThatThrownBy(() -> new ModelFile(TINY, tiny(), null, Map.of("lenet.sha256", "x")))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("Model file: expected facts under keys of their own, received 'lenet.sha256'."
                        + " Keys that start with lenet. are the file's: use another.");
    }

    @Test
    void survivesAWritingThatFails() throws IOException {
        new ModelFile(TINY, tiny(), null, Map.of()).write(file);
        byte[] before = Files.readAllBytes(file);
        ModelFile unwritable = new ModelFile(TINY, tiny(), null, Map.of("name", "\uD800"));

        assertThatThrownBy(() -> unwritable.write(file))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("Text at character 0: expected Unicode, received the lone surrogate \\ud800."
                        + " Write another text into the file.");

        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void aLeNetGoesRoundBitForBit() throws IOException {
        ModelFile golden = ModelFile.read(GOLDEN, List.of(LeNet5.network(2)));
        golden.write(file);

        assertThat(bits(ModelFile.read(file, List.of()).weights())).isEqualTo(bits(golden.weights()));
        // Behind another header, the very bytes that Python wrote.
        byte[] ours = Files.readAllBytes(file);
        byte[] theirs = Files.readAllBytes(GOLDEN);
        int values = 61_706 * 4;
        assertThat(ByteBuffer.wrap(ours, ours.length - values, values))
                .isEqualTo(ByteBuffer.wrap(theirs, theirs.length - values, values));
        long header = ByteBuffer.wrap(ours).order(ByteOrder.LITTLE_ENDIAN).getLong();
        assertThat(header + 8).isEqualTo(ours.length - values);
    }

    private static Weights tiny() {
        return Weights.of(TINY, p -> p.name().equals("fc.weight") ? ODD_WEIGHTS : new float[] {3, -4});
    }

    private static List<Integer> bits(Weights weights) {
        List<Integer> bits = new ArrayList<>();
        for (TensorData tensor : weights.tensors().values()) {
            for (float value : tensor.values()) {
                bits.add(Float.floatToRawIntBits(value));
            }
        }
        return bits;
    }
}
