package dev.lenet.api;

/**
 * The check of an argument. Whatever refuses one says so in the same form: {@code WHERE: expected WHAT, received WHAT.
 * REMEDY}
 */
public final class Argument {
    private Argument() {}

    /**
     * @param where what refuses it, for example {@code Sgd}
     * @param expected with its article, for example {@code a momentum of at least 0 and below 1}
     * @param remedy what to do, a sentence
     * @throws IllegalArgumentException if it is not valid
     */
    public static void check(boolean valid, String where, String expected, Object received, String remedy) {
        if (!valid) {
            throw refusal(where, expected, received, remedy);
        }
    }

    /** As {@link #check}, for a number that has to be finite, too. */
    public static void checkFinite(boolean valid, String where, String expected, double received, String remedy) {
        check(valid && Double.isFinite(received), where, expected, received, remedy);
    }

    /** What {@link #check} throws, for messages that are not to be put together where all is well. */
    public static IllegalArgumentException refusal(String where, String expected, Object received, String remedy) {
        return new IllegalArgumentException(
                where + ": expected " + expected + ", received " + received + ". " + remedy);
    }
}
