package dev.lenet.api;

import org.jspecify.annotations.Nullable;

/** A training run whose loss is no longer a finite number. */
public final class DivergedException extends LenetException {
    private static final long serialVersionUID = 1L;

    public DivergedException(String message) {
        super(message);
    }

    public DivergedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
