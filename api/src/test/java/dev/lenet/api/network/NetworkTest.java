package dev.lenet.api.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import dev.lenet.api.network.Network.NamedLayer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    @Test
    void infersEveryShapeOfLeNet5() {
        Network network = LeNet5.network(2);

        assertThat(network.input()).isEqualTo(Shape.of(1, 28, 28));
        assertThat(network.output()).isEqualTo(Shape.of(10));
        assertThat(network.layers().stream().map(layer -> layer + ": " + layer.input() + " to " + layer.output()))
                .containsExactly(
                        "conv1 (layer 1, conv2d): [1, 28, 28] to [6, 28, 28]",
                        "relu1 (layer 2, relu): [6, 28, 28] to [6, 28, 28]",
                        "pool1 (layer 3, max_pool2d): [6, 28, 28] to [6, 14, 14]",
                        "conv2 (layer 4, conv2d): [6, 14, 14] to [16, 10, 10]",
                        "relu2 (layer 5, relu): [16, 10, 10] to [16, 10, 10]",
                        "pool2 (layer 6, max_pool2d): [16, 10, 10] to [16, 5, 5]",
                        "flatten (layer 7, flatten): [16, 5, 5] to [400]",
                        "fc1 (layer 8, linear): [400] to [120]",
                        "relu3 (layer 9, relu): [120] to [120]",
                        "fc2 (layer 10, linear): [120] to [84]",
                        "relu4 (layer 11, relu): [84] to [84]",
                        "fc3 (layer 12, linear): [84] to [10]");
    }

    @ParameterizedTest
    @CsvSource({"2, 10, 61706", "0, 10, 44426", "2, 47, 64851"})
    void countsTheParametersOfLeNet5(int padding, int classes, int count) {
        assertThat(LeNet5.network(padding, classes).parameterCount()).isEqualTo(count);
    }

    /** Before each fully connected layer; it has no parameters, so the same weights fit. */
    @Test
    void lenet5CanHaveDropout() {
        Network dropping = LeNet5.network(2, 10, 0.25f);
        assertThat(dropping.parameters()).isEqualTo(LeNet5.network(2).parameters());
        List<NamedLayer> layers = dropping.layers();
        for (NamedLayer layer : layers) {
            if (layer.spec() instanceof Linear) {
                assertThat(layers.get(layer.index() - 1).spec()).isEqualTo(new Dropout(0.25f));
            }
        }
        assertThat(LeNet5.network(2, 10, 0)).isEqualTo(LeNet5.network(2));
    }

    @Test
    void namesParametersAsPyTorchDoes() {
        assertThat(LeNet5.network(0).parameters())
                .startsWith(
                        new ParameterSpec("conv1.weight", Shape.of(6, 1, 5, 5), 25),
                        new ParameterSpec("conv1.bias", Shape.of(6), 25))
                .contains(new ParameterSpec("fc1.weight", Shape.of(120, 256), 256))
                .extracting(ParameterSpec::name)
                .containsExactly(
                        "conv1.weight",
                        "conv1.bias",
                        "conv2.weight",
                        "conv2.bias",
                        "fc1.weight",
                        "fc1.bias",
                        "fc2.weight",
                        "fc2.bias",
                        "fc3.weight",
                        "fc3.bias");
    }

    @Test
    void printsATable() {
        Network network = Network.input(1, 6, 6)
                .layer("conv", Conv2d.of(2, 3))
                .layer("flatten", new Flatten())
                .layer("fc", Linear.of(10))
                .build();

        assertThat(network.toString().lines())
                .containsExactly(
                        "input                   [1, 6, 6]                ",
                        "conv       conv2d       [2, 4, 4]              20",
                        "flatten    flatten      [32]                     ",
                        "fc         linear       [10]                  330",
                        "total                                         350");
    }

    @Test
    void saysWhichLayerDoesNotFitAndWhatToDo() {
        assertThatThrownBy(() -> Network.input(1, 28, 28)
                        .layer("conv1", Conv2d.of(6, 5).withPadding(2))
                        .layer("relu1", new Relu())
                        .layer("pool1", MaxPool2d.of(2))
                        .layer("conv2", Conv2d.of(16, 5))
                        .layer("relu2", new Relu())
                        .layer("pool2", MaxPool2d.of(2))
                        .layer("fc1", Linear.of(120)))
                .isInstanceOf(ShapeException.class)
                .hasMessage("fc1 (layer 7, linear): expected a rank-1 input, received [16, 5, 5]."
                        + " Put a flatten layer before it.");
        assertThatThrownBy(() -> Network.input(784).layer("conv1", Conv2d.of(6, 5)))
                .isInstanceOf(ShapeException.class)
                .hasMessage("conv1 (layer 1, conv2d): expected a rank-3 input [C, H, W], received [784]."
                        + " Put it before the flatten layer, or give the network an image as input.");
    }

    @Test
    void refusesAnEmptyNetwork() {
        assertThatThrownBy(() -> Network.input(784).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Network: expected at least one layer, received none. Add one with layer().");
    }

    @Test
    void refusesTheSameNameTwice() {
        assertThatThrownBy(() -> Network.input(784).layer("fc", Linear.of(10)).layer("fc", new Relu()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("fc (layer 2, relu): expected a name of its own, received 'fc' again."
                        + " Rename one of the two.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "fc.1"})
    void refusesNamesThatParametersCannotCarry(String name) {
        assertThatThrownBy(() -> Network.input(784).layer(name, Linear.of(10)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(name + " (layer 1, linear): expected a name without dots that is not empty, received '"
                        + name + "'. Parameters are named LAYER.weight and LAYER.bias.");
    }

    @Test
    void refusesALayerWhoseParametersAreTooMany() {
        assertThatThrownBy(() -> Network.input(65536).layer("fc", Linear.of(65536)))
                .isInstanceOf(ShapeException.class)
                .hasMessage("fc (layer 1, linear): Shape: expected at most 2147483647 values,"
                        + " received [65536, 65536]. Use smaller dimensions.");
    }

    @Test
    void refusesLayersWhoseParametersAreTooManyTogether() {
        assertThatThrownBy(() ->
                        Network.input(32768).layer("fc1", Linear.of(32768)).layer("fc2", Linear.of(32768)))
                .isInstanceOf(ShapeException.class)
                .hasMessage("fc2 (layer 2, linear): expected at most 2147483647 parameters up to this layer,"
                        + " received 2147549184. Use smaller layers.");
    }

    @Test
    void cannotBeMadeOfLayersThatDoNotFitTogether() {
        Shape input = Shape.of(4);
        NamedLayer fits = new NamedLayer("a", 0, Linear.of(3), input, Shape.of(3));
        NamedLayer lies = new NamedLayer("b", 1, Linear.of(3), Shape.of(3), Shape.of(5));
        NamedLayer gap = new NamedLayer("c", 1, Linear.of(3), Shape.of(9), Shape.of(3));

        assertThat(new Network(input, List.of(fits)))
                .isEqualTo(Network.input(4).layer("a", Linear.of(3)).build());
        assertThatThrownBy(() -> new Network(input, List.of(fits, lies)))
                .isInstanceOf(ShapeException.class)
                .hasMessage("b (layer 2, linear): expected a layer from [3], received one from [3] to [5]."
                        + " Make networks with Network.input().");
        assertThatThrownBy(() -> new Network(input, List.of(fits, gap)))
                .isInstanceOf(ShapeException.class)
                .hasMessage("c (layer 2, linear): expected a layer from [3], received one from [9] to [3]."
                        + " Make networks with Network.input().");
        assertThatThrownBy(() -> new Network(input, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Network: expected at least one layer, received none. Add one with layer().");
    }

    @Test
    void isEqualWhenLayersAndInputAre() {
        assertThat(LeNet5.network(2)).isEqualTo(LeNet5.network(2)).isNotEqualTo(LeNet5.network(0));
    }
}
