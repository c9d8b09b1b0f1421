package dev.lenet.app.storage;

import dev.lenet.api.ConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The runs there are, each a directory in {@code models/runs}. */
public final class Runs {
    /** Relative to the working directory, as users see it. */
    public static final Path ROOT = Path.of("models", "runs");

    /** Sorts as it was, and is a file name on every system. */
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd_HH-mm-ss", Locale.ROOT);

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private static final int MOST_NAMED = 10;

    private final Path root;

    /** @param workingDirectory where relative paths start */
    public Runs(Path workingDirectory) {
        this.root = workingDirectory.resolve(ROOT);
    }

    /**
     * A run that does not exist yet, or ended before its first checkpoint and is started again; nothing is created.
     *
     * @param name null for the date and time
     * @throws ConfigException if there is a checkpoint to go on from, or the name is none for a directory
     */
    public RunDirectory fresh(@Nullable String name) {
        if (name != null) {
            RunDirectory directory = directory(name);
            if (directory.hasBegun()) {
                throw new ConfigException("--run: expected the name of a new run, received '" + name
                        + "', which has a checkpoint in " + ROOT
                        + ". Use another name, or go on with that run: add --resume.");
            }
            return directory;
        }
        return RunDirectory.numbered(LocalDateTime.now(ZoneId.systemDefault()).format(DATE_TIME), root);
    }

    /**
     * A run that exists.
     *
     * @param name null for the one with a checkpoint that was worked on last
     * @throws ConfigException if there is none
     */
    public RunDirectory find(@Nullable String name) {
        List<Path> newestFirst = newestFirst();
        if (name == null) {
            return newestFirst.stream()
                    .map(path -> directory(String.valueOf(path.getFileName())))
                    .filter(RunDirectory::hasBegun)
                    .findFirst()
                    .orElseThrow(() -> new ConfigException("--resume: expected a run with a checkpoint in " + ROOT
                            + ", found none. Start one: leave --resume out."));
        }
        RunDirectory directory = directory(name);
        if (!newestFirst.contains(root.resolve(name))) {
            String there = newestFirst.isEmpty()
                    ? "none"
                    : String.join(
                            ", ",
                            newestFirst.stream()
                                    .limit(MOST_NAMED)
                                    .map(path -> String.valueOf(path.getFileName()))
                                    .toList());
            throw new ConfigException("--run: expected the name of a run in " + ROOT + ", received '" + name
                    + "'. The latest are: " + there + ".");
        }
        return directory;
    }

    /** All there are, the one that was worked on last first. */
    public List<RunDirectory> all() {
        return newestFirst().stream()
                .map(path -> new RunDirectory(String.valueOf(path.getFileName()), path))
                .toList();
    }

    /** The run that was worked on last, with a checkpoint or without. */
    public Optional<RunDirectory> latest() {
        return newestFirst().stream().findFirst().map(path -> directory(String.valueOf(path.getFileName())));
    }

    /**
     * The newest run that got to its end and was not cut short, if there is one. A run whose manifest cannot be read is not
     * chosen.
     *
     * @param dataset that it was trained on; empty for any
     */
    public Optional<RunDirectory> latestFinished(Optional<String> dataset) {
        return newestFirst().stream()
                .map(path -> new RunDirectory(String.valueOf(path.getFileName()), path))
                .filter(directory -> directory.isFinished(dataset))
                .findFirst();
    }

    private RunDirectory directory(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new ConfigException("--run: expected a name of letters, digits, dots, hyphens and underscores,"
                    + " received '" + name + "'. Use another name.");
        }
        return new RunDirectory(name, root.resolve(name));
    }

    private List<Path> newestFirst() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(root)) {
            // What was copied there by hand may be called anything.
            return paths.filter(path ->
                            NAME.matcher(String.valueOf(path.getFileName())).matches())
                    .filter(path -> Files.exists(path.resolve(RunDirectory.SETTINGS)))
                    .sorted(Comparator.comparing(Runs::lastWritten).reversed())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of a run that goes on, the progress is newer than the manifest. */
    private static FileTime lastWritten(Path run) {
        FileTime manifest = lastModified(run.resolve(RunDirectory.MANIFEST));
        FileTime progress = lastModified(run.resolve(RunDirectory.PROGRESS));
        return manifest.compareTo(progress) > 0 ? manifest : progress;
    }

    /** Long ago if there is no such file: a run that was killed before its manifest was written is the last to be meant. */
    private static FileTime lastModified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }
}
