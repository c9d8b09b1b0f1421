package dev.lenet.app.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two trainings in one directory. */
class RunLockTest {
    @TempDir
    Path folder;

    @Test
    void aSecondTrainingIsKeptOutUntilTheFirstHasEnded() {
        RunDirectory first = new Runs(folder).fresh("mine");
        first.open();
        RunDirectory second = new Runs(folder).fresh("mine");
        assertThatThrownBy(second::open)
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        Path.of("models", "runs", "mine") + ": expected a run that is not being trained, found one that"
                                + " another training is busy with. Wait until that one ends, or use another --run.");
        second.close();
        first.close();

        RunDirectory third = new Runs(folder).fresh("mine");
        third.open();
        third.close();
    }

    @Test
    void aLockThatIsLeftBehindKeepsNoTrainingOut() throws Exception {
        Path directory = Files.createDirectories(folder.resolve("models/runs/mine"));
        Files.createFile(directory.resolve(".lock"));
        RunDirectory run = new Runs(folder).fresh("mine");
        run.open();
        run.close();
        assertThat(directory).isNotEmptyDirectory();
    }
}
