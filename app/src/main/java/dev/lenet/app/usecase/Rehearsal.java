package dev.lenet.app.usecase;

import dev.lenet.api.data.ArrayDataset;
import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Loss;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;

/**
 * A step of training whose result is thrown away, on a thread of its own while the data are read: an engine loads and compiles then
 * what the first real step would wait for.
 */
final class Rehearsal implements AutoCloseable {
    private final Thread thread;

    private Rehearsal(Thread thread) {
        this.thread = thread;
    }

    /** @param engine which must stay open until this is closed */
    static Rehearsal start(Engine engine) {
        Thread thread = new Thread(() -> step(engine), "lenet-rehearsal");
        thread.setDaemon(true);
        // What fails here fails once more in the training, and is told there.
        thread.setUncaughtExceptionHandler((unused, failure) -> {});
        thread.start();
        return new Rehearsal(thread);
    }

    private static void step(Engine engine) {
        Network network = Network.input(1, 4, 4)
                .layer("flatten", new Flatten())
                .layer("fc", Linear.of(2))
                .build();
        ArrayDataset data = ArrayDataset.of(network.input(), new float[2][16], new int[] {0, 1}, 2);
        TrainingSpec spec = new TrainingSpec(new Optimizer.Adam(), new Loss.SoftmaxCrossEntropy(), 2, 0);
        try (Model model = engine.build(network, Weights.initial(network, 0));
                Trainer trainer = engine.trainer(model, spec)) {
            trainer.step(Batch.range(data, 0, 2), 0.001);
        }
    }

    @Override
    public void close() {
        await();
    }

    /** Returns when it is over. */
    void await() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
