package dev.lenet.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lenet.api.ConfigException;
import dev.lenet.api.Shape;
import dev.lenet.api.network.AvgPool2d;
import dev.lenet.api.network.BatchNorm2d;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.GlobalAvgPool;
import dev.lenet.api.network.GroupNorm;
import dev.lenet.api.network.LayerSpec;
import dev.lenet.api.network.LeNet5;
import dev.lenet.api.network.LeakyRelu;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Residual;
import dev.lenet.api.network.Sigmoid;
import dev.lenet.api.network.Silu;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A network is a list of layers in a file of settings")
class LayerListTest {
    /** As messages list them. */
    private static final String KINDS =
            Stream.of(LayerKind.values()).map(LayerKind::id).collect(Collectors.joining(", "));

    private static final Shape DIGIT = Shape.of(1, 28, 28);

    private static final String LENET5 = """
            model:
              layers:
                - conv2d: {filters: 6, kernel_size: 5, padding: 2}
                - relu
                - max_pool2d: {kernel_size: 2}
                - conv2d:
                    filters: 16
                    kernel_size: 5
                - relu:
                - max_pool2d: {kernel_size: 2}
                - flatten
                - linear: {outputs: 120}
                - relu
                - linear: {outputs: 84}
                - relu
                - linear: {outputs: auto}
            """;

    @TempDir
    Path folder = Path.of("");

    private LoadedConfig load(String yaml) throws IOException {
        Files.writeString(folder.resolve("config.yaml"), yaml);
        return ConfigLoader.load(null, folder, List.of());
    }

    private static String layers(String... lines) {
        return "model:\n  layers:\n"
                + Stream.of(lines).map(line -> "    - " + line + "\n").toList().stream()
                        .reduce("", String::concat);
    }

