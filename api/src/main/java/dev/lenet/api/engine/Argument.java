package dev.lenet.api.engine;

/** The check of one number of a specification. */
final class Argument {
    private Argument() {}

    /**
     * @param valid whether it is in its range; that it is finite is checked here
     * @throws IllegalArgumentException if it is not
     */
    static void check(boolean valid, String what, String expected, double received) {
        if (!valid || !Double.isFinite(received)) {
            throw new IllegalArgumentException(what + ": expected " + expected + ", received " + received);
        }
    }
}
