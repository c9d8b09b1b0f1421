package dev.lenet.fuzz;

import dev.lenet.api.LenetException;

/** What an exception of a reader owes its user, besides its type. */
final class Documented {
    /** More than any sentence needs, however much of the input it quotes. */
    private static final int LONGEST = 4_000;

    private Documented() {}

    /**
     * @throws IllegalStateException if the message is none: empty, endless, or with characters that do something to a terminal
     */
    static void check(LenetException e) {
        String message = String.valueOf(e.getMessage());
        if (message.isBlank() || message.length() > LONGEST) {
            throw new IllegalStateException("a message of " + message.length() + " characters", e);
        }
        if (message.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n')) {
            throw new IllegalStateException("control characters in a message", e);
        }
    }
}
