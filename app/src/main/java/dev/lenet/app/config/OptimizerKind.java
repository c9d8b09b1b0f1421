package dev.lenet.app.config;

import java.util.Locale;

/** The optimizers a user can name. */
public enum OptimizerKind {
    SGD,
    ADAM,
    /** Adam with decoupled weight decay. */
    ADAMW;

    /** As it is written in a file or on the command line. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
