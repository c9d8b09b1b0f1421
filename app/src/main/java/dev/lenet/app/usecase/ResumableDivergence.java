package dev.lenet.app.usecase;

import dev.lenet.api.DivergedException;
import dev.lenet.api.LenetException;

/** A run diverged that has a checkpoint to go on from. */
public final class ResumableDivergence extends LenetException {
    private static final long serialVersionUID = 1;

    private final String run;
    private final double lowerRate;

    ResumableDivergence(DivergedException cause, String run, double lowerRate) {
        super(String.valueOf(cause.getMessage()), cause);
        this.run = run;
        this.lowerRate = lowerRate;
    }

    /** The name of the run. */
    public String run() {
        return run;
    }

    /** A learning rate that it may go on with. */
    public double lowerRate() {
        return lowerRate;
    }
}
