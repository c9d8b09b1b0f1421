package dev.lenet.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a target puts bytes that its reader takes from a file. */
final class Scratch {
    private static final Path FOLDER = create();

    private Scratch() {}

    private static Path create() {
        try {
            Path folder = Files.createTempDirectory("lenet-fuzz");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of that name with these bytes, in place of what was there. */
    static Path file(String name, byte[] data) {
        try {
            Path file = FOLDER.resolve(name);
            Path folder = file.resolveSibling("");
            Files.createDirectories(folder);
            Files.write(file, data);
            // Folders are created first, so they are deleted last.
            folder.toFile().deleteOnExit();
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path folder() {
        return FOLDER;
    }
}
