package dev.lenet.app.serve;

import java.util.Map;

/** A request that is not answered: the status that HTTP has for it, and a sentence for who made it. */
final class Refusal extends RuntimeException {
    static final int BAD_REQUEST = 400;
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int METHOD_NOT_ALLOWED = 405;
    static final int TOO_SLOW = 408;
    static final int TOO_LARGE = 413;
    static final int UNSUPPORTED_TYPE = 415;
    static final int FAILED = 500;
    static final int UNAVAILABLE = 503;

    private static final long serialVersionUID = 1;

    private static final int SHOWN = 40;

    private final int status;

    Refusal(int status, String sentence) {
        super(sentence);
        this.status = status;
    }

    /**
     * In the form of every such sentence.
     *
     * @param received shown up to its 40th character
     */
    static Refusal of(int status, String what, String expected, String received, String remedy) {
        return new Refusal(status, what + ": expected " + expected + ", received " + shown(received) + ". " + remedy);
    }

    /** A text of the client's, as far as a sentence has room for it. */
    static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }

    int status() {
        return status;
    }

    /** The sentence as JSON. */
    Reply reply() {
        Reply reply = Reply.json(status, Map.of("error", String.valueOf(getMessage())));
        return status == UNAVAILABLE ? reply.with("Retry-After", "1") : reply;
    }
}
