package dev.lenet.api.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The list of layers in the documents is that of the program, field by field. */
class LayersDocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/layers.md");

    @Test
    void everyKindHasARowWithItsFields() throws IOException {
        List<String> rows = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> String.join(" ", List.of(line.split("\\|", -1)).subList(1, 4)))
                .map(row -> row.replaceAll("[ ,]+", " ").strip())
                .toList();
        List<String> expected =
                LayerSpec.kinds().stream().map(LayersDocumentTest::row).toList();

        assertThat(rows).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static String row(Class<?> kind) {
        String fields = Arrays.stream(kind.getRecordComponents())
                .map(component -> " `" + underscored(component.getName()) + "`")
                .collect(Collectors.joining());
        return "`" + kind.getSimpleName() + "` `" + underscored(kind.getSimpleName()) + "`" + fields;
    }

    private static String underscored(String name) {
        return name.replaceAll("(?<=.)(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
