package dev.lenet.benchmarks;

import dev.lenet.api.data.ArrayDataset;
import dev.lenet.api.data.Batch;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.Engines;
import dev.lenet.api.engine.Loss;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.LeNet5;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * Training steps of other batches and other networks than the usual: is an engine fast in general, or at LeNet-5 alone?
 *
 * <pre>
 * mvn -B -q -Pbenchmarks package -DskipTests
 * java -cp benchmarks/target/benchmarks.jar dev.lenet.benchmarks.OtherShapes native
 * java --add-modules jdk.incubator.vector -cp benchmarks/target/benchmarks.jar dev.lenet.benchmarks.OtherShapes native
 * </pre>
 *
 * Prints a row each: microseconds an image, GFLOP/s by the count of {@link Arithmetic}, and this over LeNet-5's at batch 32.
 * All take turns, round after round; medians.
 */
public final class OtherShapes {
    private static final int ROUNDS = 9;
    private static final double SECONDS = 0.4;

    private OtherShapes() {}

    /** A network and a batch to train it with. */
    private record Shape(String name, Network network, int batch) {}

    private static List<Shape> shapes() {
        Network lenet = LeNet5.network(2);
        List<Shape> shapes = new ArrayList<>();
        for (int batch : new int[] {32, 1, 2, 4, 8, 12, 256, 1024}) {
            shapes.add(new Shape("LeNet-5, batch " + batch, lenet, batch));
        }
        shapes.add(new Shape(
                "3x3 convolutions, 16 and 32 channels, no pooling between",
                Network.input(3, 16, 16)
                        .layer("conv1", new Conv2d(16, 3, 1, 1))
                        .layer("relu1", new Relu())
                        .layer("conv2", new Conv2d(32, 3, 1, 1))
                        .layer("relu2", new Relu())
                        .layer("pool", MaxPool2d.of(4))
                        .layer("flatten", new Flatten())
                        .layer("fc", Linear.of(10))
                        .build(),
                32));
        shapes.add(new Shape(
                "5x5 convolutions of stride 2, 12 and 24 channels",
                Network.input(1, 28, 28)
                        .layer("conv1", new Conv2d(12, 5, 2, 2))
                        .layer("relu1", new Relu())
                        .layer("conv2", new Conv2d(24, 5, 2, 2))
                        .layer("relu2", new Relu())
                        .layer("flatten", new Flatten())
                        .layer("fc", Linear.of(10))
                        .build(),
                32));
        shapes.add(new Shape(
                "fully connected, 784-300-100-10",
                Network.input(1, 28, 28)
                        .layer("flatten", new Flatten())
                        .layer("fc1", Linear.of(300))
                        .layer("relu1", new Relu())
                        .layer("fc2", Linear.of(100))
                        .layer("relu2", new Relu())
                        .layer("fc3", Linear.of(10))
                        .build(),
                32));
        return shapes;
    }

    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("OtherShapes: expected the name of an engine, received " + arguments.length
                    + " arguments. Name one, for example native.");
            System.exit(2);
        }
        List<Run> runs = new ArrayList<>();
        try (Engine engine = Engines.named(arguments[0]).open(EngineOptions.DEFAULT)) {
            shapes().forEach(shape -> runs.add(new Run(engine, shape)));
            for (int round = -3; round < ROUNDS; round++) {
                for (Run run : runs) {
                    run.takeTurn(round);
                }
            }
            System.out.println(engine.describe().detail());
        }
        double usual = runs.get(0).speed();
        for (Run run : runs) {
            System.out.printf(
                    "| %s | %s | %.0f | %.2f |%n",
                    run.shape.name(), new Sample(run.times).show("%.1f"), run.speed(), run.speed() / usual);
        }
    }

    private static final class Run {
        private final Shape shape;
        private final Trainer trainer;
        private final Batch batch;
        private final double[] times = new double[ROUNDS];

        Run(Engine engine, Shape shape) {
            this.shape = shape;
            Model model = engine.build(shape.network(), Weights.initial(shape.network(), 42));
            trainer = engine.trainer(
                    model, new TrainingSpec(new Optimizer.Adam(), new Loss.SoftmaxCrossEntropy(), shape.batch(), 42));
            batch = Batch.range(waves(shape.network()), 0, shape.batch());
        }

        void takeTurn(int round) {
            double time = microsecondsAnImage();
            if (round >= 0) {
                times[round] = time;
            }
        }

        /** In GFLOP/s. */
        double speed() {
            return Arithmetic.training(shape.network()) / new Sample(times).median() / 1e3;
        }

        private double microsecondsAnImage() {
            long images = 0;
            long start = System.nanoTime();
            double seconds = 0;
            while (seconds < SECONDS) {
                trainer.step(batch, 1e-4);
                images += batch.size();
                if (images % (8L * batch.size()) == 0) {
                    trainer.drainMetrics();
                    seconds = (System.nanoTime() - start) * 1e-9;
                }
            }
            return seconds * 1e6 / images;
        }
    }

    /** Something to look at: each example another wave. */
    private static Dataset waves(Network network) {
        int classes = network.output().size();
        float[][] waves = new float[1024][network.input().size()];
        int[] labels = new int[waves.length];
        for (int row = 0; row < waves.length; row++) {
            labels[row] = row % classes;
            for (int i = 0; i < waves[row].length; i++) {
                waves[row][i] = ((i * (row + 3)) % 17 - 8) * 0.1f;
            }
        }
        return ArrayDataset.of(network.input(), waves, labels, classes);
    }
}
