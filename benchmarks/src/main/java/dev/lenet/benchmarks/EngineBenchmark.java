package dev.lenet.benchmarks;

import static java.util.Objects.requireNonNull;

import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Availability;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.EngineProvider;
import dev.lenet.api.engine.Engines;
import dev.lenet.api.engine.Loss;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.StepMetrics;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainingSpec;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * LeNet-5 on an engine: a training step, one image, and all 10,000 test images.
 *
 * <pre>
 * mvn -B -q -Pbenchmarks package -DskipTests
 * java -cp benchmarks/target/benchmarks.jar org.openjdk.jmh.Main EngineBenchmark
 * java -cp benchmarks/target/benchmarks.jar org.openjdk.jmh.Main EngineBenchmark -p engine=native \
 *     -jvmArgs "--add-modules jdk.incubator.vector"
 * </pre>
 *
 * {@code -p engine=NAME} takes any engine on the class path. One that cannot run here fails with the reason, and JMH goes on
 * with the next.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class EngineBenchmark {
    /** Steps after which losses are drained, as the training loop does. */
    private static final int DRAIN_EVERY = 100;

    @Param({"native", "djl"})
    public String engine = "";

    private final Digits digits = Digits.read();
    private final float[] image = Digits.image(digits.test(), 0);
    private int[] order = new int[0];
    private int step;
    private @Nullable Engine opened;
    private @Nullable Model model;
    private @Nullable Trainer trainer;

    @Setup
    public void open() {
        EngineProvider provider = Engines.named(engine);
        if (provider.probe(EngineOptions.DEFAULT) instanceof Availability.Unavailable missing) {
            throw new IllegalStateException(engine + ": " + missing.reason() + ". " + missing.remedy() + ".");
        }
        Engine fresh = provider.open(EngineOptions.DEFAULT);
        Model built = fresh.build(Digits.NETWORK, Digits.initialWeights());
        TrainingSpec spec = new TrainingSpec(
                Digits.SETTINGS.optimizer(), new Loss.SoftmaxCrossEntropy(), Contestant.BATCH_SIZE, 42);
        order = Digits.SETTINGS.order(digits.training().size(), 1);
        trainer = fresh.trainer(built, spec);
        model = built;
        opened = fresh;
    }

    @TearDown
    public void close() {
        requireNonNull(opened).close();
    }

    /** Batch 32, Adam. */
    @Benchmark
    public @Nullable StepMetrics trainingStep() {
        int offset = step * Contestant.BATCH_SIZE % order.length;
        step = (step + 1) % (order.length * DRAIN_EVERY);
        Trainer open = requireNonNull(trainer);
        open.step(new Batch(digits.training(), order, offset, Contestant.BATCH_SIZE), Digits.SETTINGS.learningRate());
        return step % DRAIN_EVERY == 0 ? open.drainMetrics() : null;
    }

    /** From an array of floats to an array of logits. */
    @Benchmark
    public float[] oneImage() {
        try (Tensor input = requireNonNull(opened).tensor(Digits.NETWORK.input().batchOf(1), image);
                Tensor output = requireNonNull(model).predict(input)) {
            return output.toArray();
        }
    }

    /** The whole test set, in batches of 250; the time is for all of it. */
    @Benchmark
    public float tenThousandImages() {
        float last = 0;
        for (Batch batch : Batch.inOrder(digits.test(), Contestant.PREDICTION_BATCH_SIZE)) {
            try (Tensor output = requireNonNull(model).predict(batch)) {
                last += output.toArray()[0];
            }
        }
        return last;
    }
}