    private void expect(String yaml, String... problems) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> load(yaml))
                .withMessage(String.join("\n", problems));
    }

    @Test
    @DisplayName("LeNet-5 as a list is the network that has the name, layer by layer")
    void lenet5() throws IOException {
        assertThat(load(LENET5).config().model().network(DIGIT, 47)).isEqualTo(LeNet5.network(2, 47));
    }

    @Test
    @DisplayName("What a run keeps reads back as the same network")
    void roundTrip() throws IOException {
        String named = layers(
                "{linear: {outputs: 3, name: first}}", "tanh", "dropout: {rate: 0.25}", "linear: {outputs: auto}");
        for (String yaml : List.of(LENET5, named.replace("    - {linear", "    - flatten\n    - {linear"))) {
            LoadedConfig loaded = load(yaml);

            LoadedConfig again = load(loaded.yaml());

            assertThat(again.config().model().network(DIGIT, 10))
                    .isEqualTo(loaded.config().model().network(DIGIT, 10));
            assertThat(again.yaml()).isEqualTo(loaded.yaml());
        }
    }

    @Test
    @DisplayName("A layer may have a name of its own")
    void names() throws IOException {
        Network network = load(layers(
                        "flatten", "linear: {outputs: 20, name: hidden}", "relu", "linear: {outputs: auto}"))
                .config()
                .model()
                .network(DIGIT, 10);

        assertThat(network.layers())
                .extracting(Network.NamedLayer::name)
                .containsExactly("flatten", "hidden", "relu1", "fc2");
    }

    @Test
    @DisplayName("Each key reaches its layer")
    void keys() throws IOException {
        Network network = load(layers(
                        "conv2d: {filters: 4, kernel_size: 3x5, stride: 2, padding: 1x2, bias: false}",
                        "leaky_relu: {slope: 0.2}",
                        "conv2d: {filters: 8, kernel_size: 3, groups: 4, padding: 1}",
                        "silu",
                        "avg_pool2d: {kernel_size: 3, stride: 2}",
                        "sigmoid",
                        "global_avg_pool",
                        "leaky_relu",
                        "linear: {outputs: auto}"))
                .config()
                .model()
                .network(DIGIT, 10);

        assertThat(network.layers().stream().map(Network.NamedLayer::spec))
                .containsExactly(
                        Conv2d.of(4, 3, 5).withStride(2).withPadding(1, 2).withoutBias(),
                        new LeakyRelu(0.2f),
                        Conv2d.of(8, 3).withGroups(4).withPadding(1),
                        new Silu(),
                        new AvgPool2d(3, 2),
                        new Sigmoid(),
                        new GlobalAvgPool(),
                        new LeakyRelu(0.01f),
                        Linear.of(10));
    }

    private static final String BLOCKS = """
            model:
              layers:
                - conv2d: {filters: 8, kernel_size: 3, padding: 1}
                - group_norm: {groups: 4}
                - residual:
                    name: same
                    layers:
                      - conv2d: {filters: 8, kernel_size: 3, padding: 1, name: first}
                      - relu
                - residual:
                    projection: 16/2
                    layers:
                      - conv2d: {filters: 16, kernel_size: 3, padding: 1, stride: 2}
                      - group_norm: {groups: 2, epsilon: 0.001}
                      - batch_norm2d: {momentum: 0.2}
                - global_avg_pool
                - linear: {outputs: auto}
            """;

    @Test
    @DisplayName("A block has layers of its own, and reads back as it was")
    void blocks() throws IOException {
        LoadedConfig loaded = load(BLOCKS);

        Network network = loaded.config().model().network(DIGIT, 10);

        assertThat(network)
                .isEqualTo(Network.input(1, 28, 28)
                        .layer("conv1", Conv2d.of(8, 3).withPadding(1))
                        .layer("norm1", GroupNorm.of(4))
                        .layer(
                                "same",
                                Residual.of("first", Conv2d.of(8, 3).withPadding(1))
                                        .with("relu1", new Relu()))
                        .layer(
                                "block2",
                                Residual.of(
                                                "conv1",
                                                Conv2d.of(16, 3).withPadding(1).withStride(2))
                                        .with("norm1", new GroupNorm(2, 0.001f))
                                        .with("norm2", new BatchNorm2d(0.2f, 1e-5f))
                                        .withProjection(Conv2d.of(16, 1).withStride(2)))
                        .layer("pool1", new GlobalAvgPool())
                        .layer("fc1", Linear.of(10))
                        .build());
        assertThat(load(loaded.yaml()).config().model().network(DIGIT, 10)).isEqualTo(network);
    }

    @Test
    @DisplayName("A mistake in a block is told like any other")
    void mistakesInBlocks() {
        expect(
                layers(
                        "residual: {projection: 8x2, layers: [rely, dropout: {rate: 2}]}",
                        "residual: {layers: relu}",
                        "residual: {layers: [residual: {layers: [relu]}]}",
                        "residual"),
                "config.yaml:3:30: model.layers: residual: projection: expected none, or FILTERS or FILTERS/STRIDE such as 32/2,"
                        + " received the text '8x2'.",
                "config.yaml:3:44: model.layers: there is no layer 'rely'. Did you mean 'relu'?",
                "config.yaml:3:66: model.layers: dropout: rate: expected a number of at least 0 and below 1, received 2.",
                "config.yaml:4:26: model.layers: residual: layers: expected a list of layers, received the text 'relu'.",
                "config.yaml:5:46: model.layers: residual: layers: expected layers without further blocks among them, received"
                        + " a list.",
                "config.yaml:6:7: model.layers: residual: expected 'layers', a list of layers, received none. Write it among"
                        + " the layer's keys.");
        expect(
                layers("residual: {layers: [max_pool2d: {kernel_size: 2}]}", "flatten", "linear: {outputs: auto}"),
                "config.yaml:3:7: block1 (layer 1, residual): expected layers that give [1, 28, 28] as the input does, received"
                        + " [1, 14, 14]. Give it a projection, a 1x1 convolution with the stride and the filters of the"
                        + " layers.");
    }

    @Test
    @DisplayName("Every kind of layer can be listed")
    void everyKind() {
        List<String> kinds = LayerSpec.kinds().stream()
                .map(type ->
                        type.getSimpleName().replaceAll("(?<=.)(?=[A-Z])", "_").toLowerCase(Locale.ROOT))
                .toList();

        assertThat(Stream.of(LayerKind.values()).map(LayerKind::id)).containsExactlyInAnyOrderElementsOf(kinds);
    }

    @Test
    @DisplayName("All mistakes in layers and keys are told at once, each with its place")
    void mistakes() {
        expect(
                layers(
                        "conv2: {filters: 6}",
                        "conv2d: {filtres: 6, kernel_size: x, padding: 1, padding: 2}",
                        "5",
                        "linear: 10",
                        "linear: {outputs: 0, name: 1st}",
                        "[relu]",
                        "dropout: {rate: 1}",
                        "dropout"),
                "config.yaml:3:7: model.layers: there is no layer 'conv2'. Did you mean 'conv2d'?",
                "config.yaml:4:16: model.layers: conv2d: there is no key 'filtres'. Did you mean 'filters'?",
                "config.yaml:4:41: model.layers: conv2d: kernel_size: expected a whole number from 1 to 1000, or"
                        + " HEIGHTxWIDTH such as 3x5, received the text 'x'.",
                "config.yaml:4:56: model.layers: conv2d: padding: expected once, received again. Keep one of the two.",
                "config.yaml:4:7: model.layers: conv2d: expected 'filters', a whole number from 1 to 1000000, received"
                        + " none. Write it among the layer's keys.",
                "config.yaml:5:7: model.layers: there is no layer '5'. There are: " + KINDS + ".",
                "config.yaml:6:15: model.layers: expected the keys of a layer, such as 'linear: {outputs: 10}', received"
                        + " 10. Write them in braces, or indented under the layer's name.",
                "config.yaml:7:25: model.layers: linear: outputs: expected auto or a whole number from 1 to 1000000,"
                        + " received 0.",
                "config.yaml:7:34: model.layers: linear: name: expected a name of letters, digits and underscores that"
                        + " begins with a letter, received the text '1st'.",
                "config.yaml:8:7: model.layers: expected a layer, such as 'relu' or 'linear: {outputs: 10}', received a"
                        + " list. Begin each layer with '- ', and indent its keys under its name.",
                "config.yaml:9:23: model.layers: dropout: rate: expected a number of at least 0 and below 1, received 1.",
                "config.yaml:10:7: model.layers: dropout: expected 'rate', a number of at least 0 and below 1, received"
                        + " none. Write it among the layer's keys.");
    }

    @Test
    @DisplayName("A layer that does not fit is named at its line")
    void shapes() {
        expect(
                layers("conv2d: {filters: 6, kernel_size: 5}", "linear: {outputs: 10}"),
                "config.yaml:4:7: fc1 (layer 2, linear): expected a rank-1 input, received [6, 24, 24]. Put a flatten layer"
                        + " before it.");
        expect(
                layers("max_pool2d: {kernel_size: 29}", "flatten", "linear: {outputs: auto}"),
                "config.yaml:3:7: pool1 (layer 1, max_pool2d): expected an image of at least 29x29 after padding, received"
                        + " [1, 28, 28] with padding 0. Use a smaller kernel, more padding or fewer pooling layers"
                        + " before it.");
        expect(
                layers("conv2d: {filters: 6, kernel_size: 5, padding: 5}", "flatten", "linear: {outputs: auto}"),
                "config.yaml:3:7: conv2d: expected a padding from 0 to 4 for a kernel of size 5, received 5. Use less padding,"
                        + " or a larger kernel.");
        expect(
                layers("flatten", "linear: {outputs: 9}"),
                "config.yaml:4:7: model.layers: expected a value for each of 10 classes from the last layer, received [9]."
                        + " End the list with 'flatten', if what comes before is an image, and 'linear: {outputs: auto}'.");
        expect(
                layers("flatten", "linear: {outputs: 20, name: a}", "linear: {outputs: auto, name: a}"),
                "config.yaml:5:31: model.layers: expected a name of its own, received 'a' again. Rename one of the two.");
        expect(
                layers("flatten", "linear: {outputs: 20, name: fc2}", "linear: {outputs: auto}"),
                "config.yaml:5:7: fc2 (layer 3, linear): expected a name of its own, received 'fc2' again. Rename one of the"
                        + " two.");
    }

    @ParameterizedTest
    @DisplayName("What is no list, or says the same in two ways, is refused")
    @CsvSource(
            delimiter = '|',
            value = {
                "layers: relu | config.yaml:2:11: model.layers: expected auto or a list of layers, received the text 'relu'."
                        + " The default is auto.",
                "layers: [] | config.yaml:2:11: model.layers: expected at least one layer, received an empty list. There are: KINDS.",
                "layers: {relu: } | config.yaml:2:11: model.layers: expected auto or a list of layers, received a section."
                        + " The default is auto.",
                "network: lenet6 | config.yaml:2:12: model.network: expected lenet5, lenet5-tanh, mlp or resnet8, received the text"
                        + " 'lenet6'. Did you mean 'lenet5'?",
                "{network: mlp, layers: [flatten, linear: {outputs: auto}]} | model.network: expected no network beside"
                        + " model.layers, received mlp. Keep one of the two.",
                "{network: mlp, dropout: 0.1} | model.dropout: expected 0 with network mlp, received 0.1. List the layers in"
                        + " model.layers, with 'dropout' among them.",
                "{network: mlp, padding: 1} | model.padding: expected no padding with network mlp, received 1. Give it to a"
                        + " convolution in model.layers."
            })
    void refused(String model, String problem) {
        expect("model:\n  " + model + "\n", problem.replace("KINDS", KINDS));
    }
}
