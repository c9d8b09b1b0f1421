package dev.lenet.app.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What came with the program is found from any folder")
class InstallationTest {
    @TempDir
    Path root = Path.of("");

    private Path working = Path.of("");
    private Path jarFolder = Path.of("");

    @BeforeEach
    void folders() throws IOException {
        working = Files.createDirectories(root.resolve("home"));
        jarFolder = Files.createDirectories(root.resolve("opt/lenet/app/target"));
    }

    @Test
    @DisplayName("Beside the jar, one folder above it and two above it, in this order")
    void threeLevels() throws IOException {
        Path file = Path.of("models/m.safetensors");
        Path twoAbove = touch(root.resolve("opt/lenet").resolve(file));
        assertThat(locate(file)).isEqualTo(twoAbove);

        Path oneAbove = touch(root.resolve("opt/lenet/app").resolve(file));
        assertThat(locate(file)).isEqualTo(oneAbove);

        Path beside = touch(jarFolder.resolve(file));
        assertThat(locate(file)).isEqualTo(beside);
    }

    @Test
    @DisplayName("The user's own file comes first")
    void workingDirectoryFirst() throws IOException {
        Path file = Path.of("models/m.safetensors");
        touch(jarFolder.resolve(file));
        Path own = touch(working.resolve(file));

        assertThat(locate(file)).isEqualTo(own);
    }

    @Test
    @DisplayName("What is written goes to the working directory, whatever came with the program")
    void writing() throws IOException {
        touch(jarFolder.resolve("m"));

        assertThat(new Installation(working, jarFolder).place(Path.of("m"))).isEqualTo(working.resolve("m"));
    }

    @Test
    @DisplayName("Three folders above the jar nothing is looked for, nor for an absolute path")
    void noFurther() throws IOException {
        touch(root.resolve("opt/m"));
        Path absolute = root.resolve("nowhere").toAbsolutePath();

        assertThat(locate(Path.of("m"))).isEqualTo(working.resolve("m"));
        assertThat(locate(absolute)).isEqualTo(absolute);
        assertThat(new Installation(working, null).locate(Path.of("m"))).isEqualTo(working.resolve("m"));
    }

    @Test
    @DisplayName("A folder near the top of the disk has fewer folders above it")
    void nearTheTop() {
        assertThat(new Installation(working, root.getRoot()).locate(Path.of("surely-not-there")))
                .isEqualTo(working.resolve("surely-not-there"));
    }

    @Test
    @DisplayName("The running program's folder is the one its classes came from")
    void running() {
        // Run from app/target/classes, so from app/target: the pom of the app is one folder up.
        assertThat(Installation.running(working).locate(Path.of("pom.xml")))
                .isEqualTo(Path.of("pom.xml").toAbsolutePath());
    }

    @Test
    @DisplayName("Every place is told, the user's own first; of an absolute path there is one")
    void places() {
        Path file = Path.of("data/mnist");

        assertThat(new Installation(working, jarFolder).places(file))
                .containsExactly(
                        working.resolve(file),
                        jarFolder.resolve(file),
                        root.resolve("opt/lenet/app").resolve(file),
                        root.resolve("opt/lenet").resolve(file));
        assertThat(new Installation(working, jarFolder).places(root.toAbsolutePath()))
                .containsExactly(root.toAbsolutePath());
    }

    private Path locate(Path path) {
        return new Installation(working, jarFolder).locate(path);
    }

    private static Path touch(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "");
    }
}
