package dev.lenet.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.LenetException;
import dev.lenet.api.Shape;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.inference.Softmax;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.AvgPool2d;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.GlobalAvgPool;
import dev.lenet.api.network.GroupNorm;
import dev.lenet.api.network.LeNet5;
import dev.lenet.api.network.LeakyRelu;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Mlp;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.ResNet8;
import dev.lenet.api.network.Residual;
import dev.lenet.api.network.Sigmoid;
import dev.lenet.api.network.SmoothUnit;
import dev.lenet.api.network.Tanh;
import dev.lenet.api.network.Weights;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is what ONNX Runtime computes. */
class OnnxWriteTest {
    /** The difference that the sums' order may make, relative to the largest logit of an image. */
    private static final double ROUNDING = 1e-5;

    static List<ModelFile> models() {
        // Names that a graph could mistake for its own.
        Network strides = Network.input(1, 28, 28)
                .layer("images", Conv2d.of(7, 3).withStride(2).withPadding(2))
                .layer("logits", new Tanh())
                .layer("pool/ä 1", new AvgPool2d(3, 2))
                .layer("conv2", Conv2d.of(5, 2))
                .layer("pool2", new MaxPool2d(2, 1))
                .layer("flatten", new Flatten())
                .layer("probabilities", new Dropout(0.25f))
                .layer("pixels", Linear.of(10))
                .build();
        return List.of(
                Mnist.shipped(),
                untrained(LeNet5.network(0)),
                untrained(LeNet5.network(2, 10, 0.5f)),
                untrained(LeNet5.tanh(2, 10)),
                untrained(Mlp.network(Shape.of(1, 28, 28), 10, 32, 16)),
                untrained(strides));
    }

    /** Of all the layers that LeNet-5 does without. */
    static List<ModelFile> otherModels() {
        Network.Builder start = Network.input(1, 28, 28);
        for (SmoothUnit unit : SmoothUnit.all()) {
            start = start.layer(unit.kind(), unit);
        }
        Network others = start.layer(
                        "conv1",
                        Conv2d.of(6, 3, 5).withStride(2).withPadding(1, 2).withoutBias())
                .layer("leaky", new LeakyRelu(0.2f))
                .layer("conv2", Conv2d.of(12, 3).withGroups(6).withPadding(1))
                .layer("pool", new GlobalAvgPool())
                .layer("sigmoid", new Sigmoid())
                .layer("fc", Linear.of(10))
                .build();
        Network blocks = Network.input(1, 28, 28)
                .layer("conv", Conv2d.of(8, 3).withStride(2).withPadding(1))
                .layer("norm", GroupNorm.of(4))
                .layer("same", Residual.of("a", Conv2d.of(8, 3).withPadding(1)).with("b", new Relu()))
                .layer(
                        "half",
                        Residual.of("a", Conv2d.of(16, 3).withPadding(1).withStride(2))
                                .with("n", new GroupNorm(2, 1e-3f))
                                .with("inner", Residual.of("c", new Tanh()))
                                .withProjection(Conv2d.of(16, 1).withStride(2)))
                .layer("pool", new GlobalAvgPool())
                .layer("fc", Linear.of(10))
                .build();
        return List.of(untrained(ResNet8.network(Shape.of(1, 28, 28), 10)), untrained(blocks), untrained(others));
    }

    private static ModelFile untrained(Network network) {
        Weights initial = Weights.initial(network, 7);
        Weights weights = Weights.of(network, parameter -> varied(parameter.name(), initial.get(parameter.name())));
        return new ModelFile(network, weights, Mnist.NORMALIZATION, Map.of("seed", "7", "untrained", "true"));
    }

    /** Normalisations begin with scales of 1 and shifts of 0, which would hide much. */
    private static float[] varied(String name, float[] values) {
        float first = values[0];
        if (first != 0 && first != 1) {
            return values;
        }
        float[] varied = TestGraph.random(name, values.length);
        for (int i = 0; i < varied.length; i++) {
            varied[i] += first;
        }
        return varied;
    }

