package dev.lenet.engine.jvm;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The kernels of an engine. Vectors take a tenth of a second to load and half a second to compile: training waits for them,
 * predictions do not. These begin in plain loops, with the same bits, and go over to vectors when they have become many.
 */
final class EngineKernels {
    /**
     * Images by themselves, or blocks of them, after which vectors are compiled: as many as the test images of MNIST and half
     * as many again, which plain loops have done sooner than C2 its part.
     */
    private static final int MANY = 1_000;

    /** Of this JVM, as it compiles them once for all engines. */
    private static final AtomicInteger RUNS = new AtomicInteger();

    private static volatile boolean compiled;

    private final Simd simd;
    private final Kernels fused = new FusedKernels();
    private volatile @Nullable Kernels kernels;

    EngineKernels(Simd simd) {
        this.simd = simd;
    }

    /** Returns when they are compiled. */
    synchronized Kernels forTraining() {
        Kernels known = kernels;
        if (known == null) {
            known = simd.kernels();
            known.warmUp();
            compiled |= simd.usesVectors();
            kernels = known;
        }
        return known;
    }

    /** For one image, or for a block. Returns at once; a plan on other kernels than the last is made anew. */
    Kernels forPrediction() {
        Kernels known = kernels;
        if (known != null) {
            return known;
        }
        if (compiled || !simd.usesVectors()) {
            return forTraining();
        }
        if (RUNS.incrementAndGet() == MANY) {
            Thread thread = new Thread(this::forTraining, "lenet-native-vectors");
            thread.setDaemon(true);
            thread.start();
        }
        return fused;
    }

    /** For people. */
    String describe() {
        return simd.kernels().describe();
    }
}
