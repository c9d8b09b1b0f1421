package dev.lenet.app.usecase;

import java.util.function.BooleanSupplier;

/** Whether work is asked to stop; looked at until it is released or closed. */
public interface Stop extends BooleanSupplier, AutoCloseable {
    /** From here on it is not looked at any more: what would ask to stop has its usual effect. */
    void release();

    @Override
    default void close() {
        release();
    }
}
