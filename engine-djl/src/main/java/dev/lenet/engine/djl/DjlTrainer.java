package dev.lenet.engine.djl;

import static java.util.Objects.requireNonNull;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Lifetime;
import dev.lenet.api.engine.StepMetrics;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainerState;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Weights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Trains a model in place. A step asks the device for nothing back; only what reads results waits for it. */
final class DjlTrainer implements Trainer {
    private final DjlEngine engine;
    private final DjlModel model;
    private final TrainingSpec spec;
    private final Lifetime lifetime;
    private final NDManager manager;
    private final Replicas replicas;
    /** What the optimizer and the average remember, flat, in the order of {@link TrainingSpec#slots}. */
    private final List<NDArray> slots = new ArrayList<>();

    private long steps;
    /** Of the steps since metrics were drained, each an array without dimensions on the device. */
    private NDList losses = new NDList();

    DjlTrainer(DjlEngine engine, DjlModel model, TrainingSpec spec) {
        this.engine = engine;
        this.model = model;
        this.spec = spec;
        this.lifetime = new Lifetime("Trainer", model.lifetime());
        this.manager = engine.root().newSubManager();
        try {
            this.replicas = new Replicas(engine, model.network(), spec, manager);
            for (int i = 0; i < spec.slots().size(); i++) {
                slots.add(manager.zeros(model.flatWeights().getShape()));
            }
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    @Override
    public void step(Batch batch, double learningRate) {
        spec.check(model.network(), batch);
        engine.compute(lifetime, () -> {
            try (NDManager scope = manager.newSubManager()) {
                NDArray loss = step(batch, learningRate, scope);
                loss.attach(manager);
                losses.add(loss);
                return ++steps;
            }
        });
    }

    /** One call where there is one device. */
    private NDArray step(Batch batch, double learningRate, NDManager scope) {
        NDArray weights = model.flatWeights();
        if (replicas.count() == 1) {
            return replicas.first().step(weights, slots, batch, learningRate, steps, scope);
        }
        NDArray gradients = replicas.gradients(weights, batch, steps, scope);
        return replicas.first().update(gradients, weights, slots, learningRate, steps, scope);
    }

    @Override
    public StepMetrics drainMetrics() {
        return engine.compute(lifetime, () -> {
            if (losses.isEmpty()) {
                return new StepMetrics(new float[0]);
            }
            NDList pending = losses;
            losses = new NDList();
            try (NDList drained = pending;
                    NDArray all = NDArrays.stack(drained)) {
                return new StepMetrics(HostBuffer.copyOut(all));
            }
        });
    }

    @Override
    public Weights gradients(Batch batch) {
        spec.check(model.network(), batch);
        return engine.compute(lifetime, () -> {
            try (NDManager scope = manager.newSubManager()) {
                NDArray gradients = replicas.gradients(model.flatWeights(), batch, steps, scope);
                // What is behind the gradients is the loss.
                return model.layout()
                        .unflatten(HostBuffer.copyOut(gradients), model.layout().trainable());
            }
        });
    }

    @Override
    public TrainerState state() {
        return engine.compute(lifetime, () -> {
            Map<String, Weights> copies = new HashMap<>();
            for (int i = 0; i < slots.size(); i++) {
                copies.put(spec.slots().get(i), model.layout().unflatten(HostBuffer.copyOut(slots.get(i))));
            }
            return new TrainerState(steps, model.weights(), copies);
        });
    }

    @Override
    public void restore(TrainerState state) {
        state.check(model.network(), spec);
        engine.compute(lifetime, () -> {
            model.write(state.weights(), model.flatWeights());
            // check() has made sure that every slot is there.
            for (int i = 0; i < slots.size(); i++) {
                model.write(requireNonNull(state.slots().get(spec.slots().get(i))), slots.get(i));
            }
            steps = state.step();
            losses.close();
            losses = new NDList();
            return steps;
        });
    }

    @Override
    public void close() {
        lifetime.close(() -> {
            replicas.close();
            manager.close();
            engine.forget(this);
        });
    }
}
