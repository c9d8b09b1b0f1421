package dev.lenet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Runs are listed, compared and removed")
class RunsCommandTest {
    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void smallData() throws IOException {
        TwoClasses.write(folder.resolve("two"), 104, 40);
        Files.writeString(folder.resolve("config.yaml"), """
                data: {dataset: idx, directory: two, validation_size: 8}
                training: {epochs: 1, batch_size: 4}
                """);
    }

    private ProgramRun run(String line) {
        return ProgramRun.of(folder, line.split(" ", -1));
    }

    private void train(String options) {
        ProgramRun run = run("train --quiet " + options);
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private List<Object> names() {
        return run("runs list --json").json().stream()
                .<Object>map(event -> event.get("run").getAsString())
                .toList();
    }

    @Test
    @DisplayName("What a run was and came to is a row, also of one that is damaged or was cut short")
    void list() throws IOException {
        assertThat(run("runs list").out()).isEqualTo("No runs in models/runs yet. Start one: train.\n");
        train("--run a --seed 7 --output a.safetensors");
        train("--run b --max-steps 2 --lr 0.5");
        train("--run c");
        Files.writeString(folder.resolve("models/runs/c/manifest.json"), "{}");

        List<JsonObject> rows = run("runs list --json").json();

        assertThat(rows).hasSize(3);
        JsonObject a = rows.stream()
                .filter(row -> row.get("run").getAsString().equals("a"))
                .findFirst()
                .orElseThrow();
        assertThat(a.get("state").getAsString()).isEqualTo("complete");
        assertThat(a.get("dataset").getAsString()).isEqualTo("idx");
        assertThat(a.get("network").getAsString()).isEqualTo("lenet5");
        assertThat(a.get("epochs").getAsInt()).isEqualTo(1);
        assertThat(a.getAsJsonObject("changed").get("seed").getAsString()).isEqualTo("7");
        assertThat(a.getAsJsonObject("changed").has("training.learning_rate")).isFalse();
        ProgramRun evaluation = run("evaluate --run a --json");
        assertThat(a.get("test_accuracy").getAsDouble())
                .isCloseTo(evaluation.json().get(0).get("accuracy").getAsDouble(), within(1e-12));
        assertThat(run("runs list").out())
                .contains("\nc    damaged ")
                .contains("training.learning_rate=0.5")
                .startsWith("run  state ");
    }

    @Test
    @DisplayName("Two runs differ in settings, and in what they answer to the same images")
    void compare() throws IOException {
        train("--run a --seed 1");
        train("--run b --seed 2 --epochs 2 --lr 0.05");

        JsonObject compared =
                run("runs compare a b --output curves.png --json").json().get(0);

        assertThat(compared.getAsJsonObject("settings").keySet())
                .containsExactly("seed", "training.epochs", "training.learning_rate");
        JsonObject answers = compared.getAsJsonObject("answers");
        int onlyA = answers.get("only_first").getAsInt();
        int onlyB = answers.get("only_second").getAsInt();
        double difference =
                compared.getAsJsonObject("second").get("test_accuracy").getAsDouble()
                        - compared.getAsJsonObject("first").get("test_accuracy").getAsDouble();
        assertThat((onlyB - onlyA) / 40.0).isCloseTo(difference, within(1e-9));
        assertThat(answers.get("difference").getAsDouble()).isCloseTo(difference, within(1e-9));
        assertThat(ImageIO.read(folder.resolve("curves.png").toFile()).getWidth())
                .isGreaterThan(500);
        assertThat(run("runs compare a a").out()).contains("0 are read right by a alone and 0 by a alone");
    }

    @Test
    @DisplayName("Nothing is removed without a question or --yes, and nothing but what was named")
    void remove() {
        train("--run a --max-steps 1");
        train("--run b --max-steps 1");
        train("--run c --max-steps 1");

        ProgramRun unasked = run("runs remove a");
        assertThat(unasked.exitCode()).isEqualTo(2);
        assertThat(unasked.err()).startsWith("--yes: ");
        assertThat(run("runs remove a nothing --yes").exitCode()).isEqualTo(2);
        assertThat(names()).hasSize(3);

        assertThat(run("runs remove a --yes").exitCode()).isZero();
        assertThat(names()).containsExactly("c", "b");
        assertThat(run("runs clean --keep 1 --yes").out()).startsWith("removed  models/runs/b, ");
        assertThat(names()).containsExactly("c");
        assertThat(run("runs clean --keep 1 --yes").out()).isEqualTo("Nothing to remove.\n");
        assertThat(run("runs clean --keep -1 --yes").exitCode()).isEqualTo(2);
    }
}
