package dev.lenet.engine.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lenet.api.Shape;
import dev.lenet.api.data.Batch;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainerState;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Gradients")
class GradientTest {
    private static final DjlEngine ENGINE = Fixtures.engine();

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    @Test
    void areTheSlopesOfTheLossForEveryKindOfLayer() {
        Network network = Fixtures.everyLayer();
        Batch batch = Fixtures.batch(network, 6);
        Weights weights = Weights.initial(network, Fixtures.SEED);
        double h = 0x1p-8;
        // A central difference misses by h^2/6 times the third derivative, 3e-6 if that is about 1, and by the rounding
        // of two losses near 1.4: 2 * 16 u * 1.4 / (2h) = 3.4e-4, 16 for the handful of roundings on a loss's way.
        double tolerance = 4e-4;
        try (Model model = ENGINE.build(network, weights);
                Trainer trainer = ENGINE.trainer(model, Fixtures.spec(new Optimizer.Sgd(), 6))) {
            Weights gradients = trainer.gradients(batch);
            double largest = 0;
            for (String name : weights.tensors().keySet()) {
                for (int i = 0; i < weights.get(name).length; i++) {
                    float original = weights.get(name)[i];
                    double above = loss(trainer, batch, network, weights, name, i, (float) (original + h));
                    double below = loss(trainer, batch, network, weights, name, i, (float) (original - h));
                    double run = (float) (original + h) - (double) (float) (original - h);
                    assertThat((double) gradients.get(name)[i])
                            .as("%s[%d], seed %d", name, i, Fixtures.SEED)
                            .isCloseTo((above - below) / run, within(tolerance));
                    largest = Math.max(largest, Math.abs(gradients.get(name)[i]));
                }
            }
            assertThat(largest)
                    .as("gradients large enough to be told from errors")
                    .isGreaterThan(100 * tolerance);
        }
    }

    private static double loss(
            Trainer trainer, Batch batch, Network network, Weights weights, String name, int index, float value) {
        Weights changed = Weights.of(network, parameter -> {
            float[] values = weights.get(parameter.name()).clone();
            if (parameter.name().equals(name)) {
                values[index] = value;
            }
            return values;
        });
        // Step 0 each time: the same dropout mask.
        trainer.restore(new TrainerState(0, changed, Map.of()));
        trainer.step(batch, 0);
        return trainer.drainMetrics().losses()[0];
    }

    @Test
    void ofATieInAMaxPoolGoToTheFirstValueInRowMajorOrder() {
        Network network = Network.input(1, 2, 2)
                .layer("conv", Conv2d.of(1, 1))
                .layer("pool", MaxPool2d.of(2))
                .layer("flatten", new Flatten())
                .layer("fc", Linear.of(2))
                .build();
        // With weight 0 all four values are equal, and the weight's gradient is the gradient times the winning pixel.
        byte[] pixels = {(byte) 51, (byte) 102, (byte) 153, (byte) 204};
        ImageDataset images =
                new ImageDataset(Shape.of(1, 2, 2), pixels, new byte[] {0}, 2, new Normalization(0, 1 / 255.0));
        Map<String, float[]> values =
                Map.of("conv.weight", new float[1], "conv.bias", new float[] {1}, "fc.weight", new float[] {1, -1});
        Weights weights = Weights.of(network, parameter -> values.getOrDefault(parameter.name(), new float[2]));
        try (Model model = ENGINE.build(network, weights);
                Trainer trainer = ENGINE.trainer(model, Fixtures.spec(new Optimizer.Sgd(), 1))) {
            Weights gradients = trainer.gradients(Batch.range(images, 0, 1));
            float dValue = gradients.get("conv.bias")[0];
            assertThat(dValue).isNotZero();
            // 51 of the first pixel; a product of two floats, rounded once.
            assertThat(gradients.get("conv.weight")[0]).isEqualTo(dValue * 51);
        }
    }

    @Test
    void changeWithTheDropoutMaskOfTheStepAndNothingElse() {
        Network network = Network.input(1, 2, 3)
                .layer("flatten", new Flatten())
                .layer("drop", new Dropout(0.5f))
                .layer("fc", Linear.of(2))
                .build();
        Batch batch = Fixtures.batch(network, 1);
        float[] x = new float[6];
        batch.read(0, x, 0);
        try (Model model = ENGINE.build(network, Weights.zeros(network));
                Trainer trainer = ENGINE.trainer(model, Fixtures.spec(new Optimizer.Sgd(), 1))) {
            for (int step = 0; step < 4; step++) {
                float[] dWeight = trainer.gradients(batch).get("fc.weight");
                // With weights of 0 the softmax is 1/2 for both classes: the gradient is x * mask * (1/2 - target).
                float sign = batch.label(0) == 0 ? -0.5f : 0.5f;
                for (int i = 0; i < 6; i++) {
                    boolean kept = Dropout.mask(Fixtures.SEED, "drop", step).uniform(i) >= 0.5f;
                    assertThat(dWeight[i])
                            .as("step %d, value %d", step, i)
                            .isEqualTo(kept ? 2 * x[i] * sign : 0 * x[i] * sign);
                }
                trainer.step(batch, 0);
            }
        }
    }
}
