package dev.lenet.tck;

import dev.lenet.api.engine.Engine;

/**
 * An engine that a test opened, with all that it makes. Closing it is given up after a while: a deadlock would hold it up as
 * well, and hide the error that says where.
 */
record Opened(Engine engine) implements AutoCloseable {
    /** Twice that, and the patience for what a test does, are less than a test may take. */
    private static final int PATIENCE_SECONDS = 10;

    @Override
    public void close() {
        Background.start(() -> {
                    engine.close();
                    return engine;
                })
                .resultWithin(PATIENCE_SECONDS);
    }
}
