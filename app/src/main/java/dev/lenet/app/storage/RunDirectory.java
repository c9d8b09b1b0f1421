package dev.lenet.app.storage;

import dev.lenet.api.ConfigException;
import dev.lenet.api.LenetException;
import dev.lenet.api.ModelFormatException;
import dev.lenet.api.model.AtomicFile;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.Network;
import dev.lenet.api.training.Checkpoint;
import dev.lenet.api.training.CheckpointStore;
import dev.lenet.api.training.EpochReport;
import dev.lenet.app.config.Config;
import dev.lenet.app.config.ConfigLoader;
import dev.lenet.app.config.LoadedConfig;
import dev.lenet.report.TrainingHistory.Epoch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one run leaves behind, each file written whole or not at all:
 *
 * <ul>
 *   <li>{@code config.yaml}: every setting
 *   <li>{@code manifest.json}: what it ran on and with, its status, its results
 *   <li>{@code history.csv}, {@code history.json}: a row for each epoch
 *   <li>{@code progress.json}: how far it is, about every second, for who watches it; see {@link ProgressFile}
 *   <li>{@code model.safetensors}: the trained model, if it got to its end
 *   <li>{@code report.html} and the pictures beside it, if it got to its end
 *   <li>{@code teachers/N.safetensors}, if it has teachers; while one is in training, its checkpoints in {@code teachers/N}
 *   <li>{@code checkpoint.safetensors} and {@code checkpoint.previous.safetensors}: where to go on
 * </ul>
 */
public final class RunDirectory {
    public static final String MODEL = "model.safetensors";
    public static final String SETTINGS = "config.yaml";
    public static final String MANIFEST = "manifest.json";
    public static final String PROGRESS = "progress.json";
    public static final String HISTORY = "history.json";

    private static final int MOST_NUMBERS = 1000;

    private String name;
    private Path path;
    private final boolean there;
    private CheckpointStore checkpoints;
    /** Whether another name is as good, where this one is taken before the directory is made. */
    private boolean renamable;

    private @Nullable RunLock lock;

    public RunDirectory(String name, Path path) {
        this.name = name;
        this.path = path;
        this.there = Files.isDirectory(path);
        this.checkpoints = new CheckpointStore(path);
    }

    /** A directory that does not exist, of a name or, where that is taken, of the name and a number. */
    static RunDirectory numbered(String name, Path root) {
        RunDirectory directory = new RunDirectory(name, root.resolve(name));
        for (int i = 2; directory.there; i++) {
            directory = new RunDirectory(name + "-" + i, root.resolve(name + "-" + i));
        }
        directory.renamable = true;
        return directory;
    }

    /** Of one that was not named by the user, it is certain once it is open. */
    public String name() {
        return name;
    }

    /** As users see it. */
    public Path shown() {
        return Runs.ROOT.resolve(name);
    }

    /** The file with the run's settings. */
    public Path settings() {
        return path.resolve(SETTINGS).toAbsolutePath();
    }

    /**
     * Before the first file is written: makes the directory, or removes from the one that was there what killed runs left of
     * files they were writing. Until it is closed no other training can open it.
     *
     * @throws LenetException if it has just been made by another training, or it cannot be made
     * @throws ConfigException if another training works in it
     */
    public void open() {
        if (there) {
            lock = RunLock.of(path, shown());
            AtomicFile.removeLeftovers(path);
            if (Files.isDirectory(teachers())) {
                AtomicFile.removeLeftovers(teachers());
            }
            return;
        }
        try {
            Files.createDirectories(path.getParent());
            create();
            lock = RunLock.of(path, shown());
        } catch (IOException e) {
            throw new LenetException(
                    path + ": cannot be created (" + e + "). Check the permissions, or start in another directory.", e);
        }
    }

    private void create() throws IOException {
        String first = name;
        for (int i = 2; ; i++) {
            try {
                Files.createDirectory(path);
                return;
            } catch (FileAlreadyExistsException e) {
                // Another training began in the same second.
                if (!renamable || i > MOST_NUMBERS) {
                    throw e;
                }
                name = first + "-" + i;
                path = path.resolveSibling(name);
                checkpoints = new CheckpointStore(path);
            }
        }
    }

    public void close() {
        if (lock != null) {
            lock.close();
        }
    }

    /** The run's own settings. */
    public Config config() {
        return loaded().config();
    }

    /** The run's own settings, each as it is written. */
    public LoadedConfig loaded() {
        return ConfigLoader.load(settings(), path, List.of());
    }

    /** All its files, in bytes. */
    public long size() {
        return FileTree.size(path, shown());
    }

