package dev.lenet.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The excerpts of the walk-through are the code of the example. */
class WritingAnEngineTest {
    private static final Path DOCUMENT = Path.of("../docs/writing-an-engine.md");
    private static final Path EXAMPLE = Path.of("../examples/custom-engine");
    private static final Pattern EXCERPT = Pattern.compile("```(?:java|xml)\n(.*?)```", Pattern.DOTALL);

    @Test
    void everyExcerptStandsInTheExample() throws IOException {
        String example = read(EXAMPLE.resolve("pom.xml")) + sources();
        Matcher excerpts = EXCERPT.matcher(Files.readString(DOCUMENT));
        List<String> all = excerpts.results().map(match -> match.group(1)).toList();
        assertThat(all).hasSizeGreaterThan(10);
        for (String excerpt : all) {
            // One may show several pieces, with a line of its own between them where something is left out.
            for (String piece : excerpt.split("(?m)^\\s*$|^\\s*// \\.\\.\\.\\s*$", -1)) {
                assertThat(example).as(excerpt).contains(withoutIndentation(piece));
            }
        }
    }

    private static String sources() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLE.resolve("src"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(WritingAnEngineTest::read)
                    .collect(Collectors.joining());
        }
    }

    private static String read(Path file) {
        try {
            return withoutIndentation(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withoutIndentation(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
    }
}
