package dev.lenet.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The packaged config.yaml is both the defaults and an example that can be copied")
class PackagedDefaultsTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    @DisplayName("Copied into the working directory it is valid, names every key, and changes nothing")
    void isItsOwnExample() throws IOException {
        Config defaults = ConfigLoader.load(null, folder, List.of()).config();
        Files.writeString(folder.resolve("config.yaml"), text());

        LoadedConfig copied = ConfigLoader.load(null, folder, List.of());

        assertThat(copied.config()).isEqualTo(defaults);
        assertThat(copied.entries())
                .allSatisfy(entry -> assertThat(entry.origin()).matches("config\\.yaml:\\d+"));
    }

    @Test
    @DisplayName("A comment stands above every key")
    void everyKeyIsCommented() throws IOException {
        List<String> lines = text().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean section = line.endsWith(":");
            if (!line.isBlank() && !line.strip().startsWith("#") && !section) {
                assertThat(lines.get(i - 1).strip()).as("above " + line).startsWith("# ");
            }
        }
    }

    @Test
    @DisplayName("The ranges its comments tell are those that are enforced")
    void commentsTellTheRanges() throws IOException {
        String text = text().replaceAll("\\n *# ", " ");
        for (Key<?> key : Schema.KEYS) {
            String expectation = key.kind().expectation();
            if (expectation.contains(" from ")) {
                String range = expectation.substring(expectation.indexOf(" from ") + 6);
                assertThat(text).as(key.path()).containsPattern("(?m)^.*" + range + ".*$");
            }
        }
    }

    private static String text() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(ConfigLoader.class.getResourceAsStream("config.yaml"), "packaged config.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
