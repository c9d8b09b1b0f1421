package dev.lenet.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lenet.api.Shape;
import dev.lenet.api.data.Batch;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.engine.Loss;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.AvgPool2d;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Tanh;
import dev.lenet.api.network.Weights;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients against central differences of the naive network in double precision. */
class GradientsTest {
    private static final long SEED = 5;

    /** Central differences err by the square of it; smooth functions of size 1 then agree to about 1e-9. */
    private static final double DIFFERENCE = 1e-5;

    /** Float32 rounding through the few hundred terms of these networks, 2^-24 * 500, and some to spare for its growth. */
    private static final double BOUND = 5e-5;

    private final NativeEngine engine = new NativeEngine(new ScalarKernels(), 2);

    @AfterEach
    void close() {
        engine.close();
    }

    static List<Network> networks() {
        return List.of(
                Network.input(2, 9, 8)
                        .layer("conv1", Conv2d.of(3, 3).withPadding(1))
                        .layer("relu1", new Relu())
                        .layer("pool1", MaxPool2d.of(2))
                        .layer("conv2", new Conv2d(4, 3, 2, 2))
                        .layer("tanh2", new Tanh())
                        .layer("pool2", new AvgPool2d(2, 1))
                        .layer("drop", new Dropout(0.25f))
                        .layer("flatten", new Flatten())
                        .layer("fc1", Linear.of(9))
                        .layer("relu3", new Relu())
                        .layer("fc2", Linear.of(3))
                        .build(),
                Network.input(1, 11, 11)
                        .layer("pool0", new MaxPool2d(3, 2))
                        .layer("conv1", Conv2d.of(2, 5).withPadding(4))
                        .layer("pool1", new MaxPool2d(3, 2))
                        .layer("relu1", new Relu())
                        .layer("conv2", Conv2d.of(3, 1))
                        .layer("relu2", new Relu())
                        .layer("flatten", new Flatten())
                        .layer("drop", new Dropout(0.5f))
                        .layer("fc", Linear.of(3))
                        .build(),
                Network.input(1, 2, 1)
                        .layer("conv1", Conv2d.of(2, 1))
                        .layer("conv2", Conv2d.of(2, 5).withPadding(2))
                        .layer("flatten", new Flatten())
                        .layer("fc", Linear.of(3))
                        .build(),
                Network.input(7)
                        .layer("fc1", Linear.of(5))
                        .layer("tanh", new Tanh())
                        .layer("fc2", Linear.of(3))
                        .build());
    }

    @ParameterizedTest
    @MethodSource("networks")
    void everyGradientIsTheSlopeOfTheLoss(Network network) {
        Weights weights = Weights.initial(network, SEED);
        RandomExamples data = new RandomExamples(network.input(), 19, 3, SEED);
        NaiveNetwork naive = new NaiveNetwork(network, weights);
        double[][] examples = data.examples();
        int[] labels = data.labels();
        try (Model model = engine.build(network, weights);
                Trainer trainer = engine.trainer(model, spec(19))) {
            Weights gradients = trainer.gradients(data.all());
            gradients.tensors().forEach((name, tensor) -> {
                double[] values = naive.parameter(name);
                for (int i = 0; i < values.length; i += 1 + values.length / 40) {
                    double value = values[i];
                    values[i] = value + DIFFERENCE;
                    double above = naive.loss(examples, labels, SEED, 0);
                    values[i] = value - DIFFERENCE;
                    double below = naive.loss(examples, labels, SEED, 0);
                    values[i] = value;
                    assertThat((double) tensor.values()[i])
                            .as("%s[%d] of%n%s", name, i, network)
                            .isCloseTo((above - below) / (2 * DIFFERENCE), within(BOUND));
                }
            });
        }
    }

    @Test
    void theFirstOfEqualMaximaGetsTheGradient() {
        // A black picture: every window of the pooling holds four equal values, all of them the bias.
        Network network = Network.input(1, 4, 4)
                .layer("conv", Conv2d.of(1, 1))
                .layer("pool", MaxPool2d.of(2))
                .layer("flatten", new Flatten())
                .layer("fc", Linear.of(2))
                .build();
        // Seen through the weight gradient: only pixels that got a gradient contribute. First pixels of windows are 1.
        Weights weights = Weights.of(network, p -> switch (p.name()) {
            case "conv.weight" -> new float[] {0};
            case "conv.bias" -> new float[] {1};
            case "fc.weight" -> new float[] {1, 1, 1, 1, 0, 0, 0, 0};
            default -> new float[] {0, 0};
        });
        float[] firsts = {1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0};
        Dataset one = new OneExample(Shape.of(1, 4, 4), firsts);
        try (Model model = engine.build(network, weights);
                Trainer trainer = engine.trainer(model, spec(1))) {
            // Logits are 4 and 0 and the label is 1: d loss / d logit 0 is p = e^4 / (e^4 + 1), four windows of weight
            // 1.
            double p = Math.exp(4) / (Math.exp(4) + 1);
            assertThat((double) trainer.gradients(Batch.range(one, 0, 1)).get("conv.weight")[0])
                    .isCloseTo(4 * p, within(BOUND));
        }
    }

    private static TrainingSpec spec(int batchSize) {
        return new TrainingSpec(new Optimizer.Sgd(), new Loss.SoftmaxCrossEntropy(), batchSize, SEED);
    }

    /** A data set of one example of class 1. */
    private record OneExample(Shape exampleShape, float[] values) implements Dataset {
        @Override
        public int size() {
            return 1;
        }

        @Override
        public int classes() {
            return 2;
        }

        @Override
        public int label(int row) {
            return 1;
        }

        @Override
        public void read(int row, float[] target, int offset) {
            System.arraycopy(values, 0, target, offset, values.length);
        }
    }
}
