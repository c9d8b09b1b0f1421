package dev.lenet.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lenet.api.data.Batch;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.network.Weights;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Chapter 8 of the contract, continued: what a data set may do while it is read. */
public interface ReadingRules extends ContractRules {

    /**
     * While it is read for one model, a data set may predict with another, look into it, make and close things: also from
     * the engine's own threads.
     *
     * <p>When it fails: look at which locks are held while a batch is read, and at what happens to a thread pool whose
     * threads ask for the pool.
     */
    @Test
    default void rule_8_5_aDataSetMayPredictWhileItIsRead() {
        try (Opened opened = new Opened(open())) {
            Engine engine = opened.engine();
            Twins twins = Twins.on(engine);
            Run asked = Run.on(engine);
            RepeatedPredictions predictions = new RepeatedPredictions(engine, asked);
            Weights weights = asked.model.weights();
            twins.disturbed().readingFrom(new BusyExamples(Run.EXAMPLES, row -> {
                predictions.repeat(row);
                Bits.assertSameBits("weights", asked.model.weights(), weights);
                try (Model built = engine.build(Run.NETWORK, weights);
                        Tensor logits = built.predict(Run.batch(row))) {
                    assertThat(logits.toArray()).isNotEmpty();
                }
            }));
            twins.goOn();
            twins.disturbed().trainer.gradients(Run.batch(1));
            twins.goOn();
        }
    }

    /**
     * While it is read for one model, a data set may train another, one thread at a time.
     *
     * <p>When it fails: look for scratch memory that a step keeps in the engine or the thread while it reads its batch.
     */
    @Test
    default void rule_8_5_aDataSetMayTrainAnotherModelWhileItIsRead() {
        try (Opened opened = new Opened(open())) {
            Engine engine = opened.engine();
            Twins twins = Twins.on(engine);
            Run inner = Run.on(engine);
            Run quiet = Run.on(engine);
            Object oneAtATime = new Object();
            twins.disturbed().readingFrom(new BusyExamples(Run.EXAMPLES, row -> {
                synchronized (oneAtATime) {
                    inner.go(1);
                }
            }));
            twins.goOn();
            float[] losses = inner.losses();
            quiet.go(losses.length);
            Bits.assertSameBits("losses of the inner run", losses, quiet.losses());
            Bits.assertSameState("state of the inner run", inner.trainer.state(), quiet.trainer.state());
        }
    }

    /**
     * While it is read, a data set may wait for a thread of its own that predicts.
     *
     * <p>When it fails: look for a lock of the engine that is held while a batch is read.
     */
    @Test
    default void rule_8_5_aDataSetMayWaitForAThreadThatPredicts() {
        try (Opened opened = new Opened(open())) {
            Engine engine = opened.engine();
            Twins twins = Twins.on(engine);
            Run asked = Run.on(engine);
            RepeatedPredictions predictions = new RepeatedPredictions(engine, asked);
            twins.disturbed().readingFrom(new BusyExamples(Run.EXAMPLES, row -> Background.start(() -> {
                        predictions.repeat(row);
                        return row;
                    })
                    .result()));
            twins.goOn();
        }
    }

    /**
     * A data set may ask another model while a third thread closes the engine. No thread waits for ever: the data set is
     * answered or refused, and the engine is closed.
     *
     * <p>When it fails: look at a lock that lets no thread in while another waits to close: the thread it waits for may need
     * to come in once more, or wait for one that does. {@code Lifetime} of the api never keeps a user waiting.
     */
    @Test
    default void rule_8_5_aDataSetMayAskWhileTheEngineIsClosed() {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (Opened opened = new Opened(open())) {
            Engine engine = opened.engine();
            Run run = Run.on(engine);
            Run asked = Run.on(engine);
            Dataset asking = new BusyExamples(Run.EXAMPLES, row -> {
                reading.countDown();
                Background.await(goOn);
                Run.logits(asked.model, Run.batch(row));
            });
            Background<String> work = Background.start(() -> {
                Throwable thrown = catchThrowable(() -> run.trainer.step(Batch.range(asking, 0, Run.BATCH), 0.1));
                if (thrown != null) {
                    UseAssertions.assertSaysClosed("a use beside closing", thrown);
                }
                return "done";
            });
            Background.await(reading);
            Background<String> closing = Background.start(() -> {
                engine.close();
                return "closed";
            });
            closing.awaitStandstill();
            goOn.countDown();
            assertThat(work.result()).isEqualTo("done");
            assertThat(closing.result()).isEqualTo("closed");
        }
    }

    /**
     * When a call that was given a batch has returned, the batch is not read: not in what follows, and not on another
     * thread.
     *
     * <p>When it fails: a step that returns before its work is done has to copy its examples and labels first.
     */
    @Test
    default void rule_8_6_aBatchIsReadOnlyDuringTheCallThatIsGivenIt() {
        try (Opened opened = new Opened(open())) {
            Run run = Run.on(opened.engine());
            LentExamples lent = new LentExamples(Run.EXAMPLES);
            Batch batch = Batch.range(lent, 0, Run.BATCH);
            for (int step = 0; step < 3; step++) {
                lent.during(() -> run.trainer.step(batch, 0.01));
            }
            run.trainer.drainMetrics();
            lent.during(() -> run.trainer.gradients(batch));
            run.trainer.state();
            Tensor[] logits = new Tensor[1];
            lent.during(() -> logits[0] = run.model.predict(batch));
            assertThat(logits[0].toArray()).isNotEmpty();
            logits[0].close();
            run.go(1);
            run.trainer.drainMetrics();
            lent.assertReadInTimeOnly();
        }
    }
}
