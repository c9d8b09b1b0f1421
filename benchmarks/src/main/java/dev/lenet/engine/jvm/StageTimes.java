package dev.lenet.engine.jvm;

import dev.lenet.api.data.Batch;
import dev.lenet.api.data.IdxFile;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.engine.Loss;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.LeNet5;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Where engine-native spends a training step: microseconds an image on one thread, for each stage of LeNet-5.
 *
 * <pre>
 * mvn -B -q -Pbenchmarks package -DskipTests
 * java -cp benchmarks/target/benchmarks.jar dev.lenet.engine.jvm.StageTimes
 * java --add-modules jdk.incubator.vector -cp benchmarks/target/benchmarks.jar dev.lenet.engine.jvm.StageTimes
 * </pre>
 *
 * <p>A number behind it is that of the images of a block, 16 without; of small blocks, what is done once a step, clearing the
 * gradient and updating the parameters with Adam, is most of it. It stands in the engine's package, as nothing of what it looks at is public.
 */
public final class StageTimes {
    private static final int IMAGES = 4_000;
    private static final int ROUNDS = 15;

    private StageTimes() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        int lanes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : Activation.LANES;
        int blocks = IMAGES / lanes;
        Network network = LeNet5.network(2);
        Kernels kernels = new EngineKernels(Simd.AUTO).forTraining();
        NativeModel model = (NativeModel) new NativeEngine(Simd.AUTO, 1).build(network, Weights.initial(network, 42));
        Plan plan = new Plan(kernels, network.layers(), model.parameters(), Plan.Purpose.training(42), lanes);
        NetworkParameters gradients = new NetworkParameters(network);
        Path mnist = Path.of("data/mnist");
        ImageDataset digits = ImageDataset.of(
                IdxFile.images(mnist.resolve("train-images-idx3-ubyte.gz")),
                IdxFile.labels(mnist.resolve("train-labels-idx1-ubyte.gz")),
                10,
                new Normalization(0.1307, 0.3081));
        Field field = Plan.class.getDeclaredField("stages");
        field.setAccessible(true);
        @SuppressWarnings("unchecked")
        List<Stage> stages = (List<Stage>) field.get(plan);

        LossFunction loss = LossFunction.of(new Loss.SoftmaxCrossEntropy(), 10);

        ParameterUpdate update = new ParameterUpdate(
                kernels,
                model,
                new TrainingSpec(new Optimizer.Adam(), new Loss.SoftmaxCrossEntropy(), lanes, 42),
                List.of(gradients),
                1);

        // [what][round]: loading, each stage forward, the loss, each stage backward, clearing, updating.
        double[][] times = new double[2 * stages.size() + 4][ROUNDS];
        for (int round = -5; round < ROUNDS; round++) {
            double[] sums = new double[times.length];
            for (int block = 0; block < blocks; block++) {
                Batch batch = Batch.range(digits, block * lanes, lanes);
                int what = 0;
                long start = now();
                for (int n = 0; n < lanes; n++) {
                    plan.load(batch, n, n);
                }
                start = add(sums, what++, start);
                for (Stage stage : stages) {
                    stage.forward(0, 0);
                    start = add(sums, what++, start);
                }
                loss.gradients(plan.output(), batch, 0);
                start = add(sums, what++, start);
                for (int i = stages.size() - 1; i >= 0; i--) {
                    stages.get(i).backward(gradients);
                    start = add(sums, what++, start);
                }
                update.take(1, List.of(), false);
                update.prepare(block + 1, 1e-6);
                for (int task = 0; task < update.tasks(); task++) {
                    update.run(task, 0);
                }
                start = add(sums, what++, start);
                gradients.clear();
                add(sums, what, start);
            }
            for (int what = 0; what < times.length && round >= 0; what++) {
                times[what][round] = sums[what] / IMAGES;
            }
        }

        System.out.printf(
                "%s, blocks of %d, JDK %s, medians of %d rounds%n",
                kernels.describe(), lanes, Runtime.version(), ROUNDS);
        System.out.printf("%-18s %8s %9s   us/image%n", "stage", "forward", "backward");
        double total = median(times[0]) + median(times[stages.size() + 1]);
        System.out.printf("%-18s %8.2f%n", "load", median(times[0]));
        for (int i = 0; i < stages.size(); i++) {
            double forward = median(times[1 + i]);
            double backward = median(times[2 * stages.size() + 1 - i]);
            total += forward + backward;
            String name = stages.get(i).getClass().getName().replaceFirst(".*\\.", "");
            System.out.printf("%-18s %8.2f %9.2f%n", name, forward, backward);
        }
        System.out.printf("%-18s %8.2f%n", "loss", median(times[stages.size() + 1]));
        System.out.printf("%-18s %8.2f%n", "total", total);
        System.out.printf("%-18s %8.2f%n", "update", median(times[times.length - 2]));
        System.out.printf("%-18s %8.2f%n", "clear", median(times[times.length - 1]));
    }

    private static long add(double[] sums, int what, long start) {
        long now = now();
        sums[what] += (now - start) * 1e-3;
        return now;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Of this thread alone, in nanoseconds: what other programs take does not count. */
    private static long now() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
