package dev.lenet.app.usecase;

import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.EngineProvider;

/** Two open engines, side by side in one JVM. Who opened them closes them. */
public record EnginePair(Engine first, Engine second) implements AutoCloseable {

    /** Opens both, or neither. */
    public static EnginePair open(EngineProvider first, EngineProvider second, EngineOptions options) {
        Engine opened = first.open(options);
        try {
            return new EnginePair(opened, second.open(options));
        } catch (RuntimeException | Error e) {
            opened.close();
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            second.close();
        } finally {
            first.close();
        }
    }
}
