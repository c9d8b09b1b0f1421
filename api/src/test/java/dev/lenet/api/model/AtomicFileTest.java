package dev.lenet.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lenet.api.LenetException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    private final Path directory;

    AtomicFileTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void writesTheContentAndNothingElse() throws IOException {
        AtomicFile.write(directory.resolve("model"), out -> out.write(bytes("new")));

        assertThat(names(directory)).containsExactly("model");
        assertThat(directory.resolve("model")).hasContent("new");
    }

    @Test
    void createsTheDirectoriesAboveTheFile() {
        Path file = directory.resolve("a/b/model");

        AtomicFile.write(file, out -> out.write(bytes("new")));

        assertThat(file).hasContent("new");
    }

    @Test
    void replacesAnExistingFileEvenByAShorterOne() throws IOException {
        Path file = Files.writeString(directory.resolve("model"), "a much longer old content");

        AtomicFile.write(file, out -> out.write(bytes("new")));

        assertThat(file).hasContent("new");
    }

    @Test
    void leavesTheOldFileAndNoTemporaryOneWhenTheDiskFillsUpMidway() throws IOException {
        Path file = Files.writeString(directory.resolve("model"), "old");

        assertThatThrownBy(() -> AtomicFile.write(file, out -> {
                    out.write(new byte[200_000]);
                    throw new IOException("No space left on device");
                }))
                .isExactlyInstanceOf(LenetException.class)
                .hasMessage(file + ": cannot be written (java.io.IOException: No space left on device)."
                        + " Check the permissions and the free space.");

        assertThat(file).hasContent("old");
        assertThat(names(directory)).containsExactly("model");
    }

    @Test
    void passesAFailureOfTheContentThroughAndLeavesTheOldFile() throws IOException {
        Path file = Files.writeString(directory.resolve("model"), "old");
        IllegalStateException failure = new IllegalStateException("closed");

        assertThatThrownBy(() -> AtomicFile.write(file, out -> {
                    out.write(1);
                    throw failure;
                }))
                .isSameAs(failure);

        assertThat(file).hasContent("old");
        assertThat(names(directory)).containsExactly("model");
    }

    @Test
    void theOldFileIsCompleteUntilTheNewOneIs() throws IOException {
        Path file = Files.writeString(directory.resolve("model"), "old");

        AtomicFile.write(file, out -> {
            out.write(bytes("new"));
            out.flush();
            assertThat(file).hasContent("old");
        });

        assertThat(file).hasContent("new");
    }

    @Test
    void keepsTheReplacedFileOnceTheNewOneIsComplete() throws IOException {
        Path file = directory.resolve("model");
        Path previous = directory.resolve("previous");
        AtomicFile.writeKeeping(previous, file, out -> out.write(bytes("1")));
        assertThat(previous).doesNotExist();
        AtomicFile.writeKeeping(previous, file, out -> out.write(bytes("2")));

        AtomicFile.writeKeeping(previous, file, out -> {
            out.write(bytes("3"));
            out.flush();
            assertThat(file).hasContent("2");
            assertThat(previous).hasContent("1");
        });

        assertThat(file).hasContent("3");
        assertThat(previous).hasContent("2");
        assertThat(names(directory)).containsExactlyInAnyOrder("model", "previous");
    }

    @Test
    void keepsBothFilesWhereTheContentFails() throws IOException {
        Path file = Files.writeString(directory.resolve("model"), "2");
        Path previous = Files.writeString(directory.resolve("previous"), "1");

        assertThatThrownBy(() -> AtomicFile.writeKeeping(previous, file, out -> {
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(LenetException.class);

        assertThat(file).hasContent("2");
        assertThat(previous).hasContent("1");
        assertThat(names(directory)).containsExactlyInAnyOrder("model", "previous");
    }

    @Test
    void givesTheFileThePermissionsOfAnyNewFile() throws IOException {
        Set<PosixFilePermission> usual =
                Files.getPosixFilePermissions(Files.writeString(directory.resolve("other"), ""));

        AtomicFile.write(directory.resolve("model"), out -> out.write(1));

        assertThat(Files.getPosixFilePermissions(directory.resolve("model"))).isEqualTo(usual);
    }

    @Test
    void refusesADirectory() {
        assertThatThrownBy(() -> AtomicFile.write(directory, out -> out.write(1)))
                .isInstanceOf(LenetException.class)
                .hasMessage(directory + ": expected the name of a file to write, received a directory."
                        + " Name a file in it.");
    }

    @Test
    void refusesASymbolicLinkAndLeavesWhatItLeadsTo() throws IOException {
        Path target = Files.writeString(directory.resolve("target"), "old");
        Path link = Files.createSymbolicLink(directory.resolve("link"), target);

        assertThatThrownBy(() -> AtomicFile.write(link, out -> out.write(1)))
                .isInstanceOf(LenetException.class)
                .hasMessage(link + ": expected a file or nothing at this place, received a symbolic link."
                        + " Name the file it leads to, or remove the link.");

        assertThat(target).hasContent("old");
        assertThat(link).isSymbolicLink();
    }

    @Test
    void refusesASymbolicLinkThatLeadsNowhere() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("nowhere"));

        assertThatThrownBy(() -> AtomicFile.write(link, out -> out.write(1)))
                .isInstanceOf(LenetException.class)
                .hasMessageContaining("received a symbolic link");

        assertThat(directory.resolve("nowhere")).doesNotExist();
    }

    @Test
    void refusesADeviceOrPipe() throws Exception {
        Path pipe = directory.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);

        assertThatThrownBy(() -> AtomicFile.write(pipe, out -> out.write(1)))
                .isInstanceOf(LenetException.class)
                .hasMessage(pipe + ": expected a file or nothing at this place, received a device, pipe or socket."
                        + " It would be replaced; name a file.");

        assertThat(Files.readAttributes(pipe, BasicFileAttributes.class).isOther())
                .isTrue();
    }

    @Test
    void refusesAReadOnlyFile() throws IOException {
        Path file = Files.writeString(directory.resolve("model"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));

        assertThatThrownBy(() -> AtomicFile.write(file, out -> out.write(1)))
                .isInstanceOf(LenetException.class)
                .hasMessage(file + ": expected a file that may be replaced, received one that is read-only."
                        + " Make it writable, or name another file.");

        assertThat(file).hasContent("old");
    }

    @Test
    void theNextWriteRemovesWhatAKilledOneLeftAndNotWhatIsBeingWritten() throws IOException {
        Path left = directory.resolve(".lenet-00000000-0000-4000-8000-000000000000.tmp");
        Files.writeString(left, "part");
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minusSeconds(60)));

        AtomicFile.write(directory.resolve("one"), out -> {
            assertThat(left).doesNotExist();
            for (String name : names(directory)) {
                Files.setLastModifiedTime(
                        directory.resolve(name), FileTime.from(Instant.now().minusSeconds(60)));
            }
            AtomicFile.write(directory.resolve("other"), inner -> inner.write(bytes("2")));
            out.write(bytes("1"));
        });

        assertThat(directory.resolve("one")).hasContent("1");
        assertThat(names(directory)).containsExactlyInAnyOrder("one", "other");
    }

    @Test
    void saysSoWhenAFileStandsWhereADirectoryIsNeeded() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "old").resolve("model");

        assertThatThrownBy(() -> AtomicFile.write(file, out -> out.write(1)))
                .isInstanceOf(LenetException.class)
                .hasMessage(file + ": expected a directory that can be written to, received " + file.getParent()
                        + ". Check its permissions, or choose another place.");
    }

    @Test
    void checkingBeforehandRefusesWhatWritingWouldAndChangesNothing() throws IOException {
        AtomicFile.check(directory.resolve("new/deep/model"));
        assertThat(names(directory)).isEmpty();

        Files.createDirectory(directory.resolve("taken"));
        assertThatThrownBy(() -> AtomicFile.check(directory.resolve("taken")))
                .isInstanceOf(LenetException.class)
                .hasMessageContaining("received a directory");
    }

    @Test
    void removesWhatKilledWritersLeftAndNothingElse() throws IOException {
        String[] others = {
            "model", ".lenet-1.tmp", ".lenet-mine.tmp", "lenet.tmp", "00000000-0000-4000-8000-000000000000"
        };
        for (String other : others) {
            Files.writeString(directory.resolve(other), "mine");
        }
        Files.createDirectory(directory.resolve(".lenet-00000000-0000-4000-8000-000000000000.tmp"));
        Files.writeString(directory.resolve(".lenet-d9428888-122b-4e1b-b85c-61a4ab1f2c7e.tmp"), "half");

        AtomicFile.removeLeftovers(directory);

        assertThat(names(directory))
                .contains(others)
                .contains(".lenet-00000000-0000-4000-8000-000000000000.tmp")
                .hasSize(others.length + 1);
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
