package dev.lenet.api;

import org.jspecify.annotations.Nullable;

/** A layer, a tensor or a network whose dimensions do not fit together. */
public final class ShapeException extends LenetException {
    private static final long serialVersionUID = 1L;

    public ShapeException(String message) {
        super(message);
    }

    public ShapeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
