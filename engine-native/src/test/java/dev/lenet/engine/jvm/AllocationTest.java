package dev.lenet.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Loss;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.LeNet5;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.sample.RandomExamples;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a training step allocates, on this JVM's own kernels alone: vectors that are wider than the processor's registers are
 * objects for good.
 */
class AllocationTest {
    private static final Network NETWORK = LeNet5.network(2);
    private static final int BATCH = 70;
    private static final RandomExamples DATA = new RandomExamples(NETWORK.input(), BATCH, 10, 1);

    static List<TrainingSpec> specs() {
        return List.of(
                new TrainingSpec(new Optimizer.Adam(), new Loss.SoftmaxCrossEntropy(), BATCH, 9),
                new TrainingSpec(new Optimizer.Adam(), new Loss.SoftmaxCrossEntropy(), 1, 9),
                new TrainingSpec(new Optimizer.Adam(), new Loss.SoftmaxCrossEntropy(), 7, 9),
                new TrainingSpec(new Optimizer.Adam(), new Loss.SoftmaxCrossEntropy(0.1), BATCH, 9, 0.01, 0.9));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void onceCompiledAStepAllocatesNextToNothing(TrainingSpec spec) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (NativeEngine engine = new NativeEngine(TestOptions.simd(), 1);
                Model model = engine.build(NETWORK, Weights.initial(NETWORK, 2));
                Trainer trainer = engine.trainer(model, spec)) {
            Batch batch = Batch.range(DATA, 0, spec.batchSize());
            // The numbers of an Adam step are a small object; RandomExamples makes a stream an image.
            long allowed = 512L + spec.batchSize() * 512L;
            long perStep = Long.MAX_VALUE;
            // Until C2 has compiled the kernels, vectors are objects.
            for (int round = 0; round < 100 && perStep >= allowed; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 50; i++) {
                    trainer.step(batch, 0.001);
                }
                perStep = (threads.getCurrentThreadAllocatedBytes() - before) / 50;
            }
            assertThat(perStep).as("bytes a step").isLessThan(allowed);
        }
    }
}
