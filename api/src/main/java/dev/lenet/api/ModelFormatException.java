package dev.lenet.api;

import org.jspecify.annotations.Nullable;

/** A model file that is not one, is damaged, or holds another network. */
public final class ModelFormatException extends LenetException {
    private static final long serialVersionUID = 1L;

    public ModelFormatException(String message) {
        super(message);
    }

    public ModelFormatException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
