package dev.lenet.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The most float32 multiply-adds that this machine does from Java: nothing but fused multiply-adds in registers, on all
 * processors. Twelve sums that do not depend on each other hide the latency of one.
 *
 * <p>{@link SideBySide} starts it, as it needs {@code java --add-modules jdk.incubator.vector}. It prints the width in bits
 * and the GFLOP/s of each round; a multiply-add counts as two operations.
 */
final class VectorPeak {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int SUMS = 12;
    private static final int TURNS = 10_000_000;
    private static final int WARM_UP = 3;
    private static final int ROUNDS = 9;

    private VectorPeak() {}

    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        int threads = Runtime.getRuntime().availableProcessors();
        double operations = 2.0 * SUMS * SPECIES.length() * TURNS * threads;
        StringBuilder line = new StringBuilder().append(SPECIES.vectorBitSize());
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                long start = System.nanoTime();
                List<Future<Float>> sums = new ArrayList<>();
                for (int thread = 0; thread < threads; thread++) {
                    float seed = thread;
                    sums.add(pool.submit(() -> multiplyAdds(seed)));
                }
                for (Future<Float> sum : sums) {
                    check(sum.get());
                }
                if (round >= 0) {
                    line.append(String.format(Locale.ROOT, " %.2f", operations / (System.nanoTime() - start)));
                }
            }
        } finally {
            pool.shutdown();
        }
        System.out.println(line);
    }

    /** So that nothing of it can be left out. */
    private static void check(float sum) {
        if (!Float.isFinite(sum)) {
            throw new IllegalStateException("expected a finite sum, received " + sum);
        }
    }

    private static float multiplyAdds(float seed) {
        FloatVector a = FloatVector.broadcast(SPECIES, 0.5f);
        FloatVector b = FloatVector.broadcast(SPECIES, seed + 1);
        FloatVector s0 = a;
        FloatVector s1 = a;
        FloatVector s2 = a;
        FloatVector s3 = a;
        FloatVector s4 = a;
        FloatVector s5 = a;
        FloatVector s6 = a;
        FloatVector s7 = a;
        FloatVector s8 = a;
        FloatVector s9 = a;
        FloatVector s10 = a;
        FloatVector s11 = a;
        for (int i = 0; i < TURNS; i++) {
            s0 = s0.fma(a, b);
            s1 = s1.fma(a, b);
            s2 = s2.fma(a, b);
            s3 = s3.fma(a, b);
            s4 = s4.fma(a, b);
            s5 = s5.fma(a, b);
            s6 = s6.fma(a, b);
            s7 = s7.fma(a, b);
            s8 = s8.fma(a, b);
            s9 = s9.fma(a, b);
            s10 = s10.fma(a, b);
            s11 = s11.fma(a, b);
        }
        FloatVector low = s0.add(s1).add(s2).add(s3).add(s4).add(s5);
        return low.add(s6).add(s7).add(s8).add(s9).add(s10).add(s11).lane(0);
    }
}
