package dev.lenet.app.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.ModelFormatException;
import dev.lenet.app.storage.Manifest.Results;
import dev.lenet.app.storage.Manifest.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestTest {
    private static final Path FILE = Path.of("models/runs/a/manifest.json");
    private static final Results RESULTS =
            new Results("completed", 120, 10, 0, 0.991, 0.03, "models/runs/a/model.safetensors", 12.5);

    private static Manifest manifest(Status status, @Nullable Results results) {
        return new Manifest(
                Manifest.FORMAT,
                "a",
                status,
                "0.1.0",
                42,
                61_706,
                new Manifest.Data("mnist", "data/mnist", 0.1307, 0.3081, 55_000, 5000, 10_000, Map.of("train", "ab12")),
                List.of(new Manifest.Session(
                        "2026-11-30T00:00:00Z", 0, "native", "cpu", "plain Java", "17.0.1", "OpenJDK", "Linux amd64")),
                results,
                "2026-11-30T00:01:00Z");
    }

    @Test
    void isReadAsItWasWritten() {
        for (Manifest written : List.of(manifest(Status.RUNNING, null), manifest(Status.COMPLETE, RESULTS))) {
            assertThat(Manifest.read(RunJson.page(written), FILE)).isEqualTo(written);
        }
    }

    @Test
    void namesAreThoseOfTheComponentsWithUnderscores() {
        assertThat(RunJson.page(manifest(Status.COMPLETE, RESULTS)))
                .contains(
                        "\"status\": \"complete\"", "\"from_step\": 0", "\"best_epoch\": 0", "\"test_accuracy\": 0.991")
                .contains("\"seconds_of_last_session\": 12.5");
        assertThat(RunJson.page(manifest(Status.RUNNING, null))).doesNotContain("results");
    }

    @ParameterizedTest
    @CsvSource({"completed, true", "early_stopping, true", "max_steps, false"})
    void aLimitOfStepsCutsARunShort(String ending, boolean ranItsCourse) {
        Results results = new Results(ending, 1, 1, 0, 0.5, 1, "m", 1);
        assertThat(manifest(Status.COMPLETE, results).ranItsCourse()).isEqualTo(ranItsCourse);
        assertThat(manifest(Status.INTERRUPTED, null).ranItsCourse()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{}                       | (no \"\"run\"\")",
                "[]                       | (no object)",
                "[                        | something else",
                "null                     | something else",
                "{'run': 'a', 'status': 5 | something else"
            })
    void otherJsonIsASentence(String text, String reason) {
        assertThatThrownBy(() -> Manifest.read(text.replace('\'', '"'), FILE))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(FILE + ": expected the manifest of a run, received something else (")
                .hasMessageContaining(reason.replace("\"\"", "\""))
                .message()
                .hasLineCount(1);
    }

    @Test
    void aStatusThatIsNotKnownIsMissing() {
        String text = RunJson.page(manifest(Status.RUNNING, null)).replace("\"running\"", "\"sleeping\"");
        assertThatThrownBy(() -> Manifest.read(text, FILE))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("sleeping");
    }
}
