package dev.lenet.api.engine;

/** Whether an engine can run on this machine. */
public sealed interface Availability {

    /**
     * It can.
     *
     * @param detail what it would run on, in one line
     */
    record Ready(String detail) implements Availability {}

    /**
     * It cannot.
     *
     * @param reason what is missing
     * @param remedy what the user can do about it
     */
    record Unavailable(String reason, String remedy) implements Availability {}
}
