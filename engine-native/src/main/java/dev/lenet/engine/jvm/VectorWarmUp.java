package dev.lenet.engine.jvm;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Has C2 compile the kernels before there is work for them.
 *
 * <p>Until then every vector is an object on the heap, and an operation a loop over its elements. A training run that starts
 * that way makes a gigabyte of garbage in its first second, and competes with the compiler for the processors. Here each
 * kernel runs on the least there is, as often as HotSpot wants to see a method before it compiles it; then the compiler is
 * waited for.
 */
final class VectorWarmUp {
    /** A method is handed to C2 after 5,000 calls, {@code -XX:Tier4InvocationThreshold}. */
    private static final int CALLS = 5_100;

    /** Calls to tell by their time whether a kernel is compiled. */
    private static final int PROBES = 50;

    /** In nanoseconds, for all probes: they take a fifth of that when compiled, and more than five times as much before. */
    private static final long COMPILED = 10_000;

    /** In nanoseconds: a JVM that does not compile is not waited for longer than that. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(3);

    private VectorWarmUp() {}

    /** Returns when the kernels are compiled: the first time in a JVM after half a second, then at once. */
    static void run() {
        Once.run();
    }

    /** A class is initialised once, and who comes meanwhile waits. */
    private static final class Once {
        static {
            long start = System.nanoTime();
            List<Runnable> kernels = kernels();
            for (Runnable kernel : kernels) {
                for (int call = 0; call < CALLS && System.nanoTime() - start < PATIENCE; call++) {
                    kernel.run();
                }
            }
            for (Runnable kernel : kernels) {
                while (nanoseconds(kernel) > COMPILED && System.nanoTime() - start < PATIENCE) {
                    LockSupport.parkNanos(100_000);
                }
            }
        }

        private Once() {}

        static void run() {}
    }

    private static long nanoseconds(Runnable kernel) {
        long start = System.nanoTime();
        for (int probe = 0; probe < PROBES; probe++) {
            kernel.run();
        }
        return System.nanoTime() - start;
    }

    /** What LeNet-5 spends its time in, on one term, one place or one register. */
    private static List<Runnable> kernels() {
        float[][] rows = new float[6][10 * Kernels.WIDEST];
        float[][] in = new float[5][10 * Kernels.WIDEST];
        float[][] sums = new float[3][5 * Activation.LANES];
        float[][] column = new float[3][Activation.LANES];
        int[] offsets = new int[5];
        float[] row = rows[0];
        Patches patches = new Patches(5, 6, 30);
        float[] image = new float[200];
        float[][][] band = {{new float[2 * Activation.LANES]}, {new float[2 * Activation.LANES]}};
        Kernels.AdamStep adam = new Kernels.AdamStep(0, 1, 0, 0, 0, 0, 0, 1);
        VectorKernels kernels = new VectorKernels();
        float[] register = new float[Kernels.WIDEST];
        float[] none = {};
        return List.of(
                () -> VectorTiles4.tile4x5(rows, rows, 0, in, offsets, 0, 0, 1),
                () -> VectorTiles4.tile4x3(rows, rows, 0, in, offsets, 0, 0, 1),
                () -> VectorTiles4.tile4x1(rows, rows, 0, in, offsets, 0, 0, 1),
                () -> VectorTiles6.tile6x4(rows, rows, 0, in, offsets, 0, 0, 1),
                () -> VectorTiles6.tile6x1(rows, rows, 0, in, offsets, 0, 0, 1),
                () -> VectorRowProducts.add(sums, column, in, offsets),
                () -> VectorPatches.add(row, row, offsets, 1, image, patches),
                () -> VectorPatches.spread(image, offsets, row, 1, row, patches),
                () -> VectorPooling.max(band, 0, column[0], column[1]),
                () -> VectorPooling.max(band, 0, column[0], none),
                () -> VectorPooling.spread(column[0], column[1], band, 0),
                () -> kernels.adam(register, register, register, register, adam));
    }
}
