package dev.lenet.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.TrainerState;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Two equal runs on one engine, of which one is disturbed: they must stay equal, to the bit. */
record Twins(Engine engine, Run disturbed, Run quiet) implements AutoCloseable {

    /** After some steps, so that there is something to lose. */
    static Twins on(Engine engine) {
        Twins twins = new Twins(engine, Run.on(engine), Run.on(engine));
        twins.disturbed.go(2);
        twins.quiet.go(2);
        twins.assertEqual();
        return twins;
    }

    /** Does what must be refused to the one, and looks for traces. */
    void refuse(Class<? extends Throwable> type, ThrowingCallable use, String... mentioned) {
        TrainerState before = Bits.copyOf(Run.NETWORK, disturbed.trainer.state());
        UseAssertions.assertRefused(type, use, mentioned);
        assertThat(disturbed.losses()).as("losses of steps that were refused").isEmpty();
        Bits.assertSameState("state after a refusal", disturbed.trainer.state(), before);
    }

    /** Makes a few more steps of both. */
    void goOn() {
        disturbed.go(3);
        quiet.go(3);
        assertEqual();
    }

    private void assertEqual() {
        float[] losses = disturbed.losses();
        assertThat(losses).as("losses since the last look").isNotEmpty();
        Bits.assertSameBits("losses", losses, quiet.losses());
        Bits.assertSameState("state", disturbed.trainer.state(), quiet.trainer.state());
        Bits.assertSameBits("logits", disturbed.logits(), quiet.logits());
    }

    @Override
    public void close() {
        disturbed.close();
        quiet.close();
    }
}
