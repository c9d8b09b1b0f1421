package dev.lenet.engine.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.lenet.api.data.Batch;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Several threads")
class ConcurrencyTest {
    private static final Network NETWORK = Fixtures.everyLayer();
    private static final Weights WEIGHTS = Weights.initial(NETWORK, Fixtures.SEED);
    private static final Dataset IMAGES = Fixtures.images(NETWORK, 64);

    @Test
    void recordNoGraphWhilePredictingThoughPyTorchStartsThemReadyTo() throws Exception {
        try (DjlEngine engine = Fixtures.engine();
                DjlModel model = (DjlModel) engine.build(NETWORK, WEIGHTS);
                Trainer trainer = engine.trainer(model, Fixtures.spec(new Optimizer.Sgd(), 8))) {
            trainer.step(Batch.range(IMAGES, 0, 8), 0.1);
            List<Callable<String>> task = List.of(() -> {
                assertThat(JniUtils.isGradMode()).as("PyTorch's default").isTrue();
                try (DjlTensor logits = (DjlTensor) model.predict(Batch.range(IMAGES, 0, 4));
                        NDArray start = logits.array().onesLike()) {
                    JniUtils.backward((PtNDArray) logits.array(), (PtNDArray) start, false, false);
                    return "went back through a recorded graph";
                } catch (EngineException e) {
                    return e.getMessage();
                }
            });
            assertThat(inParallel(task).get(0)).contains("does not require grad and does not have a grad_fn");
        }
    }

    @Test
    void keepTheirEnginesNumberOfThreads() throws Exception {
        try (DjlEngine one = Fixtures.engine(1);
                DjlEngine two = Fixtures.engine(2)) {
            Callable<List<Integer>> task = () -> List.of(
                    one.compute(one.lifetime(), JniUtils::getNumThreads),
                    two.compute(two.lifetime(), JniUtils::getNumThreads),
                    one.compute(one.lifetime(), JniUtils::getNumThreads));
            assertThat(task.call()).containsExactly(1, 2, 1);
            assertThat(inParallel(List.of(task, task, task)))
                    .allSatisfy(numbers -> assertThat(numbers).containsExactly(1, 2, 1));
            assertThat(one.describe().detail()).endsWith(", 1 thread");
            assertThat(two.describe().detail()).endsWith(", 2 threads");
        }
    }

    @Test
    void leaveTheGradientSwitchOfTheirCallerAlone() {
        boolean before = JniUtils.isGradMode();
        try (DjlEngine engine = Fixtures.engine();
                Model model = engine.build(NETWORK, WEIGHTS);
                Trainer trainer = engine.trainer(model, Fixtures.spec(new Optimizer.Adam(), 8))) {
            for (boolean recording : new boolean[] {true, false}) {
                JniUtils.setGradMode(recording);
                trainer.step(Batch.range(IMAGES, 0, 8), 0.01);
                assertThat(JniUtils.isGradMode()).isEqualTo(recording);
            }
        } finally {
            JniUtils.setGradMode(before);
        }
    }

    private static <T> List<T> inParallel(List<Callable<T>> tasks) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : pool.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }
}
