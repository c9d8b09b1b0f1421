package dev.lenet.app.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.app.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs that are not named are called, and what else may lie among them. */
class RunsTest {
    @TempDir
    Path folder;

    private Runs runs = new Runs(Path.of(""));

    @BeforeEach
    void inFolder() {
        runs = new Runs(folder);
    }

    private Path root() {
        return folder.resolve(Runs.ROOT);
    }

    /** A run that goes on from a checkpoint is one that has teachers in training, too. */
    private void begun(String name) throws IOException {
        Path run = Files.createDirectories(root().resolve(name));
        Files.createDirectories(run.resolve("teachers"));
        Files.writeString(run.resolve(RunDirectory.SETTINGS), "seed: 1\n");
        Files.writeString(run.resolve(RunDirectory.MANIFEST), "{}");
    }

    @Test
    void runsThatBeginInTheSameSecondGetDirectoriesOfTheirOwn() throws IOException {
        List<RunDirectory> three =
                Stream.generate(() -> runs.fresh(null)).limit(3).toList();
        three.forEach(RunDirectory::open);
        three.forEach(directory -> directory.writeSettings("seed: 1\n"));
        three.forEach(RunDirectory::close);

        assertThat(three.stream().map(RunDirectory::name)).doesNotHaveDuplicates();
        for (RunDirectory directory : three) {
            assertThat(root().resolve(directory.name()).resolve(RunDirectory.SETTINGS))
                    .exists();
            assertThat(directory.settings().getParent())
                    .isEqualTo(root().resolve(directory.name()).toAbsolutePath());
        }
    }

    @Test
    void aFolderThatWasCopiedByHandIsPassedOver() throws IOException {
        begun("mine");
        for (String copy : List.of("mine copy", "mine (2)", ".mine", "Kopie von mine")) {
            begun(copy);
        }

        assertThat(runs.find(null).name()).isEqualTo("mine");
        assertThat(runs.latest().map(RunDirectory::name)).contains("mine");
        assertThat(runs.latestFinished(Optional.empty())).isEmpty();
        assertThat(ConfigLoader.load(runs.find("mine").settings(), folder, List.of())
                        .config()
                        .seed())
                .isEqualTo(1);
    }
}
