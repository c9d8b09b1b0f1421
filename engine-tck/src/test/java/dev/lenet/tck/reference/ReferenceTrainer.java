package dev.lenet.tck.reference;

import static java.util.Objects.requireNonNull;

import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Lifetime;
import dev.lenet.api.engine.StepMetrics;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainerState;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.oracle.Approximation;
import dev.lenet.tck.oracle.BatchResult;
import dev.lenet.tck.oracle.OptimizerOracle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Steps from one state to the next; everything between two steps is float32. */
public class ReferenceTrainer implements Trainer {
    private final ReferenceModel model;
    private final TrainingSpec spec;
    private final Lifetime lifetime;
    private final List<Float> losses = new ArrayList<>();
    private long step;
    private Map<String, Weights> slots = new HashMap<>();

    public ReferenceTrainer(ReferenceModel model, TrainingSpec spec) {
        this.model = model;
        this.spec = spec;
        this.lifetime = model.engine().newLifetime("Trainer", model.lifetime());
        spec.slots().forEach(slot -> slots.put(slot, Weights.zeros(model.network())));
    }

    @Override
    public void step(Batch batch, double learningRate) {
        check(batch);
        lifetime.run(() -> {
            BatchResult result = train(batch);
            update(result, learningRate);
            step++;
            losses.add((float) result.loss().value(0));
        });
    }

    protected void check(Batch batch) {
        spec.check(model.network(), batch);
    }

    protected final BatchResult train(Batch batch) {
        return model.engine().mathematics().train(model.network(), model.current(), batch, spec, step);
    }

    private void update(BatchResult result, double learningRate) {
        Mathematics mathematics = model.engine().mathematics();
        OptimizerOracle optimizer = mathematics.optimizer(spec.optimizer());
        Map<String, OptimizerOracle.Updated> updates = new HashMap<>();
        mathematics.clip(spec.clipNorm(), result.gradients()).forEach((name, gradient) -> {
            List<double[]> before = spec.optimizer().slots().stream()
                    .map(slot -> doubles(requireNonNull(slots.get(slot)).get(name)))
                    .toList();
            double[] weights = doubles(model.current().get(name));
            updates.put(name, optimizer.update(step + 1, learningRate, weights, before, gradient));
        });
        Map<String, Weights> after = new HashMap<>();
        for (int i = 0; i < spec.optimizer().slots().size(); i++) {
            int index = i;
            String slot = spec.optimizer().slots().get(i);
            after.put(
                    slot,
                    trained(
                            requireNonNull(slots.get(slot)),
                            name -> ReferenceModel.rounded(
                                    requireNonNull(updates.get(name)).slots().get(index))));
        }
        Weights trained = trained(
                model.current(),
                name -> ReferenceModel.rounded(requireNonNull(updates.get(name)).weights()));
        Weights weights = mathematics.buffers(model.network(), trained, result);
        if (spec.averageDecay() > 0) {
            Weights average = requireNonNull(slots.get(TrainingSpec.AVERAGE));
            after.put(
                    TrainingSpec.AVERAGE,
                    trained(
                            average,
                            name -> ReferenceModel.rounded(mathematics.average(
                                    spec.averageDecay(),
                                    average.get(name),
                                    model.current().get(name),
                                    weights.get(name)))));
        }
        slots = after;
        model.replace(weights);
    }

    /** New values for what is trained, and the old ones for the rest. */
    private Weights trained(Weights before, Function<String, float[]> values) {
        return Weights.of(
                model.network(),
                parameter -> model.engine().mathematics().trains(parameter)
                        ? values.apply(parameter.name())
                        : before.get(parameter.name()).clone());
    }

    private static double[] doubles(float[] values) {
        return Approximation.exact(values).values();
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
        check(batch);
        return lifetime.use(() -> {
            Map<String, Approximation> gradients = train(batch).gradients();
            return Weights.of(
                    model.network(),
                    parameter -> ReferenceModel.rounded(requireNonNull(gradients.get(parameter.name()))));
        });
    }

    @Override
    public TrainerState state() {
        return lifetime.use(() -> copyOf(current()));
    }

    @Override
    public void restore(TrainerState state) {
        state.check(model.network(), spec);
        lifetime.run(() -> {
            become(copyOf(state));
            losses.clear();
        });
    }

    private TrainerState copyOf(TrainerState state) {
        Map<String, Weights> copies = new HashMap<>();
        state.slots().forEach((name, slot) -> copies.put(name, ReferenceEngine.copyOf(model.network(), slot)));
        return new TrainerState(state.step(), ReferenceEngine.copyOf(model.network(), state.weights()), copies);
    }

    /** The state itself. */
    protected final TrainerState current() {
        return new TrainerState(step, model.current(), slots);
    }

    /** Goes on from that very state. */
    protected final void become(TrainerState state) {
        model.replace(state.weights());
        slots = state.slots();
        step = state.step();
    }

    @Override
    public void close() {
        lifetime.close(() -> {});
    }

    protected final ReferenceModel model() {
        return model;
    }

    protected final TrainingSpec spec() {
        return spec;
    }

    protected final Lifetime lifetime() {
        return lifetime;
    }
}
