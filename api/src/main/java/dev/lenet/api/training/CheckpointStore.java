package dev.lenet.api.training;

import dev.lenet.api.LenetException;
import dev.lenet.api.ModelFormatException;
import dev.lenet.api.engine.TrainerState;
import dev.lenet.api.inference.Evaluation;
import dev.lenet.api.model.AtomicFile;
import dev.lenet.api.model.StateFile;
import dev.lenet.api.network.Weights;
import dev.lenet.api.training.Checkpoint.Best;
import dev.lenet.api.training.Checkpoint.Partial;
import dev.lenet.api.training.Checkpoint.Position;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The two newest checkpoints of a run, in a directory: {@code checkpoint.safetensors}, and the one before it as
 * {@code checkpoint.previous.safetensors}.
 *
 * <p>Both are written whole or not at all, so that a run that is killed at any moment can be continued. The older one is
 * for what no care in writing prevents: a disk that loses a block, or a file that is edited.
 */
public final class CheckpointStore {
    private static final String STATE = "state/";
    private static final String BEST = "best/";
    private static final String WEIGHTS = "weights";

    private final Path newest;
    private final Path previous;

    /** Whether the newest is one that this store wrote, so that it may well be kept as the one before. */
    private boolean own;

    /**
     * @param directory made by {@link #save} if it is not there
     */
    public CheckpointStore(Path directory) {
        this.newest = directory.resolve("checkpoint.safetensors");
        this.previous = directory.resolve("checkpoint.previous.safetensors");
    }

    /**
     * A checkpoint that was found.
     *
     * @param problem what is wrong with the newest one, if this is the one before it; a sentence for the user
     */
    public record Found(Checkpoint checkpoint, @Nullable String problem) {}

    /** Whether there is anything to read. */
    public boolean isEmpty() {
        return !Files.exists(newest) && !Files.exists(previous);
    }

    /**
     * Deletes what there is, and the directory if nothing else is in it.
     *
     * @throws LenetException if it cannot be deleted
     */
    public void clear() {
        Path directory = newest.toAbsolutePath().getParent();
        own = false;
        try {
            Files.deleteIfExists(newest);
            Files.deleteIfExists(previous);
            if (directory != null && Files.isDirectory(directory)) {
                AtomicFile.removeLeftovers(directory);
                Files.delete(directory);
            }
        } catch (DirectoryNotEmptyException e) {
            // Something else is kept there.
            return;
        } catch (IOException e) {
            throw new LenetException(directory + ": cannot be deleted (" + e + "). Check its permissions.", e);
        }
    }

    /**
     * Writes the newest checkpoint; the one that was it becomes the previous one, unless it is damaged: then the previous
     * one, which the run may have gone on from, stays.
     *
     * @throws LenetException if it cannot be written
     */
    public void save(Checkpoint checkpoint) {
        Map<String, Weights> groups = new LinkedHashMap<>();
        put(groups, STATE, checkpoint.state());
        CheckpointTexts texts = new CheckpointTexts(Map.of());
        texts.put("step", checkpoint.step());
        texts.put("seed", checkpoint.position().seed());
        texts.put("batch_size", checkpoint.position().batchSize());
        texts.put("shuffle", checkpoint.position().shuffle());
        texts.put("examples", checkpoint.position().examples());
        texts.put("average_decay", checkpoint.position().averageDecay());
        texts.put("partial.examples", checkpoint.partial().examples());
        texts.put("partial.loss_sum", checkpoint.partial().lossSum());
        texts.put("partial.seconds", checkpoint.partial().seconds());
        texts.put("epochs", checkpoint.history().size());
        checkpoint.history().forEach(report -> put(texts, report));
        @Nullable Best best = checkpoint.best();
        if (best != null) {
            put(groups, BEST, best.state());
            texts.put("best.epoch", best.epoch());
            texts.put("best.loss", best.loss());
            texts.put("best.step", best.state().step());
        }
        StateFile file = new StateFile(checkpoint.network(), groups, texts.all());
        if (own || isWhole(newest)) {
            file.writeKeeping(previous, newest);
        } else {
            file.write(newest);
        }
        own = true;
    }

    private static boolean isWhole(Path file) {
        try {
            read(file);
            return true;
        } catch (ModelFormatException e) {
            return false;
        }
    }

