package dev.lenet.api;

import org.jspecify.annotations.Nullable;

/** A setting, in a file or on the command line, that is unknown, malformed or out of range. */
public final class ConfigException extends LenetException {
    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }

    public ConfigException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
