package dev.lenet.app.usecase;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.EngineUnavailableException;
import dev.lenet.api.Shape;
import dev.lenet.api.engine.Availability;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.EngineProvider;
import dev.lenet.api.engine.Engines;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Two engines are opened and closed together. */
class EnginePairTest {
    private final List<Engine> opened = new ArrayList<>();

    private Engine open() {
        opened.add(Engines.named("native").open(EngineOptions.DEFAULT));
        return opened.get(opened.size() - 1);
    }

    @Test
    void closingThePairClosesBoth() {
        EnginePair.open(provider(this::open), provider(this::open), EngineOptions.DEFAULT)
                .close();
        assertClosed(opened.get(0));
        assertClosed(opened.get(1));
    }

    @Test
    void ifTheSecondEngineCannotBeOpenedTheFirstIsClosed() {
        EngineProvider failing = provider(() -> {
            throw new EngineUnavailableException("no such device");
        });
        assertThatThrownBy(() -> EnginePair.open(provider(this::open), failing, EngineOptions.DEFAULT))
                .isInstanceOf(EngineUnavailableException.class);
        assertClosed(opened.get(0));
    }

    private static void assertClosed(Engine engine) {
        assertThatThrownBy(() -> engine.tensor(Shape.of(1), new float[1])).isInstanceOf(IllegalStateException.class);
    }

    private static EngineProvider provider(Supplier<Engine> opening) {
        return new EngineProvider() {
            @Override
            public String name() {
                return "fake";
            }

            @Override
            public Availability probe(EngineOptions options) {
                return new Availability.Ready("fake");
            }

            @Override
            public Engine open(EngineOptions options) {
                return opening.get();
            }
        };
    }
}
