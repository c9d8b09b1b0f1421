package dev.lenet.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs both notebooks from top to bottom, each on a kernel of its own, and compares what they show with what is committed. With
 * {@code -Dnotebooks.update=true} what they show now takes the place of what was committed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotebooksIT {
    private static final Path HERE = Path.of("").toAbsolutePath();
    private static final Path EXECUTED = HERE.resolve("target/executed");
    private static final String UPDATE =
            "If that is meant, take it over: mvn -B -Pnotebooks -pl notebooks -am verify -DskipTests -Dnotebooks.update=true";

    /** Of a file that a code host still draws. */
    private static final long MOST_BYTES = 500_000;

    /** On a slow machine with other work. */
    private static final int MINUTES = 10;

    @BeforeAll
    void runThem() throws IOException, InterruptedException {
        for (String name : List.of("train", "test")) {
            execute(name);
            if (Boolean.getBoolean("notebooks.update")) {
                Files.copy(EXECUTED.resolve(name + ".ipynb"), committed(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "test"})
    void everyCellShowsWhatTheCommittedOneShows(String name) throws IOException {
        Notebook now = Notebook.read(EXECUTED.resolve(name + ".ipynb"));
        assertThat(now.shown())
                .as(UPDATE)
                .isEqualTo(Notebook.read(committed(name)).shown());
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "test"})
    void theCommittedNotebookWasRunInOrder(String name) throws IOException {
        Notebook notebook = Notebook.read(committed(name));
        assertThat(notebook.executionCounts())
                .as(UPDATE)
                .isEqualTo(
                        IntStream.rangeClosed(1, notebook.code().size()).boxed().toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "test"})
    void theCommittedNotebookIsFitToBeShown(String name) throws IOException {
        Path file = committed(name);
        assertThat(Files.size(file)).as("bytes of %s", file).isLessThan(MOST_BYTES);
        assertThat(Notebook.read(file).shown())
                .as("pictures")
                .anyMatch(shown -> shown.contains("image/png"))
                .as("warnings and exceptions")
                .noneMatch(shown -> shown.contains("stderr") || shown.contains("error"));
        assertThat(Files.readString(file))
                .as("places of the machine it ran on")
                .doesNotContain(HERE.toString(), System.getProperty("user.home") + "/", "/home/", "/Users/", "/tmp/");
    }

    @Test
    void trainingReachesTheAccuracyThatTheTextPromises() throws IOException {
        assertThat(accuracy(Notebook.read(EXECUTED.resolve("train.ipynb")))).isGreaterThan(98.8);
    }

    @Test
    void theModelThatShipsIsTheOneThatWasTested() throws IOException {
        ModelFile model = ModelFile.read(HERE.resolve("../models/lenet5.safetensors"), List.of());
        double expected = 100 * Double.parseDouble(model.facts().get("test_accuracy"));
        assertThat(accuracy(Notebook.read(EXECUTED.resolve("test.ipynb")))).isEqualTo(expected);
        assertThat(accuracy(Notebook.read(committed("test")))).as(UPDATE).isEqualTo(expected);
    }

    private static Path committed(String name) {
        return HERE.resolve(name + ".ipynb");
    }

    private static double accuracy(Notebook notebook) {
        Matcher matcher =
                Pattern.compile("^accuracy ([0-9.]+) %", Pattern.MULTILINE).matcher(notebook.printed());
        assertThat(matcher.find()).as("a line with the accuracy").isTrue();
        return Double.parseDouble(matcher.group(1));
    }

    private static void execute(String name) throws IOException, InterruptedException {
        Files.createDirectories(EXECUTED);
        Path log = EXECUTED.resolve(name + ".log");
        Files.deleteIfExists(EXECUTED.resolve(name + ".ipynb"));
        ProcessBuilder command = new ProcessBuilder(
                        "jupyter",
                        "nbconvert",
                        "--to=notebook",
                        "--execute",
                        "--ExecutePreprocessor.record_timing=False",
                        "--ExecutePreprocessor.timeout=" + 60 * MINUTES,
                        "--output-dir=" + EXECUTED,
                        name + ".ipynb")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Map<String, String> changed = new HashMap<>();
        changed.put("JUPYTER_PATH", HERE.toString());
        // The kernel runs on the Java that runs this test.
        changed.put("JAVA_HOME", System.getProperty("java.home"));
        command.environment().putAll(changed);
        Process process = start(command);
        boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
        assertThat(ended && process.exitValue() == 0)
                .as(() -> String.format(Locale.ROOT, "%s.ipynb runs from top to bottom:%n%s", name, end(log)))
                .isTrue();
    }

    private static Process start(ProcessBuilder command) {
        try {
            return command.start();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "Notebooks: expected the program 'jupyter' with nbconvert, received none. Install it, on Debian:"
                            + " apt-get install --no-install-recommends jupyter-client jupyter-nbconvert",
                    e);
        }
    }

    private static String end(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            return log + ": " + e;
        }
    }
}
