package dev.lenet.engine.djl;

import static java.util.Objects.requireNonNull;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.lenet.api.Shape;
import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Lifetime;
import dev.lenet.api.engine.StepMetrics;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainerState;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Weights;
import java.util.HashMap;
import java.util.Map;

/** Trains a model in place. A step asks the device for nothing back; only what reads results waits for it. */
final class DjlTrainer implements Trainer {
    private final DjlEngine engine;
    private final DjlModel model;
    private final TrainingSpec spec;
    private final Lifetime lifetime;
    private final NDManager manager;
    private final Backpropagation backpropagation;
    private final Clipping clipping;
    private final Update update;
    private final WeightAverage average;
    private final Map<String, NDArray> slots = new HashMap<>();
    private long steps;
    /** Of the steps since metrics were drained, each an array without dimensions on the device. */
    private NDList logLikelihoods = new NDList();

    DjlTrainer(DjlEngine engine, DjlModel model, TrainingSpec spec) {
        this.engine = engine;
        this.model = model;
        this.spec = spec;
        this.lifetime = new Lifetime("Trainer", model.lifetime());
        this.manager = engine.root().newSubManager();
        NDManager host = manager.newSubManager(Device.cpu());
        int size = model.layout().size();
        Batches batches = engine.batches(model.network().input(), manager);
        this.backpropagation = new Backpropagation(model.network(), model.layout(), spec, batches, manager, host);
        this.clipping = new Clipping(spec, host);
        this.update = Update.of(spec.optimizer(), manager, host, size);
        this.average = new WeightAverage(spec, manager, host, size);
        slots.putAll(update.slots());
        slots.putAll(average.slots());
    }

    @Override
    public void step(Batch batch, double learningRate) {
        spec.check(model.network(), batch);
        engine.compute(lifetime, () -> {
            try (NDManager scope = manager.newSubManager()) {
                Backpropagation.Result result = backpropagation.run(model.flatWeights(), batch, steps, scope);
                clipping.apply(result.gradient());
                update.apply(model.flatWeights(), result.gradient(), learningRate, steps + 1);
                average.add(model.flatWeights(), scope);
                // An alias without the graph behind it.
                logLikelihoods.add(HostBuffer.alias(result.logLikelihood(), manager));
                return ++steps;
            }
        });
    }

    @Override
    public StepMetrics drainMetrics() {
        return engine.compute(lifetime, () -> {
            if (logLikelihoods.isEmpty()) {
                return new StepMetrics(new float[0]);
            }
            NDList pending = logLikelihoods;
            logLikelihoods = new NDList();
            try (NDList drained = pending;
                    NDArray all = NDArrays.stack(drained)) {
                float[] losses = HostBuffer.copyOut(all);
                for (int i = 0; i < losses.length; i++) {
                    losses[i] = -losses[i];
                }
                return new StepMetrics(losses);
            }
        });
    }

    @Override
    public Weights gradients(Batch batch) {
        spec.check(model.network(), batch);
        return engine.compute(lifetime, () -> {
            try (NDManager scope = manager.newSubManager()) {
                Backpropagation.Result result = backpropagation.run(model.flatWeights(), batch, steps, scope);
                return model.layout().unflatten(HostBuffer.copyOut(result.gradient()));
            }
        });
    }

    @Override
    public TrainerState state() {
        return engine.compute(lifetime, () -> {
            Map<String, Weights> copies = new HashMap<>();
            slots.forEach((name, slot) -> copies.put(name, model.layout().unflatten(HostBuffer.copyOut(slot))));
            return new TrainerState(steps, model.weights(), copies);
        });
    }

    @Override
    public void restore(TrainerState state) {
        state.check(model.network(), spec);
        engine.compute(lifetime, () -> {
            write(state.weights(), model.flatWeights());
            // check() has made sure that every slot is there.
            slots.forEach((name, slot) -> write(requireNonNull(state.slots().get(name)), slot));
            steps = state.step();
            logLikelihoods.close();
            logLikelihoods = new NDList();
            return steps;
        });
    }

    /** Overwrites a flat array in place, so that windows onto it follow. */
    private void write(Weights values, NDArray target) {
        float[] flat = model.layout().flatten(values);
        try (NDManager scope = manager.newSubManager()) {
            target.set(new NDIndex(":"), HostBuffer.copyIn(scope, flat, Shape.of(flat.length)));
        }
    }

    @Override
    public void close() {
        lifetime.close(() -> {
            manager.close();
            engine.forget(this);
        });
    }
}