    /**
     * The newest checkpoint, or the one before it if that is damaged or gone.
     *
     * @throws ModelFormatException if neither can be read
     */
    public Found latest() {
        try {
            return new Found(read(newest), null);
        } catch (ModelFormatException e) {
            if (!Files.exists(previous)) {
                throw e;
            }
            try {
                return new Found(read(previous), e.getMessage());
            } catch (ModelFormatException another) {
                throw new ModelFormatException(e.getMessage() + " The one before it: " + another.getMessage(), another);
            }
        }
    }

    /**
     * One file of a store.
     *
     * @throws ModelFormatException if it is missing, damaged, or no checkpoint
     */
    public static Checkpoint read(Path file) {
        StateFile content = StateFile.read(file);
        try {
            return checkpoint(content);
        } catch (ModelFormatException e) {
            throw new ModelFormatException(file + ": " + e.getMessage(), e);
        }
    }

    private static Checkpoint checkpoint(StateFile content) {
        CheckpointTexts texts = new CheckpointTexts(content.texts());
        Map<String, Weights> groups = new TreeMap<>(content.groups());
        TrainerState state = state(groups, STATE, texts.whole("step", 0, Long.MAX_VALUE));
        Position position = new Position(
                texts.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE),
                texts.count("batch_size"),
                texts.flag("shuffle"),
                texts.count("examples"),
                texts.number("average_decay"));
        Partial partial = new Partial(
                texts.whole("partial.examples", 0, Long.MAX_VALUE),
                texts.number("partial.loss_sum"),
                texts.number("partial.seconds"));
        // Not the number that is promised, which may be any, but as many as there are.
        List<EpochReport> history = new ArrayList<>();
        int epochs = texts.count("epochs");
        while (history.size() < epochs) {
            history.add(report(texts, history.size() + 1));
        }
        @Nullable Best best = null;
        if (texts.has("best.epoch")) {
            TrainerState bestState = state(groups, BEST, texts.whole("best.step", 0, Long.MAX_VALUE));
            best = new Best(texts.count("best.epoch"), texts.number("best.loss"), bestState);
        }
        texts.end();
        if (!groups.isEmpty()) {
            throw new ModelFormatException("tensors: expected those of a checkpoint, received " + groups.size()
                    + " groups more. Continue from another checkpoint.");
        }
        return new Checkpoint(content.network(), state, position, partial, history, best);
    }

    private static void put(Map<String, Weights> groups, String prefix, TrainerState state) {
        groups.put(prefix + WEIGHTS, state.weights());
        // Sorted, so that equal checkpoints are equal files: the map of slots has no order.
        new TreeMap<>(state.slots()).forEach((slot, values) -> groups.put(prefix + slot, values));
    }

    /** Takes what belongs to the state out of the groups. */
    private static TrainerState state(Map<String, Weights> groups, String prefix, long step) {
        @Nullable Weights weights = groups.remove(prefix + WEIGHTS);
        if (weights == null) {
            throw new ModelFormatException("tensors: expected some under " + prefix + WEIGHTS
                    + ", received none. Continue from another checkpoint.");
        }
        Map<String, Weights> slots = new TreeMap<>();
        groups.forEach((name, values) -> {
            if (name.startsWith(prefix)) {
                slots.put(name.substring(prefix.length()), values);
            }
        });
        slots.keySet().forEach(slot -> groups.remove(prefix + slot));
        return new TrainerState(step, weights, slots);
    }

    private static void put(CheckpointTexts texts, EpochReport report) {
        String epoch = "epoch." + report.epoch() + ".";
        texts.put(epoch + "seconds", report.seconds());
        texts.put(epoch + "examples", report.examples());
        texts.put(epoch + "training_loss", report.trainingLoss());
        @Nullable Evaluation validation = report.validation();
        if (validation != null) {
            texts.put(epoch + "validation.count", validation.count());
            texts.put(epoch + "validation.loss", validation.loss());
            texts.put(epoch + "validation.confusion", validation.confusion());
        }
    }

    private static EpochReport report(CheckpointTexts texts, int number) {
        String epoch = "epoch." + number + ".";
        @Nullable Evaluation validation = null;
        if (texts.has(epoch + "validation.count")) {
            validation = new Evaluation(
                    texts.count(epoch + "validation.count"),
                    texts.number(epoch + "validation.loss"),
                    texts.matrix(epoch + "validation.confusion"));
        }
        return new EpochReport(
                number,
                texts.number(epoch + "seconds"),
                texts.whole(epoch + "examples", 1, Long.MAX_VALUE),
                texts.number(epoch + "training_loss"),
                validation);
    }
}
