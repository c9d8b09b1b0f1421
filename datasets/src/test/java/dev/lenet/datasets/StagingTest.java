package dev.lenet.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Files on their way in leave all or nothing")
class StagingTest {
    @TempDir
    Path root = Path.of("");

    @Test
    @DisplayName("Closing removes the files, and the folders that were made for them")
    void closes() throws IOException {
        Path folder = root.resolve("a/b/c");
        try (Staging staging = new Staging(folder)) {
            Files.writeString(staging.file("x"), "half");
            assertThat(staging.file("x")).startsWith(folder).isRegularFile();
        }
        assertThat(root).isEmptyDirectory();
    }

    @Test
    @DisplayName("Folders that were there stay, with what is in them")
    void keepsWhatWasThere() throws IOException {
        Path folder = Files.createDirectories(root.resolve("a/b"));
        Files.writeString(folder.resolve("mine"), "1");
        try (Staging staging = new Staging(folder)) {
            Files.writeString(staging.file("x"), "2");
        }
        assertThat(folder).isDirectoryContaining("glob:**/mine").isDirectoryNotContaining("glob:**/.fetching-*");
    }

    @Test
    @DisplayName("Released files stay")
    void releases() throws IOException {
        Path folder = root.resolve("new");
        try (Staging staging = new Staging(folder)) {
            staging.release(Map.of(Files.writeString(staging.file("x"), "whole"), folder.resolve("x")));
        }
        assertThat(folder.resolve("x")).hasContent("whole");
        assertThat(folder.toFile().list()).containsExactly("x");
    }

    @Test
    @DisplayName("If one file cannot be released, those before it are taken back")
    void releasesAllOrNone() throws IOException {
        Path occupied = Files.createDirectories(root.resolve("y/occupied"));
        try (Staging staging = new Staging(root)) {
            Map<Path, Path> moves = new LinkedHashMap<>();
            moves.put(Files.writeString(staging.file("x"), "1"), root.resolve("x"));
            moves.put(Files.writeString(staging.file("y"), "2"), root.resolve("y"));
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> staging.release(moves));
        }
        assertThat(root.resolve("x")).doesNotExist();
        assertThat(occupied).exists();
        assertThat(root.toFile().list()).containsExactly("y");
    }
}
