package dev.lenet.api;

import org.jspecify.annotations.Nullable;

/**
 * A setting that a user wrote, for example in a file, that is unknown, malformed or out of range. A bad argument of a method
 * is an {@link IllegalArgumentException}.
 */
public final class ConfigException extends LenetException {
    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }

    public ConfigException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
