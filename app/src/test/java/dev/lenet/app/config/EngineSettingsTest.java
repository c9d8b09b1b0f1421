package dev.lenet.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lenet.api.ConfigException;
import dev.lenet.api.EngineUnavailableException;
import dev.lenet.api.engine.EngineProvider;
import dev.lenet.api.engine.EngineSetting;
import dev.lenet.api.engine.Engines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An engine declares its own settings, and the program learns them from it")
class EngineSettingsTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    @DisplayName("A third engine on the class path has a section in config.yaml, behind the others")
    void template() {
        String yaml = Template.of(Schema.of(withThird()));

        assertThat(yaml).contains("# Which engine computes: native, djl or loops.");
        assertThat(yaml).contains("""
                replicas: 1

                loops:
                  # Rows of a tile, 1 to 64.
                  tile_rows: 8

                  # Which loop is the outer one: rows or columns. Columns are slower.
                  order: rows

                data:
                """);
    }

    @Test
    @DisplayName("Its settings come from the file and reach the engine by their whole names")
    void load() throws IOException {
        Files.writeString(folder.resolve("config.yaml"), "engine: loops\nloops: {tile_rows: 0x10}\n");

        LoadedConfig loaded = ConfigLoader.load(null, folder, List.of(), withThird());

        assertThat(loaded.config().engine()).isEqualTo("loops");
        assertThat(loaded.config().engineSettings())
                .isEqualTo(Map.of(
                        "native.simd", "auto", "djl.replicas", "1", "loops.tile_rows", "16", "loops.order", "rows"));
        assertThat(loaded.yaml()).contains("loops:\n  tile_rows: 0x10\n  order: \"rows\"\n");
    }

    @Test
    @DisplayName("Mistakes in them get the same sentences as all others")
    void mistakes() throws IOException {
        Files.writeString(
                folder.resolve("config.yaml"), "loops:\n  tile_rows: 65\n  order: row\n  tilerows: 1\nloop: {}\n");

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> ConfigLoader.load(null, folder, List.of(), withThird()))
                .withMessage("""
                        config.yaml:2:14: loops.tile_rows: expected a whole number from 1 to 64, received 65. The default is 8.
                        config.yaml:3:10: loops.order: expected rows or columns, received the text 'row'. Did you mean 'rows'?
                        config.yaml:4:3: loops.tilerows: there is no such setting. Did you mean 'loops.tile_rows'?
                        config.yaml:5:1: loop: there is no such setting. Did you mean the section 'loops'?""");
    }

    @Test
    @DisplayName("Where the usual engine is not installed, another is the default")
    void withoutTheUsualEngine() {
        assertThat(ConfigLoader.load(null, folder, List.of(), List.of(ThirdEngine.LOOPS))
                        .config()
                        .engine())
                .isEqualTo("loops");
    }

    @ParameterizedTest
    @ValueSource(strings = {"training", "seed", "native"})
    @DisplayName("An engine cannot be called like something else in the file")
    void takenNames(String name) {
        List<EngineSetting> settings = ThirdEngine.LOOPS.settings();
        List<EngineProvider> engines = new ArrayList<>(Engines.all());
        engines.add(new ThirdEngine(name, settings));

        assertThatExceptionOfType(EngineUnavailableException.class)
                .isThrownBy(() -> Schema.of(engines))
                .withMessageStartingWith("Engine '" + name + "': expected a name that no other engine and no");
    }

    @Test
    @DisplayName("The program names no setting of an engine")
    void theProgramNamesNone() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                for (Key key : Schema.of(Engines.all()).engineKeys()) {
                    assertThat(Files.readString(file)).as(file.toString()).doesNotContain(key.path());
                }
            }
        }
    }

    private static List<EngineProvider> withThird() {
        return Stream.concat(Engines.all().stream(), Stream.of(ThirdEngine.LOOPS))
                .toList();
    }
}
