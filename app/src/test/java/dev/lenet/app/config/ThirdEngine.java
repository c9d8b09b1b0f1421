package dev.lenet.app.config;

import dev.lenet.api.engine.Availability;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.EngineProvider;
import dev.lenet.api.engine.EngineSetting;
import java.util.List;

/**
 * A third-party engine. The program knows only what its provider declares.
 *
 * @param settings that it has
 */
record ThirdEngine(String name, List<EngineSetting> settings) implements EngineProvider {
    static final ThirdEngine LOOPS = new ThirdEngine(
            "loops",
            List.of(
                    new EngineSetting(
                            "tile_rows", new EngineSetting.WholeNumber(1, 64), "8", "Rows of a tile, {range}."),
                    new EngineSetting(
                            "order",
                            new EngineSetting.Choice(List.of("rows", "columns")),
                            "rows",
                            "Which loop is the outer one: {range}. Columns are slower.")));

    @Override
    public Availability probe(EngineOptions options) {
        return new Availability.Ready("a test's");
    }

    @Override
    public Engine open(EngineOptions options) {
        throw new AssertionError("opened");
    }
}
