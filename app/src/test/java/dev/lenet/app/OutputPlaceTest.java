package dev.lenet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that the program would write over what is no file of its kind. */
class OutputPlaceTest {
    @TempDir
    Path folder;

    @BeforeEach
    void smallData() throws IOException {
        TwoClasses.write(folder.resolve("two"), 384, 40);
        Files.writeString(folder.resolve("config.yaml"), """
                data: {dataset: idx, directory: two, validation_size: 0}
                training: {epochs: 1}
                """);
    }

    private ProgramRun train(String... more) {
        List<String> arguments = new ArrayList<>(List.of("train", "--device", "cpu", "--run", "r"));
        arguments.addAll(List.of(more));
        return ProgramRun.of(folder, arguments.toArray(new String[0]));
    }

    private Path pipe(String name) throws IOException, InterruptedException {
        Path pipe = folder.resolve(name);
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "mkfifo is missing");
        return pipe;
    }

    private void isRefusedBeforeTraining(ProgramRun run, String received) {
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains(received).hasLineCount(1);
        assertThat(run.out()).isEmpty();
        assertThat(folder.resolve("models/runs/r")).doesNotExist();
    }

    @Test
    void aModelDoesNotTakeThePlaceOfAPipe() throws Exception {
        Path pipe = pipe("pipe");

        isRefusedBeforeTraining(train("--output", "pipe"), "received a device, pipe or socket");

        assertThat(Files.isRegularFile(pipe)).isFalse();
    }

    @Test
    void aModelDoesNotReplaceAReadOnlyOne() throws Exception {
        Path model = Files.writeString(folder.resolve("m.safetensors"), "precious");
        Files.setPosixFilePermissions(model, PosixFilePermissions.fromString("r--r--r--"));

        isRefusedBeforeTraining(train("--output", "m.safetensors"), "received one that is read-only");

        assertThat(model).hasContent("precious");
    }

    @Test
    void aDebugImageDoesNotTakeThePlaceOfAPipe() throws Exception {
        Path pipe = pipe("seen.png");
        Files.copy(Path.of("../docs/seven.png"), folder.resolve("seven.png"));

        ProgramRun run = ProgramRun.of(folder, "predict", "seven.png", "--debug-image", "seen.png");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--debug-image: ").contains("received a device, pipe or socket");
        assertThat(Files.isRegularFile(pipe)).isFalse();
    }
}
