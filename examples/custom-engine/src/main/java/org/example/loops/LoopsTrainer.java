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
            for (String name : model.parameters().trainable()) {
                float[] weight = model.parameters().get(name);
                List<float[]> memory = spec.optimizer().slots().stream()
                        .map(slot -> slots.get(slot).get(name))
                        .toList();
                Update.apply(spec.optimizer(), learningRate, updates, weight, gradients.get(name), memory);
            }
            if (spec.averageDecay() > 0) {
                slots.get(TrainingSpec.AVERAGE).moveTowards(model.parameters(), spec.averageDecay());
            }
            model.parameters().keep(result.kept());
            losses.add(result.meanLoss());
        });
    }

    /**
     * What one batch says.
     *
     * @param kept what becomes of parameters that are not trainable
     */
    private record Backpropagation(Parameters gradients, Parameters kept, float meanLoss) {}

    private Backpropagation backpropagate(Batch batch) {
        spec.check(model.network(), batch);
        Parameters gradients = new Parameters(model.network());
        Parameters kept = new Parameters(model.network());
        List<BatchComputation> layers = chain.stream()
                .map(layer -> layer.computation().onBatch(spec.seed(), updates, kept))
                .toList();
        List<List<float[]>> values = forward(layers, batch);
        List<float[]> logits = values.get(layers.size());
        double sum = 0;
        List<float[]> dLogits = new ArrayList<>();
        for (int n = 0; n < batch.size(); n++) {
            ExampleLoss end = ExampleLoss.of(spec.loss(), logits.get(n), batch, n);
            sum += end.loss();
            dLogits.add(end.dZ());
        }
        backward(layers, values, dLogits, gradients);
        return new Backpropagation(gradients, kept, (float) (sum / batch.size()));
    }

    /** The examples, and what each layer makes of them. */
    private static List<List<float[]>> forward(List<BatchComputation> layers, Batch batch) {
        List<float[]> examples = new ArrayList<>();
        for (int n = 0; n < batch.size(); n++) {
            examples.add(LoopsModel.read(batch, n));
        }
        List<List<float[]>> values = new ArrayList<>(List.of(examples));
        for (BatchComputation layer : layers) {
            values.add(layer.forward(values.get(values.size() - 1)));
        }
        return values;
    }

    private static void backward(
            List<BatchComputation> layers, List<List<float[]>> values, List<float[]> dLogits, Parameters gradients) {
        List<float[]> dY = dLogits;
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
