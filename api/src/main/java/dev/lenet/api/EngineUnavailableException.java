package dev.lenet.api;

import org.jspecify.annotations.Nullable;

/** An engine that does not exist or cannot run on this machine. */
public final class EngineUnavailableException extends LenetException {
    private static final long serialVersionUID = 1L;

    public EngineUnavailableException(String message) {
        super(message);
    }

    public EngineUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
