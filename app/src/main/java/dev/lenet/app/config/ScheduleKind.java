package dev.lenet.app.config;

/** The courses of the learning rate that can be chosen by name. */
public enum ScheduleKind {
    /** The same from the first step to the last. */
    CONSTANT,
    /** Constant, then down in a straight line. */
    COOLDOWN,
    /** Down by a factor every few epochs. */
    STEP,
    /** Down along half a cosine wave. */
    COSINE,
    /** Up, then down. */
    ONE_CYCLE
}
