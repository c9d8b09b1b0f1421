package dev.lenet.app.usecase;

/** Who chose a model. */
public enum ModelOrigin {
    /** The user, on the command line or in a file. */
    NAMED,
    /** Nobody: it is of the newest run that got to its end and was not cut short. */
    NEWEST_RUN,
    /** Nobody: it came with the program. */
    SHIPPED
}
