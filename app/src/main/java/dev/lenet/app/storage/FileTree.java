package dev.lenet.app.storage;

import dev.lenet.api.LenetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory with all that is in it. Symbolic links are not followed. */
final class FileTree {
    private FileTree() {}

    /**
     * The bytes of all files.
     *
     * @param shown the directory, as users see it
     */
    static long size(Path directory, Path shown) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            throw new LenetException(shown + ": cannot be read (" + e + "). Check its permissions.", e);
        }
    }

    /** @param shown the directory, as users see it */
    static void remove(Path directory, Path shown) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new LenetException(
                    shown + ": cannot be removed (" + e + "). Check the permissions, and remove the rest by hand.", e);
        }
    }
}
