package dev.lenet.api.training;

import dev.lenet.api.RandomStream;
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
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.TensorData;
import dev.lenet.api.network.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * An engine that learns nothing and writes down what it is asked to do.
 *
 * <p>Step n has the loss that it is told; the prediction for an example is the example itself, as logits, times the
 * confidence that it is told for the number of steps. Its weights are a mixture of everything that steps were given: two
 * runs whose weights agree were given the same, in the same order.
 */
public final class FakeEngine implements Engine {
    /**
     * What happened, in order: {@code step 2,0}, {@code drain}, {@code predict 0,1}, {@code close}. What it takes for
     * gradients are the weights.
     */
    public final List<String> events = new ArrayList<>();

    final List<Double> learningRates = new ArrayList<>();
    private final LongToDoubleFunction losses;
    private LongToDoubleFunction confidence = steps -> 1;
    private @Nullable TrainingSpec spec;

    /** The step, from 1, that fails; 0 for none. */
    private long failingStep;

    private long explodingStep = Long.MAX_VALUE;

    public FakeEngine(LongToDoubleFunction losses) {
        this.losses = losses;
    }

    /** What logits are multiplied with after so many steps; not a number for a model that has diverged. */
    FakeEngine confident(LongToDoubleFunction afterSteps) {
        confidence = afterSteps;
        return this;
    }

    /** From that step on, the last of the weights is infinite. */
    FakeEngine exploding(long step) {
        explodingStep = step;
        return this;
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
    public Model model() {
        return new FakeModel();
    }

    @Override
    public Trainer trainer(Model model, TrainingSpec asked) {
        spec = asked;
        return new FakeTrainer((FakeModel) model, asked);
    }

    @Override
    public EngineDescription describe() {
        return new EngineDescription("fake", "cpu", "writes down what it is asked to do");
    }

    @Override
    public Tensor tensor(Shape shape, float[] values) {
        return new Values(shape, values.clone());
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
        private final FakeModel model;
        private final Map<String, float[]> slots = new TreeMap<>();
        private final List<Float> pending = new ArrayList<>();

        FakeTrainer(FakeModel model, TrainingSpec asked) {
            this.model = model;
            model.steps = 0;
            asked.slots().forEach(slot -> slots.put(slot, new float[FakeModel.PARAMETERS]));
        }

        @Override
        public void step(Batch batch, double learningRate) {
            model.steps++;
            if (model.steps == failingStep) {
                throw new IllegalStateException("step " + model.steps + " failed");
            }
            events.add("step " + rows(batch));
            learningRates.add(learningRate);
            pending.add((float) losses.applyAsDouble(model.steps));
            RandomStream given = RandomStream.of(model.steps, rows(batch));
            for (int i = 0; i < FakeModel.PARAMETERS; i++) {
                float update = given.uniform(i);
                for (float[] slot : slots.values()) {
                    slot[i] = 0.9f * slot[i] + update;
                    update += slot[i];
                }
                model.weights[i] -= (float) learningRate * update;
            }
            if (model.steps >= explodingStep) {
                model.weights[FakeModel.PARAMETERS - 1] = Float.POSITIVE_INFINITY;
            }
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
            events.add("gradients " + rows(batch));
            return model.weights();
        }

        @Override
        public TrainerState state() {
            Map<String, Weights> copies = new TreeMap<>();
            slots.forEach((name, values) -> copies.put(name, model.asWeights(values)));
            return new TrainerState(model.steps, model.weights(), copies);
        }

        @Override
        public void restore(TrainerState state) {
            events.add("restore " + state.step());
            model.steps = state.step();
            FakeModel.copy(state.weights(), model.weights);
            state.slots().forEach((name, values) -> FakeModel.copy(values, slots.getOrDefault(name, new float[6])));
            pending.clear();
        }

        @Override
        public void close() {
            events.add("close");
        }
    }

    private final class FakeModel implements Model {
        static final int PARAMETERS = 6;

        private final Network network =
                Network.input(2).layer("fc", Linear.of(2)).build();
        private final float[] weights = new float[PARAMETERS];
        private long steps;

        /** The first four are the weight, the others the bias. */
        Weights asWeights(float[] values) {
            return Weights.of(
                    network,
                    parameter -> parameter.name().equals("fc.weight")
                            ? Arrays.copyOfRange(values, 0, 4)
                            : Arrays.copyOfRange(values, 4, 6));
        }

        static void copy(Weights from, float[] to) {
            System.arraycopy(from.get("fc.weight"), 0, to, 0, 4);
            System.arraycopy(from.get("fc.bias"), 0, to, 4, 2);
        }

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
            return scaled(Shape.of(batch.size(), 2), logits);
        }

        private Tensor scaled(Shape shape, float[] values) {
            float[] logits = values.clone();
            for (int i = 0; i < logits.length; i++) {
                logits[i] *= (float) confidence.applyAsDouble(steps);
            }
            return new Values(shape, logits);
        }

        @Override
        public List<Layer> layers() {
            return List.of(new Layer() {
                @Override
                public NamedLayer spec() {
                    return network.layers().get(0);
                }

                @Override
                public Tensor forward(Tensor input) {
                    events.add("forward " + Arrays.toString(input.toArray()) + " after " + steps);
                    return scaled(input.shape(), input.toArray());
                }

                @Override
                public Map<String, TensorData> parameters() {
                    return weights().tensors();
                }
            });
        }

        @Override
        public Tensor predict(Tensor examples) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Weights weights() {
            return asWeights(weights);
        }

        @Override
        public void load(Weights newWeights) {
            events.add("load");
            copy(newWeights, weights);
        }

        @Override
        public void close() {}
    }

    private final class Values implements Tensor {
        private final Shape shape;
        private final float[] values;

        Values(Shape shape, float[] values) {
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
            events.add("close tensor");
        }
    }
}
