package dev.lenet.tck;

import dev.lenet.api.RandomStream;
import dev.lenet.api.data.Batch;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Layer;
import dev.lenet.api.engine.Loss;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainerState;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.sample.Networks;
import dev.lenet.tck.sample.RandomExamples;
import dev.lenet.tck.sample.SampleWeights;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A model with every kind of layer and its trainer: one of each thing that an engine makes, and always the same run. */
final class Run implements AutoCloseable {
    static final Network NETWORK = Networks.everyLayer();

    /** The announced size of a batch: larger than blocks and vectors are wide, and no multiple of one. */
    static final int BATCH = 37;

    /** Half of the run's gradients are longer, and half are not. */
    private static final double CLIP_NORM = 3.5;

    static final RandomExamples EXAMPLES =
            new RandomExamples(NETWORK.input(), 80, NETWORK.output().size(), ContractRules.SEED);

    private static final int[] ORDER =
            RandomStream.of(ContractRules.SEED, "order").permutation(EXAMPLES.size());

    /** Everything that there is: whatever rule looks at a run holds for all of it. */
    static final TrainingSpec SPEC = new TrainingSpec(
            new Optimizer.Adam(), new Loss.SoftmaxCrossEntropy(0.1), BATCH, ContractRules.SEED, CLIP_NORM, 0.75);

    private static final double LEARNING_RATE = 0.01;

    final Model model;
    final List<Layer> layers;
    final Trainer trainer;
    private Dataset dataset = EXAMPLES;
    private int steps;

    private Run(Model model, Trainer trainer) {
        this.model = model;
        this.layers = model.layers();
        this.trainer = trainer;
    }

    static Run on(Engine engine) {
        return on(engine, ContractRules.SEED);
    }

    /** A run from other weights. */
    static Run on(Engine engine, long seed) {
        Model model = engine.build(NETWORK, SampleWeights.of(NETWORK, seed));
        return new Run(model, engine.trainer(model, SPEC));
    }

    /** What a trainer of this run may be told to continue from. */
    static TrainerState start() {
        Map<String, Weights> slots = new HashMap<>();
        SPEC.slots().forEach(slot -> slots.put(slot, Weights.zeros(NETWORK)));
        return new TrainerState(0, SampleWeights.of(NETWORK, ContractRules.SEED), slots);
    }

    /** What the run trains on in a step: full and smaller batches by turns, of rows in random order. */
    static Batch batch(int step) {
        return batch(EXAMPLES, step);
    }

    private static Batch batch(Dataset dataset, int step) {
        int size = step % 3 == 2 ? BATCH - 20 : BATCH;
        return new Batch(dataset, ORDER, (step * 11) % (dataset.size() - size), size);
    }

    /** From now on the examples come from there; they should be the same. */
    Run readingFrom(Dataset other) {
        dataset = other;
        return this;
    }

    /** Makes that many more steps of the run. */
    void go(int count) {
        for (int i = 0; i < count; i++) {
            trainer.step(batch(dataset, steps++), LEARNING_RATE);
        }
    }

    float[] losses() {
        return trainer.drainMetrics().losses();
    }

    /** The logits of all examples. */
    float[] logits() {
        return logits(model, Batch.range(dataset, 0, dataset.size()));
    }

    static float[] logits(Model model, Batch batch) {
        try (Tensor logits = model.predict(batch)) {
            return logits.toArray();
        }
    }

    static float[] logits(Model model, Tensor examples) {
        try (Tensor logits = model.predict(examples)) {
            return logits.toArray();
        }
    }

    /** The values of a batch's rows, one after the other. */
    static float[] values(Batch batch) {
        int size = batch.dataset().exampleShape().size();
        float[] values = new float[batch.size() * size];
        for (int i = 0; i < batch.size(); i++) {
            batch.read(i, values, i * size);
        }
        return values;
    }

    /** A tensor of a batch's rows. */
    static Tensor tensor(Engine engine, Batch batch) {
        return engine.tensor(batch.dataset().exampleShape().batchOf(batch.size()), values(batch));
    }

    /** All that reads a batch: a prediction, a step, and gradients. */
    List<ThrowingCallable> uses(Batch batch) {
        return List.of(
                () -> model.predict(batch), () -> trainer.step(batch, LEARNING_RATE), () -> trainer.gradients(batch));
    }

    /** Two examples as a layer takes them. */
    static Tensor input(Engine engine, NamedLayer layer) {
        return tensor(engine, new RandomExamples(layer.input(), 2, 1, ContractRules.SEED).all());
    }

    @Override
    public void close() {
        trainer.close();
        model.close();
    }
}