    static byte[] bytes(ModelFile model, OnnxOptions options) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            Onnx.write(model, out, options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static Normalization normalization(ModelFile model) {
        return Objects.requireNonNull(model.normalization());
    }

    @ParameterizedTest
    @MethodSource({"models", "otherModels"})
    void theRuntimeGivesTheLogitsOfTheEngine(ModelFile model) {
        try (RuntimeSession session = new RuntimeSession(bytes(model, OnnxOptions.DEFAULT))) {
            float[] logits = session.run(Mnist.images(normalization(model)), Mnist.TEST.size(), 1, 28, 28);
            Close.assertSame(logits, Mnist.logits(model, normalization(model)), 10, ROUNDING);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 17})
    void withPreprocessingPixelsBecomeProbabilities(int opset) {
        ModelFile model = Mnist.shipped();
        byte[] file = bytes(model, OnnxOptions.DEFAULT.withOpset(opset).withPreprocessing(true));
        byte[] pixels = new byte[Mnist.TEST.pixels().remaining()];
        Mnist.TEST.pixels().get(pixels);
        try (RuntimeSession session = new RuntimeSession(file)) {
            float[] probabilities = session.run(pixels, Mnist.TEST.size(), 1, 28, 28);
            float[] logits = Mnist.logits(model, normalization(model));
            float[] expected = new float[logits.length];
            for (int row = 0; row < logits.length; row += 10) {
                double[] each = Softmax.probabilities(logits, row, 10);
                for (int k = 0; k < 10; k++) {
                    expected[row + k] = (float) each[k];
                }
            }
            Close.assertSame(probabilities, expected, 10, ROUNDING);
        }
    }

    @Test
    void aVectorIsAnInputToo() {
        Network network = Mlp.network(Shape.of(3), 2, 4);
        ModelFile model = new ModelFile(network, Weights.initial(network, 1), null, Map.of());
        try (RuntimeSession session = new RuntimeSession(bytes(model, OnnxOptions.DEFAULT.withOpset(13)))) {
            assertThat(session.run(new float[] {1, 2, 3, 4, 5, 6}, 2, 3)).hasSize(4);
        }
    }

    @Test
    void theMetadataSaysWhatIsKnown() {
        Network network = Mlp.network(Shape.of(1, 28, 28), 2);
        ModelFile model = new ModelFile(
                        network, Weights.initial(network, 1), new Normalization(0.25, 0.5), Map.of("seed", "1"))
                .withClassNames(new ClassNames(List.of("Äpfel", "pears")));
        try (RuntimeSession session = new RuntimeSession(bytes(model, OnnxOptions.DEFAULT))) {
            assertThat(session.metadata())
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            "seed", "1",
                            "class_names", "[\"Äpfel\",\"pears\"]",
                            "lenet.mean", "0.25",
                            "lenet.std", "0.5"));
        }
    }

    @Test
    void equalModelsGiveEqualBytes() {
        assertThat(bytes(Mnist.shipped(), OnnxOptions.DEFAULT)).isEqualTo(bytes(Mnist.shipped(), OnnxOptions.DEFAULT));
    }

    @Test
    void preprocessingNeedsANormalisationAndLogits() {
        OnnxOptions options = OnnxOptions.DEFAULT.withPreprocessing(true);
        Network network = LeNet5.network(2);
        ModelFile silent = new ModelFile(network, Weights.zeros(network), null, Map.of());
        assertThatThrownBy(() -> bytes(silent, options))
                .isInstanceOf(LenetException.class)
                .hasMessageContaining("expected a model that says how its inputs are normalised");
        Network images = Network.input(1, 28, 28).layer("tanh", new Tanh()).build();
        ModelFile imageToImage = new ModelFile(images, Weights.zeros(images), Mnist.NORMALIZATION, Map.of());
        assertThatThrownBy(() -> bytes(imageToImage, options))
                .isInstanceOf(LenetException.class)
                .hasMessageContaining("received [1, 28, 28]");
    }

    @Test
    void anotherOpsetIsRefused() {
        assertThatThrownBy(() -> OnnxOptions.DEFAULT.withOpset(12))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected the opset 13 or 17, received 12");
    }
}
