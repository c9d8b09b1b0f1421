package dev.lenet.benchmarks;

import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Device;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.Engines;
import dev.lenet.api.engine.Loss;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainingSpec;
import java.util.Arrays;
import java.util.Locale;

/**
 * Training steps of LeNet-5 with Adam on an engine, at several batch sizes; {@code pytorch/eager.py} does the same work in
 * plain PyTorch. Losses are drained at the end of a round alone. Prints one line of JSON a batch size: microseconds a
 * step, median, smallest and largest of seven rounds.
 *
 * <pre>
 * java -cp benchmarks/target/benchmarks.jar dev.lenet.benchmarks.EngineSteps djl cuda 32,256,2048
 * </pre>
 */
final class EngineSteps {
    private static final int ROUNDS = 7;
    private static final int IMAGES_A_ROUND = 32_000;

    private EngineSteps() {}

    public static void main(String[] args) {
        String name = args[0];
        EngineOptions options = new EngineOptions(Device.parse(args[1]), 0, true);
        Digits digits = Digits.read();
        try (Engine engine = Engines.named(name).open(options)) {
            for (String batchSize : args[2].split(",", -1)) {
                measure(engine, digits, Integer.parseInt(batchSize));
            }
        }
    }

    private static void measure(Engine engine, Digits digits, int batchSize) {
        int steps = Math.max(20, Math.min(1_000, IMAGES_A_ROUND / batchSize));
        TrainingSpec spec =
                new TrainingSpec(Digits.SETTINGS.optimizer(), new Loss.SoftmaxCrossEntropy(), batchSize, 42);
        try (Model model = engine.build(Digits.NETWORK, Digits.initialWeights());
                Trainer trainer = engine.trainer(model, spec)) {
            Steps rounds = new Steps(digits, trainer, batchSize, steps);
            rounds.round();
            rounds.round();
            double[] times = new double[ROUNDS];
            float last = 0;
            for (int round = 0; round < ROUNDS; round++) {
                long start = System.nanoTime();
                last = rounds.round();
                times[round] = (System.nanoTime() - start) * 1e-3 / steps;
            }
            Arrays.sort(times);
            System.out.printf(
                    Locale.ROOT,
                    "{\"contestant\": \"%s\", \"batch\": %d, \"steps\": %d, \"us\": %.1f, \"min\": %.1f,"
                            + " \"max\": %.1f, \"loss\": %.4f}%n",
                    engine.describe().detail(),
                    batchSize,
                    steps,
                    times[ROUNDS / 2],
                    times[0],
                    times[ROUNDS - 1],
                    last);
        }
    }

    /** Goes through epochs, and on where the last round ended. */
    private static final class Steps {
        private final Digits digits;
        private final Trainer trainer;
        private final int batchSize;
        private final int steps;
        private int epoch;
        private int[] order = {};
        private int offset;

        Steps(Digits digits, Trainer trainer, int batchSize, int steps) {
            this.digits = digits;
            this.trainer = trainer;
            this.batchSize = batchSize;
            this.steps = steps;
        }

        /** The loss of the last step. */
        float round() {
            for (int i = 0; i < steps; i++) {
                if (offset + batchSize > order.length) {
                    order = Digits.SETTINGS.order(digits.training().size(), ++epoch);
                    offset = 0;
                }
                trainer.step(new Batch(digits.training(), order, offset, batchSize), Digits.SETTINGS.learningRate());
                offset += batchSize;
            }
            float[] losses = trainer.drainMetrics().losses();
            return losses[losses.length - 1];
        }
    }
}
