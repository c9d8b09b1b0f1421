package dev.lenet.api.training;

import dev.lenet.api.Argument;

/**
 * When to end a run because its validation loss no longer falls.
 *
 * <p>Every epoch is compared with the best one so far, not with the one before. A run that ends, for whatever reason but
 * an interruption, leaves the model with the weights of the best epoch.
 *
 * <p>Prechelt, "Early stopping - but when?", 1998.
 *
 * @param patience whole epochs without improvement after which the run ends; 0 never ends it and keeps no best epoch
 * @param minDelta by how much the loss has to be below the best one to be an improvement, at least 0
 */
public record EarlyStopping(int patience, double minDelta) {
    /** Every epoch is run, and the weights of the last step are kept. */
    public static final EarlyStopping OFF = new EarlyStopping(0, 0);

    public EarlyStopping {
        Argument.check(
                patience >= 0,
                "Early stopping",
                "a patience of 0 epochs or more",
                patience,
                "Use 0 to stop never early.");
        Argument.checkFinite(
                minDelta >= 0,
                "Early stopping",
                "a smallest improvement of at least 0",
                minDelta,
                "With 0, any improvement counts.");
    }

    boolean on() {
        return patience > 0;
    }
}
