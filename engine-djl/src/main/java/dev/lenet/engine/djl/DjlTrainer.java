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
    private final Update update;
    private long steps;
    /** Of the steps since metrics were drained, each an array without dimensions on the device. */
    private NDList logLikelihoods = new NDList();

    DjlTrainer(DjlEngine engine, DjlModel model, TrainingSpec spec) {
        this.engine = engine;
        this.model = model;
        this.spec = spec;
        this.lifetime = new Lifetime("Trainer", model.lifetime());
        this.manager = engine.root().newSubManager();
        this.backpropagation = new Backpropagation(model.network(), model.layout(), spec.seed(), manager);
        this.update = Update.of(
                spec.optimizer(),
                manager,
                manager.newSubManager(Device.cpu()),
                model.layout().size());
    }

    @Override
    public void step(Batch batch, double learningRate) {
        spec.check(model.network(), batch);
        engine.compute(lifetime, () -> {
            try (NDManager scope = manager.newSubManager()) {
                Backpropagation.Result result = backpropagation.run(model.flatWeights(), batch, steps, scope);
                update.apply(model.flatWeights(), result.gradient(), learningRate, steps + 1);
                // An alias without the graph behind it.
                logLikelihoods.add(HostBuffer.alias(result.logLikelihood(), manager));
                return ++steps;
            }
        });
    }

    @Override
    public StepMetrics drainMetrics() {
        return lifetime.use(() -> {
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
        return lifetime.use(() -> {
            Map<String, Weights> slots = new HashMap<>();
            update.slots()
                    .forEach((name, slot) -> slots.put(name, model.layout().unflatten(HostBuffer.copyOut(slot))));
            return new TrainerState(steps, model.weights(), slots);
        });
    }

    @Override
    public void restore(TrainerState state) {
        state.check(model.network(), spec.optimizer());
        lifetime.run(() -> {
            write(state.weights(), model.flatWeights());
            // check() has made sure that every slot is there.
            update.slots()
                    .forEach((name, slot) -> write(requireNonNull(state.slots().get(name)), slot));
            steps = state.step();
            logLikelihoods.close();
            logLikelihoods = new NDList();
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
