package org.example.loops;

import dev.lenet.api.RandomStream;
import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Lifetime;
import dev.lenet.api.engine.StepMetrics;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainerState;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Network.NamedLayer;
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
            List<float[]> values = forward(LoopsModel.read(batch, n), n);
            ExampleLoss end = ExampleLoss.of(spec.loss(), values.get(chain.size()), batch, n);
            sum += end.loss();
            backward(values, end.dZ(), n, gradients);
        }
        return new Backpropagation(gradients, (float) (sum / batch.size()));
    }

    /** Example n of the batch, and what each layer makes of it in training. */
    private List<float[]> forward(float[] example, int n) {
        List<float[]> values = new ArrayList<>(List.of(example));
        for (LoopsLayer layer : chain) {
            float[] y = layer.computation().forward(values.get(values.size() - 1));
            values.add(masked(layer.spec(), y, n));
        }
        return values;
    }

    /** Adds the gradients of example n of the batch to those of the examples before it. */
    private void backward(List<float[]> values, float[] dLogits, int n, Parameters gradients) {
        float[] dY = dLogits;
        for (int i = chain.size() - 1; i >= 0; i--) {
            LoopsLayer layer = chain.get(i);
            dY = masked(layer.spec(), dY, n);
            dY = layer.computation().backward(values.get(i), values.get(i + 1), dY, gradients);
        }
    }

    /** Dropout, the same on the way forward and back: example n's values [...output] or their gradients. */
    private float[] masked(NamedLayer layer, float[] values, int n) {
        if (!(layer.spec() instanceof Dropout dropout)) {
            return values;
        }
        RandomStream mask = Dropout.mask(spec.seed(), layer.name(), updates);
        float[] masked = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            boolean kept = mask.uniform((long) n * values.length + i) >= dropout.rate();
            masked[i] = kept ? values[i] * dropout.scale() : 0;
        }
        return masked;
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
