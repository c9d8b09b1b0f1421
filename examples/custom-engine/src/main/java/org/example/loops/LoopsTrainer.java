package org.example.loops;

import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Lifetime;
import dev.lenet.api.engine.StepMetrics;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainerState;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gradients of one example after another, then one update.
 *
 * <p>Nothing is changed before the last example was read: whatever goes wrong until then leaves the run as it was.
 */
final class LoopsTrainer implements Trainer {
    private final LoopsModel model;
    private final List<LoopsLayer> chain;
    private final TrainingSpec spec;
    private final Map<String, Parameters> slots = new LinkedHashMap<>();
    private final List<Float> losses = new ArrayList<>();
    private final Lifetime lifetime;

    /** How many updates were made. */
    private long updates;

    LoopsTrainer(LoopsModel model, TrainingSpec spec) {
        this.model = model;
        this.chain = model.chain();
        this.spec = spec;
        for (String slot : spec.slots()) {
            slots.put(slot, new Parameters(model.network()));
        }
        this.lifetime = new Lifetime("Trainer", model.lifetime());
    }

    @Override
    public void step(Batch batch, double learningRate) {
        lifetime.run(() -> {
            Backpropagation result = backpropagate(batch);
            updates++;
            Parameters gradients = result.gradients();
            gradients.scale((float) spec.clipFactor(gradients.norm()));
            for (String name : model.parameters().names()) {
                float[] weight = model.parameters().get(name);
                List<float[]> memory = spec.optimizer().slots().stream()
                        .map(slot -> slots.get(slot).get(name))
                        .toList();
                Update.apply(spec.optimizer(), learningRate, updates, weight, gradients.get(name), memory);
            }
            if (spec.averageDecay() > 0) {
                slots.get(TrainingSpec.AVERAGE).moveTowards(model.parameters(), spec.averageDecay());
            }
            losses.add(result.meanLoss());
        });
    }

    /** What one batch says. */
    private record Backpropagation(Parameters gradients, float meanLoss) {}

    private Backpropagation backpropagate(Batch batch) {
        spec.check(model.network(), batch);
        Parameters gradients = new Parameters(model.network());
        double sum = 0;
        for (int n = 0; n < batch.size(); n++) {
            List<Computation> layers = layers(n);
            List<float[]> values = forward(layers, LoopsModel.read(batch, n));
            ExampleLoss end = ExampleLoss.of(spec.loss(), values.get(layers.size()), batch, n);
            sum += end.loss();
            backward(layers, values, end.dZ(), gradients);
        }
        return new Backpropagation(gradients, (float) (sum / batch.size()));
    }

    /** As they are in training, for example n of the batch. */
    private List<Computation> layers(int n) {
        return chain.stream()
                .map(layer -> layer.computation().training(spec.seed(), updates, n))
                .toList();
    }

    /** An example, and what each layer makes of it. */
    private static List<float[]> forward(List<Computation> layers, float[] example) {
        List<float[]> values = new ArrayList<>(List.of(example));
        for (Computation layer : layers) {
            values.add(layer.forward(values.get(values.size() - 1)));
        }
        return values;
    }

    /** Adds the gradients of an example to those of the examples before it. */
    private static void backward(
            List<Computation> layers, List<float[]> values, float[] dLogits, Parameters gradients) {
        float[] dY = dLogits;
        for (int i = layers.size() - 1; i >= 0; i--) {
            dY = layers.get(i).backward(values.get(i), values.get(i + 1), dY, gradients);
        }
    }

    @Override
    public StepMetrics drainMetrics() {
        return lifetime.use(() -> {
            float[] drained = new float[losses.size()];
            for (int i = 0; i < drained.length; i++) {
                drained[i] = losses.get(i);
            }
            losses.clear();
            return new StepMetrics(drained);
        });
    }

    @Override
    public Weights gradients(Batch batch) {
        return lifetime.use(() -> backpropagate(batch).gradients().toWeights());
    }

    @Override
    public TrainerState state() {
        return lifetime.use(() -> {
            Map<String, Weights> memory = new LinkedHashMap<>();
            slots.forEach((name, slot) -> memory.put(name, slot.toWeights()));
            return new TrainerState(updates, model.weights(), memory);
        });
    }

    @Override
    public void restore(TrainerState state) {
        state.check(model.network(), spec);
        lifetime.run(() -> {
            model.parameters().set(state.weights());
            slots.forEach((name, slot) -> slot.set(state.slots().get(name)));
            updates = state.step();
            losses.clear();
        });
    }

    @Override
    public void close() {
        lifetime.close(() -> {});
    }
}
