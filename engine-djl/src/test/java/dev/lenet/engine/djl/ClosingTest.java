package dev.lenet.engine.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.Shape;
import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Layer;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainerState;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is closed")
class ClosingTest {
    private static final Network NETWORK = Fixtures.everyLayer();
    private static final Weights WEIGHTS = Weights.initial(NETWORK, Fixtures.SEED);
    private static final Batch BATCH = Fixtures.batch(NETWORK, 4);
    private static final Shape SHAPE = NETWORK.input().batchOf(2);

    private DjlEngine engine = Fixtures.engine();
    private Model model = engine.build(NETWORK, WEIGHTS);
    private Trainer trainer = engine.trainer(model, Fixtures.spec(new Optimizer.Adam(), 4));
    private Tensor tensor = engine.tensor(SHAPE, Fixtures.random(SHAPE));
    private TrainerState state = trainer.state();

    @BeforeEach
    void trainOnce() {
        trainer.step(BATCH, 0.01);
    }

    @Test
    void isHarmlessToCloseAgain() {
        for (int i = 0; i < 2; i++) {
            tensor.close();
            trainer.close();
            model.close();
            engine.close();
        }
        assertThat(engine.root().isOpen()).isFalse();
    }

    @Test
    void canBeClosedInAnyOrder() {
        engine.close();
        model.close();
        tensor.close();
        trainer.close();
        assertThat(engine.root().isOpen()).isFalse();
    }

    @Test
    void asATensorCannotBeUsed() {
        Layer layer = model.layers().get(0);
        tensor.close();
        assertClosed("Tensor " + SHAPE, tensor::toArray);
        assertClosed("Tensor " + SHAPE, () -> model.predict(tensor));
        assertClosed("Tensor " + SHAPE, () -> layer.forward(tensor));
        assertThat(tensor.shape()).isEqualTo(SHAPE);
        engine.close();
    }

    @Test
    void asAModelTakesItsLayersAndItsTrainersAlong() {
        Layer layer = model.layers().get(0);
        model.close();
        assertClosed("Model", () -> model.predict(tensor));
        assertClosed("Model", () -> model.predict(BATCH));
        assertClosed("Model", () -> model.weights());
        assertClosed("Model", () -> layer.forward(tensor));
        assertClosed("Model", layer::parameters);
        assertClosed("Model", () -> trainer.step(BATCH, 0.01));
        assertClosed("Model", () -> engine.trainer(model, Fixtures.spec(new Optimizer.Sgd(), 4)));
        assertThat(tensor.toArray()).hasSize(SHAPE.size());
        engine.close();
    }

    @Test
    void asATrainerLeavesItsModelOpen() {
        trainer.close();
        assertTrainerClosed("Trainer");
        try (Tensor logits = model.predict(BATCH)) {
            assertThat(logits.toArray()).hasSize(16).doesNotContain(Float.NaN);
        }
        engine.close();
    }

    @Test
    void asAnEngineTakesEverythingAlong() {
        Layer layer = model.layers().get(0);
        Tensor logits = model.predict(tensor);
        engine.close();
        String what = "Engine 'djl'";
        assertClosed(what, () -> engine.tensor(SHAPE, new float[SHAPE.size()]));
        assertClosed(what, () -> engine.build(NETWORK, WEIGHTS));
        assertClosed(what, () -> engine.trainer(model, Fixtures.spec(new Optimizer.Sgd(), 4)));
        assertClosed(what, tensor::toArray);
        assertClosed(what, logits::toArray);
        assertClosed(what, () -> model.predict(BATCH));
        assertClosed(what, layer::parameters);
        assertTrainerClosed(what);
    }

    @Test
    void isNotClosedUnderAThreadThatUsesIt() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try {
            for (int round = 0; round < 20; round++) {
                DjlEngine own = Fixtures.engine(1);
                Model shared = own.build(NETWORK, WEIGHTS);
                CountDownLatch started = new CountDownLatch(2);
                Future<Integer> one = pool.submit(() -> predictUntilClosed(shared, started));
                Future<Integer> two = pool.submit(() -> predictUntilClosed(shared, started));
                started.await();
                if (round % 2 == 0) {
                    shared.close();
                }
                own.close();
                // A crash would have taken the JVM along; anything but IllegalStateException fails here.
                assertThat(one.get() + two.get()).isGreaterThanOrEqualTo(2);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static int predictUntilClosed(Model model, CountDownLatch started) {
        int predictions = 0;
        try {
            while (true) {
                try (Tensor logits = model.predict(BATCH)) {
                    assertThat(logits.toArray()).hasSize(16);
                }
                predictions++;
                started.countDown();
            }
        } catch (IllegalStateException closed) {
            assertThat(closed).hasMessageContaining("was closed before");
            return predictions;
        }
    }

    private void assertTrainerClosed(String what) {
        assertClosed(what, () -> trainer.step(BATCH, 0.01));
        assertClosed(what, () -> trainer.gradients(BATCH));
        assertClosed(what, () -> trainer.drainMetrics());
        assertClosed(what, () -> trainer.state());
        assertClosed(what, () -> trainer.restore(state));
    }

    private static void assertClosed(String what, ThrowingCallable use) {
        assertThatThrownBy(use)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(what + ": expected to be used while open, was closed before.");
    }
}
