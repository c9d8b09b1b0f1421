package dev.lenet.api.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.Shape;
import org.junit.jupiter.api.Test;

class NamedNetworksTest {
    @Test
    void theMultilayerPerceptronHasALayerForEachNumberAndOneForTheClasses() {
        Network network = Mlp.network(Shape.of(1, 28, 28), 47, 300, 100);

        assertThat(network.layers())
                .extracting(Network.NamedLayer::name)
                .containsExactly("flatten", "fc1", "relu1", "fc2", "relu2", "fc3");
        assertThat(network.output()).isEqualTo(Shape.of(47));
        assertThat(network.parameterCount()).isEqualTo(784 * 300 + 300 + 300 * 100 + 100 + 100 * 47 + 47);
        assertThat(Mlp.network(Shape.of(2), 3).layers()).hasSize(1);
    }

    @Test
    void theResidualNetworkHalvesImagesTwice() {
        Network network = ResNet8.network(Shape.of(1, 28, 28), 10);

        // 144 + 32 in front; 4,672, 13,952 + 512 and 55,552 + 2,048 in the blocks; 650 at the end.
        assertThat(network.parameterCount()).isEqualTo(77_562);
        assertThat(network.layers().get(7).output()).isEqualTo(Shape.of(64, 7, 7));
        assertThat(ResNet8.network(Shape.of(3, 32, 32), 100).output()).isEqualTo(Shape.of(100));
    }

    @Test
    void lenet5OfThePaperHasAsManyParametersAsTheUsualOne() {
        Network network = LeNet5.tanh(2, 10);

        assertThat(network.parameterCount()).isEqualTo(61_706);
        assertThat(network.layers().stream().map(layer -> layer.spec().kind()))
                .contains("tanh", "avg_pool2d")
                .doesNotContain("relu", "max_pool2d");
    }

    @Test
    void everyLenet5IsRecognisedAndNothingElse() {
        assertThat(LeNet5.network(0).title()).isEqualTo("LeNet-5");
        assertThat(LeNet5.network(3, 47, 0.25f).title()).isEqualTo("LeNet-5");
        assertThat(LeNet5.tanh(2, 10).title()).isEqualTo("LeNet-5");
        assertThat(Mlp.network(Shape.of(1, 28, 28), 10, 20).title()).isEqualTo("4 layers");
        assertThat(Mlp.network(Shape.of(7), 10).title()).isEqualTo("1 layer");
        assertThat(Network.input(1, 28, 28).layer("relu", new Relu()).build().title())
                .isEqualTo("1 layer");
        Network renamed = Network.input(1, 28, 28)
                .layer("flatten", new Flatten())
                .layer("drop", new Dropout(0.5f))
                .layer("fc", Linear.of(10))
                .build();
        assertThat(renamed.title()).isEqualTo("3 layers");
    }
}
