package dev.lenet.app.usecase;

import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the files are that came with the program, so that {@code java -jar /opt/lenet/app/target/app.jar predict 7.png}
 * finds its model from any folder.
 *
 * <p>That is for reading. What the program writes goes where the user is.
 */
public final class Installation {
    /** From the jar's folder {@code app/target} to the root, where {@code data} and {@code models} are. */
    private static final int LEVELS_UP = 2;

    private final Path workingDirectory;
    private final @Nullable Path programFolder;

    /**
     * @param workingDirectory where relative paths start
     * @param programFolder the folder the running jar is in, or null if that is unknown
     */
    public Installation(Path workingDirectory, @Nullable Path programFolder) {
        this.workingDirectory = workingDirectory;
        this.programFolder = programFolder;
    }

    /** The installation of the running program. */
    public static Installation running(Path workingDirectory) {
        @Nullable CodeSource source = Installation.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            return new Installation(workingDirectory, null);
        }
        try {
            return new Installation(
                    workingDirectory, Path.of(source.getLocation().toURI()).getParent());
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            // Loaded from something that is no file: there are no files beside it either.
            return new Installation(workingDirectory, null);
        }
    }

    /**
     * Where to read something: in the working directory if it is there, else beside the program or up to two folders
     * above it, else in the working directory all the same, for the message that it is not there.
     */
    public Path locate(Path path) {
        List<Path> places = places(path);
        return places.stream().filter(Files::exists).findFirst().orElse(places.get(0));
    }

    /** Every place where something to read may be, the first first, whether it is there or not. */
    public List<Path> places(Path path) {
        List<Path> places = new ArrayList<>();
        places.add(workingDirectory.resolve(path));
        if (!path.isAbsolute()) {
            programFolders().forEach(folder -> places.add(folder.resolve(path)));
        }
        return places;
    }

    /** Where to write something: where the user is, never where the program is. */
    public Path place(Path path) {
        return workingDirectory.resolve(path);
    }

    private List<Path> programFolders() {
        List<Path> folders = new ArrayList<>();
        @Nullable Path folder = programFolder == null ? null : programFolder.toAbsolutePath();
        for (int level = 0; level <= LEVELS_UP && folder != null; level++) {
            folders.add(folder);
            folder = folder.getParent();
        }
        return folders;
    }
}
