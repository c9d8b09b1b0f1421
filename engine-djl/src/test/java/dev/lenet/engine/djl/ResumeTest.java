package dev.lenet.engine.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.ShapeException;
import dev.lenet.api.data.Batch;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainerState;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A trainer's state")
class ResumeTest {
    private static final DjlEngine ENGINE = Fixtures.engine();
    private static final Network NETWORK = Fixtures.everyLayer();
    private static final Dataset IMAGES = Fixtures.images(NETWORK, 60);

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lenet.engine.djl.OptimizerTest#optimizers")
    @DisplayName("taken in the middle and restored elsewhere continues bit for bit")
    void continuesBitForBit(Optimizer optimizer) {
        try (Model model = ENGINE.build(NETWORK, Weights.initial(NETWORK, Fixtures.SEED));
                Trainer trainer = ENGINE.trainer(model, Fixtures.spec(optimizer, 10));
                Model other = ENGINE.build(NETWORK, Weights.zeros(NETWORK));
                Trainer resumed = ENGINE.trainer(other, Fixtures.spec(optimizer, 10))) {
            steps(trainer, 0, 3);
            TrainerState middle = trainer.state();
            float[] losses = steps(trainer, 3, 6);
            // A trainer that has been elsewhere: restoring must overwrite all of it, even numbers that are none.
            steps(resumed, 0, 1);
            resumed.step(Batch.range(IMAGES, 0, 10), Double.NaN);
            resumed.restore(middle);
            assertSame(resumed.state(), middle);
            assertThat(steps(resumed, 3, 6)).containsExactly(losses);
            assertSame(resumed.state(), trainer.state());
            try (Tensor expected = model.predict(Batch.range(IMAGES, 0, 60));
                    Tensor received = other.predict(Batch.range(IMAGES, 0, 60))) {
                assertThat(received.toArray()).containsExactly(expected.toArray());
            }
        }
    }

    @Test
    @DisplayName("is a copy: later steps do not change it, nor it the trainer")
    void isACopy() {
        try (Model model = ENGINE.build(NETWORK, Weights.initial(NETWORK, Fixtures.SEED));
                Trainer trainer = ENGINE.trainer(model, Fixtures.spec(new Optimizer.Adam(), 10))) {
            TrainerState start = trainer.state();
            float[] first = start.weights().get("fc1.weight").clone();
            steps(trainer, 0, 2);
            assertThat(start.weights().get("fc1.weight")).containsExactly(first);
            assertThat(trainer.state().weights().get("fc1.weight")).isNotEqualTo(first);
            float[] now = model.weights().get("fc1.weight");
            Arrays.fill(start.weights().get("fc1.weight"), 7);
            assertThat(model.weights().get("fc1.weight")).containsExactly(now);
        }
    }

    @Test
    @DisplayName("of another optimizer is refused and changes nothing")
    void ofAnotherOptimizerIsRefused() {
        try (Model model = ENGINE.build(NETWORK, Weights.initial(NETWORK, Fixtures.SEED));
                Trainer adam = ENGINE.trainer(model, Fixtures.spec(new Optimizer.Adam(), 10));
                Trainer sgd = ENGINE.trainer(model, Fixtures.spec(new Optimizer.Sgd(), 10))) {
            TrainerState before = adam.state();
            assertThatThrownBy(() -> adam.restore(sgd.state()))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("first_moment");
            assertSame(adam.state(), before);
        }
    }

    private static float[] steps(Trainer trainer, int from, int to) {
        for (int step = from; step < to; step++) {
            trainer.step(Batch.range(IMAGES, step * 10, 10), 0.05);
        }
        return trainer.drainMetrics().losses();
    }

    private static void assertSame(TrainerState received, TrainerState expected) {
        assertThat(received.step()).isEqualTo(expected.step());
        assertSame(received.weights(), expected.weights());
        assertThat(received.slots().keySet()).isEqualTo(expected.slots().keySet());
        expected.slots()
                .forEach((name, slot) -> assertSame(received.slots().getOrDefault(name, Weights.zeros(NETWORK)), slot));
    }

    private static void assertSame(Weights received, Weights expected) {
        expected.tensors()
                .forEach((name, tensor) ->
                        assertThat(received.get(name)).as(name).containsExactly(tensor.values()));
    }
}
