package dev.lenet.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a training says that is allowed and may surprise. */
class TrainingAdviceTest {
    @TempDir
    Path folder = Path.of("");

    /** Two steps an epoch. */
    @BeforeEach
    void smallData() throws IOException {
        TwoClasses.write(folder.resolve("two"), 1000, 8);
        configure("training: {}");
    }

    private void configure(String training) throws IOException {
        Files.writeString(
                folder.resolve("config.yaml"),
                "data: {dataset: idx, directory: two, validation_size: 0}\n" + training + "\n");
    }

    private ProgramRun train(String... more) {
        List<String> arguments = new ArrayList<>(List.of("train", "--batch-size", "500", "--lr", "0.05"));
        arguments.addAll(List.of(more));
        if (!arguments.contains("--run")) {
            arguments.addAll(List.of("--run", "r"));
        }
        ProgramRun run = ProgramRun.of(folder, arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }

    private ProgramRun resume(String... more) {
        List<String> arguments = new ArrayList<>(List.of("train", "--resume", "--run", "r"));
        arguments.addAll(List.of(more));
        ProgramRun run = ProgramRun.of(folder, arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }

    @Test
    void moreEpochsUnderAScheduleAreAJumpOfTheRate() {
        train("--epochs", "2");

        // The last step of a cycle of 4 steps has next to no rate; in one of 8 steps its fifth is behind the peak.
        assertThat(resume("--epochs", "4").err())
                .startsWith("--resume: the learning rate jumps at step 4 from ")
                .contains(" to 0.0")
                .endsWith(
                        " as its schedule now runs over 4 epochs in place of 2. For a run without a jump begin anew with --epochs 4.\n");
        assertThat(resume("--epochs", "8", "--lr", "0.1").err()).isEmpty();
    }

    @Test
    void moreEpochsAtAConstantRateAreNone() throws IOException {
        configure("training: {schedule: constant}");
        train("--epochs", "1");

        assertThat(resume("--epochs", "2").err()).isEmpty();
    }

    @Test
    void anEventFileOfAnotherRunInTheSameFolderIsSaid() {
        assertThat(train("--epochs", "1", "--tensorboard", "board").err()).isEmpty();

        assertThat(train("--epochs", "1", "--tensorboard", "board", "--run", "again")
                        .err())
                .isEqualTo(
                        "--tensorboard: board has event files of another run, and TensorBoard draws all in one folder as"
                                + " one run. A folder for this one: --tensorboard board/again\n");
        // A run that goes on belongs to its own curve.
        assertThat(resume("--epochs", "2", "--lr", "0.1", "--tensorboard", "board")
                        .err())
                .isEmpty();
    }
}
