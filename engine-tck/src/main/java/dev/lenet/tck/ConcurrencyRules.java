package dev.lenet.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lenet.api.data.Batch;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.engine.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** Chapter 8 of the contract: many threads at once, and no deadlock. */
public interface ConcurrencyRules extends ContractRules {

    /**
     * Threads that predict with one model, from batches and from the same tensors, and threads that run its layers, each
     * get what one thread alone gets.
     *
     * <p>When it fails: look for a buffer of the model or a layer that calls share, and for a thread pool that two callers
     * use at once.
     */
    @Test
    default void rule_8_1_manyThreadsPredictWithOneModel() {
        try (Opened opened = new Opened(open())) {
            Engine engine = opened.engine();
            Run run = Run.on(engine);
            run.go(2);
            RepeatedPredictions predictions = new RepeatedPredictions(engine, run);
            List<Callable<Integer>> threads = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                int first = thread * 3;
                threads.add(() -> {
                    int done = 0;
                    while (done < 300) {
                        predictions.repeat(first + done++);
                    }
                    return done;
                });
            }
            assertThat(Background.atOnce(threads)).containsOnly(300);
        }
    }

    /**
     * While one model is trained, others predict with another: both do what they do alone.
     *
     * <p>When it fails: look for scratch memory of the engine (rather than of a model or a call), and for switches such as
     * a training mode that hold for a whole engine or process.
     */
    @Test
    default void rule_8_2_predictingBesideTraining() {
        Outcome alone = outcomeAlone(SEED + 1);
        try (Opened opened = new Opened(open())) {
            Engine engine = opened.engine();
            Run served = Run.on(engine);
            RepeatedPredictions predictions = new RepeatedPredictions(engine, served);
            AtomicBoolean training = new AtomicBoolean(true);
            Callable<Outcome> predict = () -> {
                do {
                    predictions.repeatAll();
                } while (training.get());
                return alone;
            };
            Callable<Outcome> train = () -> {
                try {
                    return Outcome.of(engine, SEED + 1);
                } finally {
                    training.set(false);
                }
            };
            Background.atOnce(List.of(train, predict, predict, predict))
                    .get(0)
                    .assertSame("training beside predictions", alone);
        }
    }

    /**
     * Models that are built, trained and closed at the same time, three on one engine and one on another, each go through
     * the run that they go through alone.
     *
     * <p>When it fails: look for static state, for state of the thread that a step leaves behind or relies on, and for
     * scratch memory of the engine.
     */
    @Test
    default void rule_8_3_trainingSeveralModelsAtOnce() {
        try (Opened one = new Opened(open());
                Opened two = new Opened(open())) {
            List<Callable<Outcome>> runs = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                long seed = SEED + i;
                Opened opened = i == 3 ? two : one;
                runs.add(() -> Outcome.of(opened.engine(), seed));
            }
            List<Outcome> together = Background.atOnce(runs);
            for (int i = 0; i < 4; i++) {
                together.get(i).assertSame("run " + i, outcomeAlone(SEED + i));
            }
        }
    }

    private Outcome outcomeAlone(long seed) {
        try (Engine engine = open()) {
            return Outcome.of(engine, seed);
        }
    }

    /**
     * Closing a trainer, a model or an engine while a batch is being read returns after that work, which succeeds; what
     * comes after it is refused.
     *
     * <p>When it fails: look at what {@code close()} waits for before it frees anything; {@code Lifetime} of the api does.
     */
    @Test
    default void rule_8_4_closingWaitsForWorkUnderWay() {
        for (String closed : List.of("trainer", "model", "engine")) {
            for (String use : List.of("predict", "step", "gradients")) {
                // The model that a trainer is closed for may be used on.
                if (!(closed.equals("trainer") && use.equals("predict"))) {
                    closeDuring(use, closed);
                }
            }
        }
    }

    private void closeDuring(String use, String closed) {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Dataset slow = new BusyExamples(Run.EXAMPLES, row -> {
            reading.countDown();
            Background.await(goOn);
        });
        try (Opened opened = new Opened(open())) {
            Engine engine = opened.engine();
            Run run = Run.on(engine);
            Background<String> work = Background.start(() -> use(run, slow, use));
            Background.await(reading);
            AtomicBoolean released = new AtomicBoolean();
            Background<Boolean> closing = Background.start(() -> {
                close(engine, run, closed);
                return released.get();
            });
            closing.awaitStandstill();
            released.set(true);
            goOn.countDown();
            assertThat(work.result()).isEqualTo(use);
            assertThat(closing.result())
                    .as("closing the %s waited for %s", closed, use)
                    .isTrue();
            UseAssertions.assertClosed(use, () -> use(run, slow, use));
        }
    }

    /** Returns what is closed then. */
    private static String close(Engine engine, Run run, String what) {
        switch (what) {
            case "trainer" -> run.trainer.close();
            case "model" -> run.model.close();
            default -> engine.close();
        }
        return what;
    }

    /** Returns the use, which is done then. */
    private static String use(Run run, Dataset dataset, String use) {
        Batch batch = Batch.range(dataset, 0, Run.BATCH);
        switch (use) {
            case "predict" -> run.model.predict(batch);
            case "step" -> run.trainer.step(batch, 0.1);
            default -> run.trainer.gradients(batch);
        }
        return use;
    }

    /**
     * Things are closed, several times at once, while threads predict and train with them: until then each result is
     * right, from then on each use is refused.
     *
     * <p>When it fails: look at the moment between asking if a thing is open and using it: nothing may close it then. A JVM
     * that ends here has used memory that was freed.
     */
    @Test
    default void rule_8_4_closingUnderManyThreads() {
        for (int round = 0; round < 12; round++) {
            String closed = List.of("model", "engine", "trainer").get(round % 3);
            Engine engine = open();
            Run served = Run.on(engine);
            Run trained = Run.on(engine);
            RepeatedPredictions predictions = new RepeatedPredictions(engine, served);
            CountDownLatch busy = new CountDownLatch(60);
            Callable<String> predict = () -> untilClosed(busy, predictions::repeat);
            Callable<String> train = () -> untilClosed(busy, number -> trained.go(1));
            Callable<String> close = () -> {
                Background.await(busy);
                close(engine, trained, closed);
                close(engine, served, closed.equals("trainer") ? "model" : closed);
                engine.close();
                return "closed";
            };
            assertThat(Background.atOnce(List.of(predict, predict, train, close, close)))
                    .containsOnly("closed");
        }
    }

    private static String untilClosed(CountDownLatch busy, IntConsumer use) {
        for (int number = 0; ; number++) {
            int i = number;
            Throwable thrown = catchThrowable(() -> use.accept(i));
            if (thrown != null) {
                UseAssertions.assertSaysClosed("a use beside closing", thrown);
                return "closed";
            }
            busy.countDown();
        }
    }
}
