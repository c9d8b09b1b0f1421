package dev.lenet.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.engine.Engines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("config.yaml is made from the declarations, and is both the defaults and an example that can be copied")
class TemplateTest {
    private static final Schema SCHEMA = Schema.of(Engines.all());

    @TempDir
    Path folder = Path.of("");

    @Test
    @DisplayName("The file at the root of the repository is what the declarations say")
    void isUpToDate() throws IOException {
        assertThat(Template.of(SCHEMA))
                .as("config.yaml; to make it anew: java -jar app/target/app.jar config template > config.yaml")
                .isEqualTo(Files.readString(Path.of("../config.yaml")));
    }

    @Test
    @DisplayName("Copied into the working directory it is valid, names every key, and changes nothing")
    void isItsOwnExample() throws IOException {
        Config defaults = ConfigLoader.load(null, folder, List.of()).config();
        Files.writeString(folder.resolve("config.yaml"), Template.of(SCHEMA));

        LoadedConfig copied = ConfigLoader.load(null, folder, List.of());

        assertThat(copied.config()).isEqualTo(defaults);
        assertThat(copied.entries()).hasSize(SCHEMA.keys().size()).allSatisfy(entry -> assertThat(entry.origin())
                .matches("config\\.yaml:\\d+"));
    }

    @Test
    @DisplayName("The comments tell the ranges that are enforced, and every choice")
    void commentsTellTheRanges() {
        for (Key key : SCHEMA.keys()) {
            assertThat(key.comment()).as(key.path()).endsWith(".").doesNotContain("{range}", "{default}");
            String expectation = key.kind().expectation();
            if (expectation.contains(" from ")) {
                assertThat(key.comment())
                        .as(key.path())
                        .contains(expectation.substring(expectation.indexOf(" from ") + 6));
            }
            for (String choice : key.kind().choices()) {
                assertThat(key.comment()).as(key.path()).contains(choice);
            }
        }
    }

    @Test
    @DisplayName("No line is longer than an editor shows")
    void linesAreShort() {
        assertThat(Template.of(SCHEMA).lines())
                .allSatisfy(
                        line -> assertThat(line).hasSizeLessThanOrEqualTo(120).isEqualTo(line.stripTrailing()));
    }

    @Test
    @DisplayName("An option says its range and its default")
    void optionsSayTheirDefaults() {
        assertThat(SCHEMA.option("training.batch_size").help()).isEqualTo("Examples a step, 1 to 65536. Default: 32.");
        assertThat(SCHEMA.option("data.mean", "Mean, {range}; {default}.").help())
                .isEqualTo("Mean, auto or 0 to 1; auto.");
        assertThat(SCHEMA.option("training.shuffle").flag()).isTrue();
    }
}
