package dev.lenet.api.training;

import dev.lenet.api.Shape;
import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineDescription;
import dev.lenet.api.engine.Layer;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.StepMetrics;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainerState;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * An engine that computes nothing and writes down what it is asked to do.
 *
 * <p>Step n has the loss that it is told; the prediction for an example is the example itself, as logits.
 */
final class FakeEngine implements Engine {
    /** What happened, in order: {@code step 2,0}, {@code drain}, {@code predict 0,1}, {@code close}. */
    final List<String> events = new ArrayList<>();

    final List<Double> learningRates = new ArrayList<>();
    private final LongToDoubleFunction losses;
    private @Nullable TrainingSpec spec;

    /** The step, from 1, that fails; 0 for none. */
    private long failingStep;

    FakeEngine(LongToDoubleFunction losses) {
        this.losses = losses;
    }

    FakeEngine failingAt(long step) {
        failingStep = step;
        return this;
    }

    @Nullable
    TrainingSpec spec() {
        return spec;
    }

    /** A model of two inputs and two classes. */
    Model model() {
        return new FakeModel();
    }

    @Override
    public Trainer trainer(Model model, TrainingSpec asked) {
        spec = asked;
        return new FakeTrainer();
    }

    @Override
    public EngineDescription describe() {
        return new EngineDescription("fake", "cpu", "writes down what it is asked to do");
    }

    @Override
    public Tensor tensor(Shape shape, float[] values) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Model build(Network network, Weights weights) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}

    private static String rows(Batch batch) {
        int[] rows = Arrays.copyOfRange(batch.order(), batch.offset(), batch.offset() + batch.size());
        return Arrays.toString(rows).replaceAll("[\\[\\] ]", "");
    }

    private final class FakeTrainer implements Trainer {
        private long steps;
        private final List<Float> pending = new ArrayList<>();

        @Override
        public void step(Batch batch, double learningRate) {
            steps++;
            if (steps == failingStep) {
                throw new IllegalStateException("step " + steps + " failed");
            }
            events.add("step " + rows(batch));
            learningRates.add(learningRate);
            pending.add((float) losses.applyAsDouble(steps));
        }

        @Override
        public StepMetrics drainMetrics() {
            events.add("drain");
            float[] drained = new float[pending.size()];
            for (int i = 0; i < drained.length; i++) {
                drained[i] = pending.get(i);
            }
            pending.clear();
            return new StepMetrics(drained);
        }

        @Override
        public Weights gradients(Batch batch) {
            throw new UnsupportedOperationException();
        }

        @Override
        public TrainerState state() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void restore(TrainerState state) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            events.add("close");
        }
    }

    private final class FakeModel implements Model {
        private final Network network =
                Network.input(2).layer("fc", Linear.of(2)).build();

        @Override
        public Network network() {
            return network;
        }

        @Override
        public Tensor predict(Batch batch) {
            events.add("predict " + rows(batch));
            float[] logits = new float[batch.size() * 2];
            for (int i = 0; i < batch.size(); i++) {
                batch.read(i, logits, i * 2);
            }
            return new Logits(Shape.of(batch.size(), 2), logits);
        }

        @Override
        public List<Layer> layers() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Tensor predict(Tensor examples) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Weights weights() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }

    private final class Logits implements Tensor {
        private final Shape shape;
        private final float[] values;

        Logits(Shape shape, float[] values) {
            this.shape = shape;
            this.values = values;
        }

        @Override
        public Shape shape() {
            return shape;
        }

        @Override
        public float[] toArray() {
            return values.clone();
        }

        @Override
        public void close() {
            events.add("close logits");
        }
    }
}
