package dev.lenet.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.lenet.api.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Each run has a model of its own, and commands say which model they take")
class RunModelTest {
    @TempDir
    Path folder;

    @BeforeEach
    void smallData() throws IOException {
        TwoClasses.write(folder.resolve("two"), 96, 40);
        Files.writeString(folder.resolve("config.yaml"), """
                data: {dataset: idx, directory: two, validation_size: 0}
                training: {epochs: 1}
                """);
    }

    private ProgramRun run(String line) {
        ProgramRun run = ProgramRun.of(folder, line.split(" ", -1));
        assertThat(run.exitCode()).as(line + run.out() + run.err()).isZero();
        return run;
    }

    private static String model(ProgramRun evaluation) {
        JsonObject event = evaluation.json().get(0);
        return event.get("model").getAsString();
    }

    @Test
    @DisplayName("train writes into the directory of the run and nowhere else")
    void trainWrites() throws IOException {
        ProgramRun training = run("train --run a --json");

        assertThat(training.events("end").get(0).get("model").getAsString())
                .isEqualTo("models/runs/a/model.safetensors");
        ModelFile.read(folder.resolve("models/runs/a/model.safetensors"), List.of());
        try (var files = Files.list(folder.resolve("models"))) {
            assertThat(files).containsExactly(folder.resolve("models/runs"));
        }
    }

    @Test
    @DisplayName("a file that is named is written as well, the same byte for byte")
    void output() {
        run("train --run a --output m.safetensors");

        assertThat(folder.resolve("m.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("models/runs/a/model.safetensors"));
    }

    @Test
    @DisplayName("without a run it is the model that came with the program")
    void shipped() {
        assertThat(run("predict --help").out()).contains("--run", "--model");
        ProgramRun prediction = ProgramRun.of(
                folder,
                "predict",
                "--json",
                Path.of("../docs/seven.png").toAbsolutePath().toString());
        assertThat(prediction.err())
                .isEqualTo("Model: models/lenet5.safetensors, which came with the program."
                        + " Another: --model FILE or --run NAME.\n");
        assertThat(model(prediction)).isEqualTo("models/lenet5.safetensors");
    }

    @Test
    @DisplayName("it is that of the newest run that got to its end, and never silently that of one that was cut short")
    void newest() {
        run("train --run first");
        run("train --run second --seed 3");
        run("train --run cut --max-steps 2");

        ProgramRun evaluation = run("evaluate --json");
        assertThat(evaluation.err()).startsWith("Model: models/runs/second/model.safetensors, of the newest run");
        assertThat(model(evaluation)).isEqualTo("models/runs/second/model.safetensors");
        assertThat(run("evaluate --quiet").err()).isEmpty();

        ProgramRun named = run("evaluate --json --run cut");
        assertThat(named.err()).isEmpty();
        assertThat(model(named)).isEqualTo("models/runs/cut/model.safetensors");
    }

    @Test
    @DisplayName("a run is evaluated on the data it was trained for, whatever is configured now")
    void dataOfTheRun() throws IOException {
        run("train --run a");
        TwoClasses.write(folder.resolve("other"), 96, 10);
        Files.writeString(folder.resolve("config.yaml"), "data: {dataset: idx, directory: other}\n");

        assertThat(run("evaluate --json --run a").json().get(0).get("count").getAsInt())
                .isEqualTo(40);
    }

    @Test
    @DisplayName("a manifest that cannot be read keeps its run from being chosen, and a later version's is a sentence")
    void damaged() throws IOException {
        run("train --run a");
        run("train --run b");
        Path manifest = folder.resolve("models/runs/b/manifest.json");
        String text = Files.readString(manifest);
        assertThat(text).contains("\"format\": 1");
        Files.writeString(manifest, text.replace("\"format\": 1", "\"format\": 2"));
        assertThat(model(run("evaluate --json"))).isEqualTo("models/runs/a/model.safetensors");
        ProgramRun refused = ProgramRun.of(folder, "evaluate", "--run", "b");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .startsWith("models/runs/b/manifest.json: expected a manifest of format 1 or less, received 2")
                .hasLineCount(1);

        // As manifests were before they had a format.
        Files.writeString(manifest, text.replace("\"format\": 1,", ""));
        assertThat(model(run("evaluate --json"))).isEqualTo("models/runs/b/model.safetensors");
    }

    @Test
    @DisplayName("a run and a file are not both taken")
    void both() {
        ProgramRun refused = ProgramRun.of(folder, "evaluate", "--run", "a", "--model", "m.safetensors");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).startsWith("--run: expected --run or --model").hasLineCount(1);
    }
}