    /**
     * Removes it with all its files; of a symbolic link the link alone.
     *
     * @throws ConfigException if a training works in it
     */
    public void remove() {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            RunLock.of(path, shown()).close();
        }
        FileTree.remove(path, shown());
    }

    /** Its model, if it got to its end. */
    public Path model() {
        return path.resolve(MODEL);
    }

    /** The same, as users see it. */
    public Path shownModel() {
        return shown().resolve(MODEL);
    }

    public void writeSettings(String yaml) {
        write(SETTINGS, yaml);
    }

    /** Where it is told how far the run is. */
    public Path progress() {
        return path.resolve(PROGRESS);
    }

    /** How far the run is, as it was told last; empty if it never was, or not so that it can be read. */
    public Optional<Progress> latestProgress() {
        try {
            return Optional.ofNullable(read(PROGRESS))
                    .map(text ->
                            RunJson.read(text, Progress.class, shown().resolve(PROGRESS), "the progress of a run"));
        } catch (ModelFormatException e) {
            // It is for watching only, and may be older than the program.
            return Optional.empty();
        }
    }

    /**
     * A row for each epoch that has ended.
     *
     * @throws ModelFormatException if its file holds something else
     */
    public List<Epoch> history() {
        @Nullable String text = read(HISTORY);
        return text == null
                ? List.of()
                : List.of(RunJson.read(text, Epoch[].class, shown().resolve(HISTORY), "a row for each epoch"));
    }

    /** The text of one of its files; null if it is not there. */
    @Nullable
    public String read(String file) {
        try {
            Path there = path.resolve(file);
            return Files.exists(there) ? Files.readString(there) : null;
        } catch (IOException e) {
            throw new ModelFormatException(
                    shown().resolve(file) + ": cannot be read (" + e + "). Check its permissions, or restore it.", e);
        }
    }

    /**
     * The manifest there is, empty if there is none.
     *
     * @throws ModelFormatException if its file holds something else
     */
    public Optional<Manifest> manifest() {
        return Optional.ofNullable(read(MANIFEST)).map(text -> Manifest.read(text, shown().resolve(MANIFEST)));
    }

    /**
     * As its manifest says; {@code starting} before there is one, and {@code killed} if it says that the run goes on and the
     * process is not there any more.
     *
     * @throws ModelFormatException if the manifest holds something else
     */
    public String status() {
        Optional<Manifest> manifest = manifest();
        if (manifest.isEmpty()) {
            return "starting";
        }
        Manifest.Status status = manifest.get().status();
        boolean killed = status == Manifest.Status.RUNNING
                && latestProgress()
                        .map(progress -> !ProcessHandle.of(progress.process())
                                .map(ProcessHandle::isAlive)
                                .orElse(false))
                        .orElse(false);
        return killed ? "killed" : RunJson.tree(status).getAsString();
    }

    public void writeManifest(Manifest manifest) {
        write(MANIFEST, RunJson.page(manifest));
    }

    /**
     * Whether it was completed, not cut short, and has its model. False if its manifest cannot be read.
     *
     * @param dataset that it has to be trained on; empty for any
     */
    public boolean isFinished(Optional<String> dataset) {
        try {
            return Files.exists(model())
                    && manifest()
                            .filter(Manifest::ranItsCourse)
                            .filter(found ->
                                    dataset.map(found.data().dataset()::equals).orElse(true))
                            .isPresent();
        } catch (ModelFormatException e) {
            return false;
        }
    }

    /** @throws ConfigException if it has no results */
    public void checkHasResults() {
        if (manifest().map(Manifest::results).isEmpty()) {
            throw new ConfigException("--run: expected a run that got to its end, received '" + name
                    + "', which has no results. Go on with it: train --resume --run " + name + ".");
        }
    }

    /** Keeps a checkpoint, and the history up to it. */
    public void save(Checkpoint checkpoint) {
        checkpoints.save(checkpoint);
        writeHistory(checkpoint.history());
    }

    /** Of its own network; one whose teachers are in training has none yet. */
    public boolean hasCheckpoint() {
        return !checkpoints.isEmpty();
    }

    /** Whether there is anything to go on from. */
    public boolean hasBegun() {
        return hasCheckpoint() || Files.isDirectory(teachers());
    }

    private Path teachers() {
        return path.resolve("teachers");
    }

    private Path teacherFile(int teacher) {
        return teachers().resolve(teacher + ".safetensors");
    }

    /** Where a teacher's training goes on. */
    public CheckpointStore teacherCheckpoints(int teacher) {
        return new CheckpointStore(teachers().resolve(String.valueOf(teacher)));
    }

    /** A teacher that is ready. */
    public Optional<ModelFile> teacher(int teacher, Network network) {
        Path file = teacherFile(teacher);
        return Files.exists(file) ? Optional.of(ModelFile.read(file, List.of(network))) : Optional.empty();
    }

    /** Keeps a teacher that is ready; its checkpoints are not needed any more. */
    public void keepTeacher(int teacher, ModelFile model) {
        model.write(teacherFile(teacher));
        teacherCheckpoints(teacher).clear();
    }

    /**
     * @throws ModelFormatException if there is none to go on from
     */
    public CheckpointStore.Found latest() {
        if (!hasCheckpoint()) {
            throw new ModelFormatException(
                    shown() + ": expected a checkpoint to go on from, found none: the run ended before its first one."
                            + " Start it again: leave --resume out.");
        }
        return checkpoints.latest();
    }

    public void writeHistory(List<EpochReport> history) {
        List<Epoch> rows = history.stream().map(Epoch::of).toList();
        write(HISTORY, RunJson.page(rows));
        write("history.csv", RunJson.csv(Epoch.class, rows));
    }

    private void write(String file, String text) {
        AtomicFile.write(path.resolve(file), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
