package dev.lenet.app.config;

/** The optimizers a user can name. */
public enum OptimizerKind {
    SGD,
    ADAM,
    /** Adam with decoupled weight decay. */
    ADAMW
}
