package dev.lenet.engine.jvm;

import java.util.Random;
import java.util.concurrent.TimeUnit;
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
 * engine-native's product of matrices at the shapes of LeNet-5's two largest ones, for a block of sixteen images, on one
 * thread. The line {@code gflop} is GFLOP/s.
 *
 * <pre>
 * mvn -B -q -Pbenchmarks package -DskipTests
 * java -cp benchmarks/target/benchmarks.jar org.openjdk.jmh.Main MultiplyAdd
 * java -cp benchmarks/target/benchmarks.jar org.openjdk.jmh.Main MultiplyAdd -jvmArgs "--add-modules jdk.incubator.vector"
 * </pre>
 *
 * It stands in the engine's package, as the kernels are not public.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class MultiplyAddBenchmark {

    /** What is multiplied: {@code out [R][J] += coefficients [R][T] * in [T][J]}. */
    public enum Product {
        /** One row of the second convolution's output: 16 filters of 6x5x5 taps, 10 columns of 16 images. */
        CONV2(16, 150, 160),
        /** The first fully connected layer: 16 images, 400 inputs, 120 outputs padded to whole registers. */
        FC1(16, 400, 128);

        private final int rows;
        private final int terms;
        private final int columns;

        Product(int rows, int terms, int columns) {
            this.rows = rows;
            this.terms = terms;
            this.columns = columns;
        }
    }

    /** Counted beside the calls: JMH divides it by the time. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Work {
        public double gflop;
    }

    @Param
    public Product product = Product.CONV2;

    private final Kernels kernels = Simd.AUTO.kernels();
    private float[][] out = new float[0][];
    private float[][] coefficients = new float[0][];
    private float[][] in = new float[0][];

    @Setup
    public void fill() {
        Random random = new Random(1);
        out = matrix(product.rows, product.columns, random);
        coefficients = matrix(product.rows, product.terms, random);
        in = matrix(product.terms, product.columns, random);
    }

    private static float[][] matrix(int rows, int columns, Random random) {
        float[][] matrix = new float[rows][columns];
        for (float[] row : matrix) {
            for (int j = 0; j < columns; j++) {
                row[j] = random.nextFloat() - 0.5f;
            }
        }
        return matrix;
    }

    /** The sums grow in a straight line from call to call, and stay far from infinity. */
    @Benchmark
    public float[][] multiplyAdd(Work work) {
        kernels.multiplyAdd(out, coefficients, in);
        work.gflop += 2e-9 * product.rows * product.terms * product.columns;
        return out;
    }
}
