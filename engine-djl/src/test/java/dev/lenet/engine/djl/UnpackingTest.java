package dev.lenet.engine.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackingTest {
    private static final Map<String, String> RESOURCES = Map.of("one.so", "cpu/one.so", "two.so", "cpu/two.so");

    @TempDir
    private Path root = Path.of("");

    private Path folder = Path.of("");
    private URLClassLoader loader = new URLClassLoader(new URL[0]);

    @BeforeEach
    void resources() throws IOException {
        Path cpu = Files.createDirectories(root.resolve("classpath/cpu"));
        Files.writeString(cpu.resolve("one.so"), "first library");
        Files.writeString(cpu.resolve("two.so"), "second library");
        loader =
                new URLClassLoader(new URL[] {root.resolve("classpath/").toUri().toURL()}, null);
        folder = root.resolve("cache/1.0-cpu");
    }

    @AfterEach
    void close() throws IOException {
        loader.close();
    }

    private void ensure() throws IOException {
        new Unpacking(loader).ensure(folder, RESOURCES, null);
    }

    private void isWhole() throws IOException {
        assertThat(folder.resolve("one.so")).hasContent("first library");
        assertThat(folder.resolve("two.so")).hasContent("second library");
        try (Stream<Path> files = Files.list(root.resolve("cache"))) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .containsExactlyInAnyOrder("1.0-cpu", "unpacking.lock");
        }
    }

    @Test
    void whatIsNotThereIsUnpacked() throws IOException {
        ensure();

        isWhole();
    }

    @Test
    void whatIsWholeStaysWithWhatOthersPutThere() throws IOException {
        ensure();
        Path other = Files.writeString(folder.resolve("other"), "of DJL");

        ensure();

        assertThat(other).exists();
    }

    @Test
    void aMissingLibraryIsUnpackedAgain() throws IOException {
        ensure();
        Files.delete(folder.resolve("two.so"));

        ensure();

        isWhole();
    }

    @Test
    void aCutOffLibraryIsUnpackedAgain() throws IOException {
        ensure();
        Files.writeString(folder.resolve("one.so"), "first");

        ensure();

        isWhole();
    }

    @Test
    void whatAKilledProcessLeftIsRemoved() throws IOException {
        Path left = Files.createDirectories(root.resolve("cache/unpacking123"));
        Files.writeString(left.resolve("one.so"), "fir");

        ensure();

        isWhole();
    }

    @Test
    void aFailureLeavesNothing() throws IOException {
        assertThatThrownBy(() -> new Unpacking(loader).ensure(folder, Map.of("one.so", "cpu/three.so"), null))
                .isInstanceOf(IOException.class)
                .hasMessage("cpu/three.so is not on the class path");

        assertThat(folder).doesNotExist();
    }
}
