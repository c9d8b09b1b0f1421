package dev.lenet.engine.jvm;

import static java.util.Objects.requireNonNull;

import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * engine-native's convolutions, forward and backward, for a block of sixteen images on one thread. The line
 * {@code gflop} is GFLOP/s, counting every product of the definition, also those that a kernel leaves out because they are
 * with 0. {@link MultiplyAddBenchmark} has the products of matrices. {@code -prof gc} shows that nothing is allocated.
 *
 * <pre>
 * mvn -B -q -Pbenchmarks package -DskipTests
 * java -cp benchmarks/target/benchmarks.jar org.openjdk.jmh.Main KernelBenchmark -prof gc
 * java -cp benchmarks/target/benchmarks.jar org.openjdk.jmh.Main KernelBenchmark -prof gc \
 *     -jvmArgs "--add-modules jdk.incubator.vector"
 * </pre>
 *
 * It stands in the engine's package, as the kernels are not public.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class KernelBenchmark {

    /** Which convolution. */
    public enum Convolution {
        /** The first of LeNet-5, with its pooling; the gradient of the image is not needed. */
        CONV1(1, 28, 6, 5, 2, 2, false),
        /** The second, with its pooling. */
        CONV2(6, 14, 16, 5, 0, 2, true),
        /** One of another kind, without a pooling. */
        THREE_BY_THREE(16, 16, 32, 3, 1, 0, true);

        private final int channels;
        private final int side;
        private final int filters;
        private final int kernelSize;
        private final int padding;
        private final int pool;
        private final boolean withInputGradient;

        Convolution(
                int channels, int side, int filters, int kernelSize, int padding, int pool, boolean withInputGradient) {
            this.channels = channels;
            this.side = side;
            this.filters = filters;
            this.kernelSize = kernelSize;
            this.padding = padding;
            this.pool = pool;
            this.withInputGradient = withInputGradient;
        }

        private NamedLayer layer() {
            return Network.input(channels, side, side)
                    .layer("conv", new Conv2d(filters, kernelSize, 1, padding))
                    .build()
                    .layers()
                    .get(0);
        }

        private double gflop() {
            double taps = channels * kernelSize * kernelSize;
            return 2e-9 * layer().output().size() * taps * Activation.LANES;
        }
    }

    /** Counted beside the calls: JMH divides it by the time. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Work {
        public double gflop;
    }

    @Param
    public Convolution convolution = Convolution.CONV1;

    private final Kernels kernels = Simd.AUTO.kernels();
    private final Random random = new Random(1);
    private @Nullable Prepared prepared;
    private double gflop;

    /** A convolution with everything it works on. */
    private record Prepared(
            ConvolutionForward forward,
            ConvolutionBackward backward,
            LayerParameters parameters,
            LayerParameters gradients,
            Activation output) {}

    @Setup
    public void prepare() {
        NamedLayer layer = convolution.layer();
        @Nullable MaxPool2d pool = convolution.pool == 0 ? null : MaxPool2d.of(convolution.pool);
        Activation input = new Activation(layer.input(), Activation.LANES, true);
        Activation output = new Activation(
                pool == null ? layer.output() : pool.outputShape(layer.output()), Activation.LANES, true);
        LayerParameters parameters = new LayerParameters(layer);
        gflop = convolution.gflop();
        fill(input.values(), 0);
        fill(parameters.weight(), 0);
        // As a rectifier leaves them: a third is 0.
        fill(output.gradients(), 1 / 3.0);
        ConvolutionForward forward = kernels.convolution(layer, input, output, pool, true);
        forward.run(parameters);
        prepared = new Prepared(
                forward,
                forward.backward(convolution.withInputGradient),
                parameters,
                new LayerParameters(layer),
                output);
    }

    private void fill(float[][] rows, double zeros) {
        for (float[] row : rows) {
            for (int j = 0; j < row.length; j++) {
                row[j] = random.nextDouble() < zeros ? 0 : random.nextFloat() - 0.5f;
            }
        }
    }

    @Benchmark
    public float[][] forward(Work work) {
        Prepared ready = requireNonNull(prepared);
        ready.forward().run(ready.parameters());
        work.gflop += gflop;
        return ready.output().values();
    }

    @Benchmark
    public float[][] backward(Work work) {
        Prepared ready = requireNonNull(prepared);
        ready.gradients().clear();
        ready.backward().run(ready.parameters(), ready.gradients());
        work.gflop += gflop * (convolution.withInputGradient ? 2 : 1);
        return ready.gradients().weight();
    }
}
