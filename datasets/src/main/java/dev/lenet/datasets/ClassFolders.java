package dev.lenet.datasets;

import dev.lenet.api.DatasetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The folders of classes in a directory, or in its folders {@code train} and {@code test}. */
record ClassFolders(Path directory) {
    /** As labels are bytes. */
    private static final int MOST_CLASSES = 256;

    /** What macOS, Synology's and QNAP's disks, Windows, Linux and Python put where they please, without a dot before it. */
    private static final Set<String> SYSTEM_FOLDERS = Set.of(
            "__MACOSX",
            "@eaDir",
            "#recycle",
            "#snapshot",
            "@Recycle",
            "@Recently-Snapshot",
            "$RECYCLE.BIN",
            "RECYCLER",
            "System Volume Information",
            "Network Trash Folder",
            "lost+found",
            "__pycache__");

    /** Whether there are any folders, which may be those of classes. */
    boolean areThere() {
        return Files.isDirectory(directory) && list(directory).stream().anyMatch(Files::isDirectory);
    }

    /** The names of the classes' folders in order. */
    List<String> names() {
        if (!Files.isDirectory(directory)) {
            throw new DatasetException(directory + ": expected a directory with a folder of pictures for each class,"
                    + " found none. Name another directory.");
        }
        if (!isSplit()) {
            return names(of(directory));
        }
        for (Path set : List.of(train(), test())) {
            if (!Files.isDirectory(set)) {
                throw new DatasetException(set + ": expected a folder next to "
                        + (set.equals(train()) ? "test" : "train")
                        + ", found none. Add it, or move the folders of the classes one level up.");
            }
        }
        List<String> names = names(of(train()));
        List<String> tested = names(of(test()));
        if (!names.equals(tested)) {
            throw new DatasetException(test() + ": expected the folders " + names + " of train, received " + tested
                    + ". Give both the same folders.");
        }
        return names;
    }

    boolean isSplit() {
        return Files.isDirectory(train()) || Files.isDirectory(test());
    }

    Path train() {
        return directory.resolve("train");
    }

    Path test() {
        return directory.resolve("test");
    }

    static List<Path> of(Path set) {
        List<Path> folders = list(set).stream().filter(Files::isDirectory).toList();
        if (folders.size() < 2 || folders.size() > MOST_CLASSES) {
            throw new DatasetException(set + ": expected from 2 to " + MOST_CLASSES
                    + " folders, one for each class, received " + folders.size()
                    + ". Put the pictures of each class into a folder of their own.");
        }
        return folders;
    }

    private static List<String> names(List<Path> folders) {
        return folders.stream().map(FileName::of).toList();
    }

    /** The names of folders that are none of a class, except hidden ones. */
    List<String> leftOut() {
        List<Path> sets = isSplit() ? List.of(directory, train(), test()) : List.of(directory);
        return sets.stream()
                .filter(Files::isDirectory)
                .flatMap(set -> entries(set).stream())
                .map(FileName::of)
                .filter(SYSTEM_FOLDERS::contains)
                .distinct()
                .toList();
    }

    /** What is in a directory, by name, without what is hidden or a system's own. */
    static List<Path> list(Path directory) {
        return entries(directory).stream()
                .filter(entry -> !FileName.of(entry).startsWith(".") && !SYSTEM_FOLDERS.contains(FileName.of(entry)))
                .sorted(Comparator.comparing(FileName::of))
                .toList();
    }

    private static List<Path> entries(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        } catch (IOException e) {
            throw new DatasetException(
                    directory + ": cannot be read (" + e + "). Check the directory and its permissions.", e);
        }
    }
}
