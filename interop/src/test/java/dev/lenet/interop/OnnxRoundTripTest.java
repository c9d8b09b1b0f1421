package dev.lenet.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.RandomStream;
import dev.lenet.api.Shape;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.AvgPool2d;
import dev.lenet.api.network.BatchNorm2d;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.Gelu;
import dev.lenet.api.network.GlobalAvgPool;
import dev.lenet.api.network.GroupNorm;
import dev.lenet.api.network.LayerSpec;
import dev.lenet.api.network.LeakyRelu;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Mlp;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.ResNet8;
import dev.lenet.api.network.Residual;
import dev.lenet.api.network.Sigmoid;
import dev.lenet.api.network.Silu;
import dev.lenet.api.network.Tanh;
import dev.lenet.api.network.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of our own come back as they were, layer by layer and bit by bit, and mean what they meant. */
class OnnxRoundTripTest extends OnnxReading {
    /** The difference that the sums' order may make, relative to the largest logit of an image. */
    private static final double ROUNDING_OF_SUMS = 1e-5;

    private static final Shape IMAGE = Shape.of(4, 9, 8);

    /** Each kind of layer by itself, between two others. */
    private static List<LayerSpec> kinds() {
        return List.of(
                new Relu(),
                new LeakyRelu(0.3f),
                new LeakyRelu(0),
                new Sigmoid(),
                new Silu(),
                new Tanh(),
                new Dropout(0.25f),
                new MaxPool2d(3, 2),
                new AvgPool2d(2, 1),
                new BatchNorm2d(),
                new BatchNorm2d(0.25f, 1e-3f),
                GroupNorm.of(1),
                GroupNorm.of(2),
                new GroupNorm(4, 1e-3f),
                Conv2d.of(6, 3, 1).withPadding(2, 0).withStride(2),
                Conv2d.of(6, 3).withGroups(2).withoutBias(),
                Conv2d.of(8, 5).withPadding(4).withGroups(4),
                Residual.of("only", new Tanh()),
                Residual.of("a", Conv2d.of(4, 3).withPadding(1)).with("b", new BatchNorm2d()),
                Residual.of("projected", Conv2d.of(3, 1))
                        .withProjection(Conv2d.of(3, 1).withoutBias()),
                Residual.of("a", GroupNorm.of(2))
                        .with("in", Residual.of("b", new Silu()).with("c", new Dropout(0.5f)))
                        .with("d", Conv2d.of(5, 3).withPadding(1).withStride(2))
                        .withProjection(Conv2d.of(5, 1).withStride(2)));
    }

    static List<ModelFile> models() {
        List<ModelFile> models = new ArrayList<>();
        for (LayerSpec kind : kinds()) {
            models.add(drawn(Network.input(IMAGE.toArray())
                    .layer("kind", kind)
                    .layer("out", new Tanh())
                    .layer("flat", new Flatten())
                    .layer("fc", Linear.of(5))
                    .build()));
            models.add(drawn(Network.input(IMAGE.toArray())
                    .layer("conv", Conv2d.of(4, 1))
                    .layer("kind", kind)
                    .layer("pool", new GlobalAvgPool())
                    .layer("fc", Linear.of(5))
                    .layer("last", kind.parameters(IMAGE).isEmpty() ? new Sigmoid() : new Silu())
                    .build()));
        }
        models.add(drawn(ResNet8.network(Shape.of(1, 28, 28), 10)));
        models.add(drawn(Mlp.network(Shape.of(12), 3, 7)));
        models.add(drawn(Network.input(6)
                .layer("fc", Linear.of(4))
                .layer("block", Residual.of("fc1", Linear.of(4)).with("relu", new LeakyRelu()))
                .layer("drop", new Dropout(0.5f))
                .layer("out", Linear.of(3))
                .build()));
        return models;
    }

    /** A Gelu is written as five operators, as older opsets have none, and these are not put together again. */
    static List<ModelFile> others() {
        return OnnxWriteTest.otherModels().stream()
                .filter(model -> model.network().leaves().stream().noneMatch(layer -> layer.spec() instanceof Gelu))
                .toList();
    }

    /** Trained for all anyone can tell: no scale is 1 and no shift 0. */
    private static ModelFile drawn(Network network) {
        Weights weights = Weights.of(network, parameter -> {
            RandomStream stream = RandomStream.of(3, parameter.name());
            float[] values = new float[parameter.shape().size()];
            for (int i = 0; i < values.length; i++) {
                values[i] =
                        parameter.name().endsWith("running_var") ? 0.5f + stream.uniform(i) : stream.uniform(i) - 0.4f;
            }
            return values;
        });
        return new ModelFile(network, weights, Mnist.NORMALIZATION, Map.of("seed", "3"));
    }

    @ParameterizedTest
    @MethodSource({"models", "dev.lenet.interop.OnnxWriteTest#models", "others"})
    void everyKindComesBack(ModelFile model) throws IOException {
        for (int opset : new int[] {13, 17}) {
            for (boolean preprocessing : new boolean[] {false, true}) {
                OnnxOptions options = OnnxOptions.DEFAULT.withOpset(opset).withPreprocessing(preprocessing);
                Files.write(folder.resolve("own.onnx"), OnnxWriteTest.bytes(model, options));
                assertSameModel(Onnx.read(folder.resolve("own.onnx")), model);
            }
        }
    }

    private static void assertSameModel(ModelFile read, ModelFile model) {
        assertThat(read.network()).isEqualTo(model.network());
        assertThat(read.normalization()).isEqualTo(model.normalization());
        assertThat(read.facts()).containsAllEntriesOf(model.facts());
        model.weights()
                .tensors()
                .forEach((name, tensor) ->
                        assertThat(read.weights().get(name)).as(name).isEqualTo(tensor.values()));
    }

    /** The same under another producer's name: normalisations become part of convolutions then, and names are lost. */
    @ParameterizedTest
    @MethodSource("models")
    void everyKindMeansTheSameFromAnotherProgram(ModelFile model) throws IOException {
        byte[] file = OnnxWriteTest.bytes(model, OnnxOptions.DEFAULT);
        byte[] foreign = new String(file, java.nio.charset.StandardCharsets.ISO_8859_1)
                .replace("\u0012\u0005lenet", "\u0012\u0005other")
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(foreign).isNotEqualTo(file);
        Files.write(folder.resolve("foreign.onnx"), foreign);
        ModelFile read = Onnx.read(folder.resolve("foreign.onnx"));
        int size = model.network().input().size();
        float[] images = TestGraph.random("images", 3 * size);
        long[] shape = new long[1 + model.network().input().rank()];
        shape[0] = 3;
        for (int i = 1; i < shape.length; i++) {
            shape[i] = model.network().input().dimension(i - 1);
        }
        try (RuntimeSession session = new RuntimeSession(file)) {
            float[] expected = session.run(images, shape);
            int classes = model.network().output().size();
            Close.assertSame(logits(read, images), expected, classes, ROUNDING_OF_SUMS);
            Close.assertSame(logits(model, images), expected, classes, ROUNDING_OF_SUMS);
        }
    }
}
