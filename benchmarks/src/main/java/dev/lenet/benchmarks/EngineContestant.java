package dev.lenet.benchmarks;

import dev.lenet.api.Shape;
import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.Engines;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.network.Weights;
import dev.lenet.api.training.TrainingListener;
import dev.lenet.api.training.TrainingLoop;
import dev.lenet.api.training.TrainingSettings;

/** An engine of this framework, used as everybody uses it: through the api, with its one training loop. */
final class EngineContestant implements Contestant {
    private static final Shape ONE = Digits.NETWORK.input().batchOf(1);

    private final Digits digits;
    private final Engine engine;
    private final Model model;

    EngineContestant(String name, Digits digits, Weights weights) {
        this.digits = digits;
        this.engine = Engines.named(name).open(EngineOptions.DEFAULT);
        this.model = engine.build(Digits.NETWORK, weights);
    }

    @Override
    public String detail() {
        return engine.describe().detail();
    }

    @Override
    public boolean trains() {
        return true;
    }

    /** The loop shuffles its first epoch alike each time; a seed of the epoch's own gives it another order. */
    @Override
    public double trainEpoch(int epoch) {
        TrainingSettings every = Digits.SETTINGS;
        TrainingSettings settings = new TrainingSettings(
                1, every.batchSize(), every.learningRate(), every.optimizer(), every.seed() + epoch);
        return new TrainingLoop(engine, settings)
                .run(model, digits.training(), digits.training().select(new int[0]), new TrainingListener() {})
                .epochs()
                .get(0)
                .seconds();
    }

    @Override
    public float[] predictAll() {
        float[] logits = new float[digits.test().size() * Digits.CLASSES];
        for (Batch batch : Batch.inOrder(digits.test(), PREDICTION_BATCH_SIZE)) {
            try (Tensor output = model.predict(batch)) {
                float[] values = output.toArray();
                System.arraycopy(values, 0, logits, batch.offset() * Digits.CLASSES, values.length);
            }
        }
        return logits;
    }

    @Override
    public float[] predictOne(float[] image) {
        try (Tensor input = engine.tensor(ONE, image);
                Tensor output = model.predict(input)) {
            return output.toArray();
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
