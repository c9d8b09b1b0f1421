package dev.lenet.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every input that is kept, good ones and those that once were a finding, on its target. */
class CorpusTest {
    private static final Path CORPUS = Path.of("corpus");
    private static final Path CLASSES = Path.of("target/classes/dev/lenet/fuzz");

    /** For any of them, on a machine that does other things as well. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @TestFactory
    Stream<DynamicContainer> everyInputIsReadOrRefused() throws IOException {
        return names(CORPUS).stream().map(name -> dynamicContainer(name, inputs(name)));
    }

    private static Stream<DynamicTest> inputs(String name) {
        try {
            MethodHandle target = MethodHandles.lookup()
                    .findStatic(
                            Class.forName("dev.lenet.fuzz." + name),
                            "fuzzerTestOneInput",
                            MethodType.methodType(void.class, byte[].class));
            Path folder = CORPUS.resolve(name);
            return names(folder).stream()
                    .map(input -> dynamicTest(input, () -> {
                        byte[] data = Files.readAllBytes(folder.resolve(input));
                        Assertions.assertTimeout(LONGEST, () -> target.invoke(data));
                    }));
        } catch (ReflectiveOperationException | IOException e) {
            throw new IllegalStateException(name, e);
        }
    }

    @Test
    void everyTargetHasInputs() throws IOException {
        List<String> targets = names(CLASSES).stream()
                .filter(file -> file.endsWith("Target.class"))
                .map(file -> file.replace(".class", ""))
                .toList();
        assertThat(targets).isNotEmpty();
        assertThat(names(CORPUS)).isEqualTo(targets);
        for (String target : targets) {
            assertThat(names(CORPUS.resolve(target))).as(target).isNotEmpty();
        }
    }
}
