package dev.lenet.app.config;

import java.util.Locale;

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
    ONE_CYCLE;

    /** As it is written in a file or on the command line. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
