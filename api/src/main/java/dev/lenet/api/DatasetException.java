package dev.lenet.api;

import org.jspecify.annotations.Nullable;

/** A data set that is missing, damaged, or not what it claims to be. */
public final class DatasetException extends LenetException {
    private static final long serialVersionUID = 1L;

    public DatasetException(String message) {
        super(message);
    }

    public DatasetException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
