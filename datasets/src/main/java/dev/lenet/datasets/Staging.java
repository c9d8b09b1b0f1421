package dev.lenet.datasets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A hidden folder inside a target folder, for files that are not yet known to be good. Closing it removes it, whatever
 * has happened, and with it every folder that was made for it and is still empty; so does the end of the program.
 *
 * <p>It is inside the target so that a file moves out of it by being renamed: in one step, on every file system.
 */
final class Staging implements AutoCloseable {
    private final List<Path> created = new ArrayList<>();
    private final Path folder;
    private final Thread atExit = new Thread(this::discard, "discard-fetched-files");

    Staging(Path directory) throws IOException {
        for (@Nullable Path path = directory.toAbsolutePath().normalize();
                path != null && !Files.exists(path);
                path = path.getParent()) {
            created.add(path);
        }
        try {
            Files.createDirectories(directory);
            folder = Files.createTempDirectory(directory, ".fetching-");
        } catch (IOException e) {
            removeCreated();
            throw e;
        }
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** A file in the hidden folder. */
    Path file(String name) {
        return folder.resolve(name);
    }

    /**
     * Moves files of the hidden folder out of it: all, or none.
     *
     * @param files where each is to be
     */
    void release(Map<Path, Path> files) throws IOException {
        List<Path> moved = new ArrayList<>();
        try {
            for (Map.Entry<Path, Path> file : files.entrySet()) {
                Files.move(file.getKey(), file.getValue(), StandardCopyOption.ATOMIC_MOVE);
                moved.add(file.getValue());
            }
        } catch (IOException e) {
            for (Path file : moved) {
                Files.deleteIfExists(file);
            }
            throw e;
        }
    }

    @Override
    public void close() {
        discard();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The program is ending: the hook has run or is about to, and finds nothing to do.
        }
    }

    private void discard() {
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(Staging::delete);
        } catch (IOException e) {
            // Already gone.
        }
        delete(folder);
        removeCreated();
    }

    private void removeCreated() {
        created.forEach(Staging::delete);
    }

    /** A folder that is not empty stays, as it should; a file that cannot be deleted is not worth hiding a cause for. */
    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            return;
        }
    }
}
