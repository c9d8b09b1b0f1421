package dev.lenet.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.ModelFormatException;
import dev.lenet.api.network.AvgPool2d;
import dev.lenet.api.network.BatchNorm2d;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.GlobalAvgPool;
import dev.lenet.api.network.GroupNorm;
import dev.lenet.api.network.LayerSpec;
import dev.lenet.api.network.LeNet5;
import dev.lenet.api.network.LeakyRelu;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Residual;
import dev.lenet.api.network.Sigmoid;
import dev.lenet.api.network.SmoothUnit;
import dev.lenet.api.network.Tanh;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkJsonTest {
    private static final String REMEDY = " The file is damaged, or made by a faulty program: copy or save it again.";

    private static final Network ALL_KINDS = smooth(Network.input(3, 20, 24))
            .layer("c", Conv2d.of(4, 5).withStride(2).withPadding(1))
            .layer("r", new Relu())
            .layer("m", new MaxPool2d(3, 2))
            .layer("t", new Tanh())
            .layer("a", AvgPool2d.of(2))
            .layer("n", GroupNorm.of(2))
            .layer("bn", new BatchNorm2d())
            .layer(
                    "b",
                    Residual.of("c", Conv2d.of(6, 1))
                            .with("i", Residual.of("r", new Relu()))
                            .withProjection(Conv2d.of(6, 1).withoutBias()))
            .layer("lr", new LeakyRelu(0.1f))
            .layer("g", new GlobalAvgPool())
            .layer("f", new Flatten())
            .layer("sg", new Sigmoid())
            .layer("d", new Dropout(0.1f))
            .layer("l \"é\"", Linear.of(7))
            .build();

    @Test
    void writesTheFieldsOfEveryLayer() {
        assertThat(NetworkJson.write(ALL_KINDS))
                .isEqualTo("{\"input\":[3,20,24],\"layers\":["
                        + smooth()
                        + "{\"name\":\"c\",\"kind\":\"conv2d\",\"filters\":4,\"kernel_size\":5,\"stride\":2,\"padding\":1},"
                        + "{\"name\":\"r\",\"kind\":\"relu\"},"
                        + "{\"name\":\"m\",\"kind\":\"max_pool2d\",\"kernel_size\":3,\"stride\":2},"
                        + "{\"name\":\"t\",\"kind\":\"tanh\"},"
                        + "{\"name\":\"a\",\"kind\":\"avg_pool2d\",\"kernel_size\":2,\"stride\":2},"
                        + "{\"name\":\"n\",\"kind\":\"group_norm\",\"groups\":2,\"epsilon\":1.0E-5},"
                        + "{\"name\":\"bn\",\"kind\":\"batch_norm2d\",\"momentum\":0.1,\"epsilon\":1.0E-5},"
                        + "{\"name\":\"b\",\"kind\":\"residual\",\"layers\":["
                        + "{\"name\":\"c\",\"kind\":\"conv2d\",\"filters\":6,\"kernel_size\":1,\"stride\":1,\"padding\":0},"
                        + "{\"name\":\"i\",\"kind\":\"residual\",\"layers\":[{\"name\":\"r\",\"kind\":\"relu\"}]}],"
                        + "\"projection\":{\"kind\":\"conv2d\",\"filters\":6,\"kernel_size\":1,\"stride\":1,\"padding\":0,"
                        + "\"bias\":false}},"
                        + "{\"name\":\"lr\",\"kind\":\"leaky_relu\",\"slope\":0.1},"
                        + "{\"name\":\"g\",\"kind\":\"global_avg_pool\"},"
                        + "{\"name\":\"f\",\"kind\":\"flatten\"},"
                        + "{\"name\":\"sg\",\"kind\":\"sigmoid\"},"
                        + "{\"name\":\"d\",\"kind\":\"dropout\",\"rate\":0.1},"
                        + "{\"name\":\"l \\\"é\\\"\",\"kind\":\"linear\",\"outputs\":7}]}");
    }

    @Test
    void readsWhatItWrote() {
        assertThat(NetworkJson.read(NetworkJson.write(ALL_KINDS))).isEqualTo(ALL_KINDS);
        assertThat(NetworkJson.read(NetworkJson.write(LeNet5.network(0)))).isEqualTo(LeNet5.network(0));
    }

    @Test
    void aConvolutionSaysWhatIsNotUsual() {
        Network network = Network.input(4, 9, 9)
                .layer("a", Conv2d.of(8, 3, 5).withPadding(1, 2).withGroups(4).withoutBias())
                .layer("b", Conv2d.of(8, 3).withPadding(1).withGroups(8))
                .layer("c", Conv2d.of(8, 3).withPadding(0, 1))
                .layer("d", Conv2d.of(8, 1).withoutBias())
                .build();
        String text = NetworkJson.write(network);

        assertThat(text)
                .contains(
                        "{\"name\":\"a\",\"kind\":\"conv2d\",\"filters\":8,\"kernel_size\":[3,5],\"stride\":1,\"padding\":[1,2],"
                                + "\"groups\":4,\"bias\":false}",
                        "\"kernel_size\":3,\"stride\":1,\"padding\":1,\"groups\":8}",
                        "\"kernel_size\":3,\"stride\":1,\"padding\":[0,1]}",
                        "\"kernel_size\":1,\"stride\":1,\"padding\":0,\"bias\":false}");
        assertThat(NetworkJson.read(text)).isEqualTo(network);
    }

    @Test
    void aConvolutionMaySayWhatIsUsual() {
        Network plain = Network.input(1, 9, 9).layer("a", Conv2d.of(8, 3)).build();

        assertThat(NetworkJson.read("{\"input\":[1,9,9],\"layers\":[{\"name\":\"a\",\"kind\":\"conv2d\",\"filters\":8,"
                        + "\"kernel_size\":[3,3],\"stride\":1,\"padding\":[0,0],\"groups\":1,\"bias\":true}]}"))
                .isEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`\"kernel_size\":[3],\"padding\":0`|kernel_size: expected one integer, or two: rows and columns, received [3].",
                "`\"kernel_size\":[3,\"5\"],\"padding\":0`|kernel_size: expected an integer from -2147483648 to 2147483647,"
                        + " received \"5\".",
                "`\"kernel_size\":3,\"padding\":0,\"bias\":1`|bias: expected true or false, received 1.",
                "`\"kernel_size\":3,\"padding\":0,\"groups\":true`|groups: expected an integer from -2147483648 to"
                        + " 2147483647, received true.",
            })
    void refusesWhatIsNoConvolution(String fields, String message) {
        assertThatThrownBy(() -> NetworkJson.read(
                        "{\"input\":[4,9,9],\"layers\":[{\"name\":\"a\",\"kind\":\"conv2d\",\"filters\":8,"
                                + "\"stride\":1," + fields + "}]}"))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("network, layer 1, " + message + REMEDY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`\"layers\":7`|network, layer 1, layers: expected an array, received 7." + REMEDY,
                "`\"layers\":[{\"name\":\"r\",\"kind\":\"relu\",\"x\":1}]`|network, layer 1, layer 1: expected the members"
                        + " [name, kind] only, received \"x\"." + REMEDY,
                "`\"layers\":[{\"name\":\"r\",\"kind\":\"relu\"}],\"projection\":{\"kind\":\"relu\"}`|network, layer 1,"
                        + " projection: expected a layer of kind conv2d, received {\"kind\":\"relu\"}." + REMEDY,
                "`\"layers\":[]`|network, layer 1: residual: expected at least one layer, received none. Add one.",
                "`\"layers\":[{\"name\":\"a.b\",\"kind\":\"relu\"}]`|network: residual: expected a name without dots that is"
                        + " neither empty nor 'projection', received 'a.b'. Parameters are named BLOCK.LAYER.weight and"
                        + " BLOCK.LAYER.bias.",
                "`\"layers\":[{\"name\":\"r\",\"kind\":\"flatten\"}]`|network: a (layer 1, residual): expected layers that give"
                        + " [4, 9, 9] as the input does, received [324]. Give it a projection, a 1x1 convolution with the stride"
                        + " and the filters of the layers.",
            })
    void refusesWhatIsNoResidual(String fields, String message) {
        assertThatThrownBy(() -> NetworkJson.read(
                        "{\"input\":[4,9,9],\"layers\":[{\"name\":\"a\",\"kind\":\"residual\"," + fields + "}]}"))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(message);
    }

    @Test
    void theTestKnowsEveryKindOfLayer() {
        List<Class<?>> tested = ALL_KINDS.layers().stream()
                .<Class<?>>map(layer -> layer.spec().getClass())
                .toList();

        assertThat(tested).containsExactlyInAnyOrderElementsOf(LayerSpec.kinds());
        assertThat(LayerSpec.kinds()).allMatch(Class::isRecord);
    }

    @ParameterizedTest
    @ValueSource(floats = {0f, -0f, 0.1f, 0.3f, 1e-10f, Float.MIN_VALUE, 0.33333334f, 0.99999994f})
    void keepsEveryBitOfARate(float rate) {
        Network network = Network.input(1).layer("d", new Dropout(rate)).build();

        LayerSpec read =
                NetworkJson.read(NetworkJson.write(network)).layers().get(0).spec();

        assertThat(Float.floatToRawIntBits(((Dropout) read).rate())).isEqualTo(Float.floatToRawIntBits(rate));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`[]`|network: expected an object, received [].",
                "`{\"input\":[4]}`|network: expected a member \"layers\", received only [\"input\"].",
                "`{\"input\":[4],\"layers\":[],\"x\":1}`|network: expected the members [input, layers] only,"
                        + " received \"x\".",
                "`{\"input\":4,\"layers\":[]}`|network, input: expected an array, received 4.",
                "`{\"input\":[0],\"layers\":[]}`|network, input: expected an integer from 1 to 2147483647, received 0.",
                "`{\"input\":[4],\"layers\":[7]}`|network, layer 1: expected an object, received 7.",
                "`{\"input\":[4],\"layers\":[{\"kind\":\"relu\"}]}`|network, layer 1: expected a member \"name\","
                        + " received only [\"kind\"].",
                "`{\"input\":[4],\"layers\":[{\"name\":1,\"kind\":\"relu\"}]}`|network, layer 1, name:"
                        + " expected a string, received 1.",
                "`{\"input\":[4],\"layers\":[{\"name\":\"a\",\"kind\":\"linear\"}]}`|network, layer 1:"
                        + " expected a member \"outputs\", received only [\"name\",\"kind\"].",
                "`{\"input\":[4],\"layers\":[{\"name\":\"a\",\"kind\":\"linear\",\"outputs\":2.5}]}`|network, layer 1,"
                        + " outputs: expected an integer from -2147483648 to 2147483647, received 2.5.",
                "`{\"input\":[4],\"layers\":[{\"name\":\"a\",\"kind\":\"linear\",\"outputs\":2,\"inputs\":4}]}`|"
                        + "network, layer 1: expected the members [name, kind, outputs] only, received \"inputs\".",
                "`{\"input\":[4],\"layers\":[{\"name\":\"a\",\"kind\":\"dropout\",\"rate\":\"x\"}]}`|network, layer 1,"
                        + " rate: expected a float32 number, received \"x\".",
            })
    void refusesWhatIsNoNetwork(String text, String message) {
        assertThatThrownBy(() -> NetworkJson.read(text))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(message + REMEDY);
    }

    /** With each smooth unit, called by its kind. */
    private static Network.Builder smooth(Network.Builder network) {
        Network.Builder with = network;
        for (SmoothUnit unit : SmoothUnit.all()) {
            with = with.layer(unit.kind(), unit);
        }
        return with;
    }

    private static String smooth() {
        return SmoothUnit.all().stream()
                .map(unit -> "{\"name\":\"" + unit.kind() + "\",\"kind\":\"" + unit.kind() + "\"},")
                .collect(Collectors.joining());
    }

    private static List<String> kinds() {
        return LayerSpec.kinds().stream()
                .map(type ->
                        type.getSimpleName().replaceAll("(?<=.)(?=[A-Z])", "_").toLowerCase(Locale.ROOT))
                .toList();
    }

    @Test
    void namesTheKindsItKnows() {
        assertThat(kinds())
                .startsWith("conv2d", "max_pool2d")
                .contains("silu", "leaky_relu")
                .endsWith("residual");
        assertThatThrownBy(
                        () -> NetworkJson.read("{\"input\":[4],\"layers\":[{\"name\":\"a\",\"kind\":\"quadratic\"}]}"))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("network, layer 1: expected a kind of layer among " + kinds() + ", received \"quadratic\"."
                        + " The file was made by a newer version: use that one, or train again.");
    }

    @Test
    void passesOnWhatALayerRefuses() {
        assertThatThrownBy(() -> NetworkJson.read(
                        "{\"input\":[4],\"layers\":[{\"name\":\"a\",\"kind\":\"dropout\",\"rate\":1.0}]}"))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("network, layer 1: dropout: expected a rate of at least 0 and below 1, received 1.0."
                        + " 0.5 is usual.");
    }

    @Test
    void passesOnWhatTheNetworkRefuses() {
        assertThatThrownBy(() -> NetworkJson.read(
                        "{\"input\":[4,4],\"layers\":[{\"name\":\"a\",\"kind\":\"linear\",\"outputs\":3}]}"))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("network: a (layer 1, linear): expected a rank-1 input, received [4, 4]."
                        + " Put a flatten layer before it.");
        assertThatThrownBy(() -> NetworkJson.read("{\"input\":[4],\"layers\":[]}"))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("network: Network: expected at least one layer, received none. Add one with layer().");
    }

    @Test
    void refusesALayerTooLargeToExist() {
        assertThatThrownBy(() -> NetworkJson.read(
                        "{\"input\":[65536],\"layers\":[{\"name\":\"a\",\"kind\":\"linear\",\"outputs\":65536}]}"))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("network: a (layer 1, linear): Shape: expected at most 2147483647 values,"
                        + " received [65536, 65536]. Use smaller dimensions.");
    }
}
