package dev.lenet.engine.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import dev.lenet.api.data.Batch;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.engine.Layer;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.sample.OtherExamples;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("Native memory")
class MemoryTest {
    private static final Network NETWORK = Fixtures.everyLayer();
    private static final Batch BATCH = Fixtures.batch(NETWORK, 8);

    @Tag("exhaustive")
    @Test
    void isFlatHoweverLongTrainingAndPredictingGoOn() {
        try (DjlEngine engine = Fixtures.engine();
                Model model = engine.build(NETWORK, Weights.initial(NETWORK, Fixtures.SEED));
                Trainer trainer =
                        engine.trainer(model, Fixtures.spec(new Optimizer.Adam(0.9, 0.99, 1e-8, 0.1, false), 8))) {
            useEverything(engine, model, trainer);
            Footprint before = Footprint.of(engine);
            for (int i = 0; i < 200; i++) {
                useEverything(engine, model, trainer);
            }
            assertThat(Footprint.of(engine)).isEqualTo(before);
        }
    }

    @Test
    void ofStepsNotYetDrainedIsOneScalarEach() {
        try (DjlEngine engine = Fixtures.engine();
                Model model = engine.build(NETWORK, Weights.initial(NETWORK, Fixtures.SEED));
                Trainer trainer = engine.trainer(model, Fixtures.spec(new Optimizer.Sgd(0.9, 0.1), 8))) {
            Footprint before = Footprint.of(engine);
            for (int i = 0; i < 50; i++) {
                trainer.step(BATCH, 0.01);
            }
            assertThat(Footprint.of(engine).arrays()).isEqualTo(before.arrays() + 50);
            assertThat(Footprint.of(engine).values()).isEqualTo(before.values() + 50);
            assertThat(trainer.drainMetrics().losses()).hasSize(50);
            assertThat(trainer.drainMetrics().losses()).isEmpty();
            assertThat(Footprint.of(engine)).isEqualTo(before);
        }
    }

    @Test
    void isGivenBackByEveryClose() {
        try (DjlEngine engine = Fixtures.engine()) {
            Footprint empty = Footprint.of(engine);
            for (int i = 0; i < 3; i++) {
                try (Model model = engine.build(NETWORK, Weights.initial(NETWORK, Fixtures.SEED));
                        Trainer trainer = engine.trainer(model, Fixtures.spec(new Optimizer.Adam(), 8))) {
                    useEverything(engine, model, trainer);
                }
                assertThat(Footprint.of(engine)).isEqualTo(empty);
            }
        }
    }

    @Test
    void ofAnEngineIsGivenBackWithWhateverIsStillOpen() {
        DjlEngine engine = Fixtures.engine();
        NDManager everywhere = engine.root().getParentManager();
        int before = everywhere.getManagedArrays().size();
        Model model = engine.build(NETWORK, Weights.initial(NETWORK, Fixtures.SEED));
        Trainer trainer = engine.trainer(model, Fixtures.spec(new Optimizer.Adam(), 8));
        useEverything(engine, model, trainer);
        trainer.step(BATCH, 0.01);
        Tensor kept = model.predict(BATCH);
        assertThat(everywhere.getManagedArrays()).hasSizeGreaterThan(before);
        engine.close();
        assertThat(engine.root().isOpen()).isFalse();
        assertThat(everywhere.getManagedArrays()).hasSize(before);
        kept.close();
        trainer.close();
    }

    @Test
    void isNotLostToWorkThatFails() {
        IllegalStateException failure = new IllegalStateException("the data set's own");
        Dataset failing = new OtherExamples(BATCH.dataset()) {
            @Override
            public void read(int row, float[] target, int offset) {
                if (row == 5) {
                    throw failure;
                }
                super.read(row, target, offset);
            }
        };
        Dataset mislabelled = new OtherExamples(BATCH.dataset()) {
            @Override
            public int label(int row) {
                return 4;
            }
        };
        try (DjlEngine engine = Fixtures.engine();
                Model model = engine.build(NETWORK, Weights.initial(NETWORK, Fixtures.SEED));
                Trainer trainer = engine.trainer(model, Fixtures.spec(new Optimizer.Adam(), 8));
                Tensor wrong = engine.tensor(Shape.of(1, 9, 9), new float[81])) {
            useEverything(engine, model, trainer);
            Footprint before = Footprint.of(engine);
            for (Dataset dataset : List.of(failing, mislabelled)) {
                Batch batch = Batch.range(dataset, 0, 8);
                assertThatThrownBy(() -> trainer.step(batch, 0.01)).isInstanceOf(RuntimeException.class);
                assertThatThrownBy(() -> trainer.gradients(batch)).isInstanceOf(RuntimeException.class);
            }
            assertThatThrownBy(() -> model.predict(Batch.range(failing, 0, 8))).isSameAs(failure);
            assertThatThrownBy(() -> model.predict(wrong)).isInstanceOf(ShapeException.class);
            assertThat(Footprint.of(engine)).isEqualTo(before);
        }
    }

    private static void useEverything(DjlEngine engine, Model model, Trainer trainer) {
        trainer.step(BATCH, 0.01);
        trainer.gradients(BATCH);
        trainer.drainMetrics();
        trainer.restore(trainer.state());
        try (Tensor logits = model.predict(BATCH);
                Tensor input = engine.tensor(NETWORK.input().batchOf(1), new float[81]);
                Tensor output = model.predict(input);
                Tensor inner = model.layers().get(0).forward(input)) {
            assertThat(logits.toArray()).hasSize(32);
            assertThat(output.toArray()).hasSize(4);
            assertThat(inner.toArray()).hasSize(2 * 81);
        }
        model.layers().forEach(Layer::parameters);
    }

    /**
     * What DJL keeps alive.
     *
     * @param arrays of the engine, in all its managers
     * @param values in them
     * @param managers of the engine: an empty one would leak, too
     * @param everywhere arrays of the whole JVM, also such as fell out of the engine's managers
     */
    private record Footprint(int arrays, long values, long managers, int everywhere) {
        static Footprint of(DjlEngine engine) {
            NDManager root = engine.root();
            return new Footprint(
                    root.getManagedArrays().size(),
                    root.getManagedArrays().stream().mapToLong(NDArray::size).sum(),
                    managers((BaseNDManager) root),
                    root.getParentManager().getManagedArrays().size());
        }

        /** DJL only prints its tree of managers, one a line. */
        private static long managers(BaseNDManager root) {
            PrintStream console = System.out;
            ByteArrayOutputStream printed = new ByteArrayOutputStream();
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            try {
                root.debugDump(0);
            } finally {
                System.setOut(console);
            }
            return printed.toString(StandardCharsets.UTF_8).lines().count();
        }
    }
}
