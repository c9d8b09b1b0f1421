package dev.lenet.tck;

import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.TrainerState;

/** All that can be seen of a run. */
record Outcome(float[] losses, TrainerState state, float[] logits) {

    /** Builds, trains and closes. */
    static Outcome of(Engine engine, long seed) {
        try (Run run = Run.on(engine, seed)) {
            run.go(25);
            return new Outcome(run.losses(), run.trainer.state(), run.logits());
        }
    }

    void assertSame(String what, Outcome expected) {
        Bits.assertSameBits(what + ": losses", losses, expected.losses);
        Bits.assertSameState(what + ": state", state, expected.state);
        Bits.assertSameBits(what + ": logits", logits, expected.logits);
    }
}
