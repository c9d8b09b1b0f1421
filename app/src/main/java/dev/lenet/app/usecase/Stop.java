package dev.lenet.app.usecase;

import java.util.function.BooleanSupplier;

/** Whether work is asked to stop; looked at until it is closed. */
public interface Stop extends BooleanSupplier, AutoCloseable {
    @Override
    void close();
}
