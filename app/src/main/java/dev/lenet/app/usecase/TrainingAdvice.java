package dev.lenet.app.usecase;

import dev.lenet.api.training.Checkpoint;
import dev.lenet.app.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What is allowed before a training, and may surprise. */
final class TrainingAdvice {
    /** Of a learning rate: less is a rounding. */
    private static final double NOTABLE = 1e-6;

    private TrainingAdvice() {}

    /** A schedule over more or fewer epochs has another rate at the step where the run goes on. A rate of the user's own is no surprise. */
    static Optional<String> changedRate(Config begun, Config now, Checkpoint checkpoint) {
        long step = checkpoint.step();
        double before = rate(begun, checkpoint);
        double after = rate(now, checkpoint);
        if (begun.training().rate() != now.training().rate() || Math.abs(after - before) <= NOTABLE * before) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "--resume: the learning rate jumps at step %d from %.3g to %.3g, as its schedule now runs over %d epochs in"
                        + " place of %d. For a run without a jump begin anew with --epochs %d.",
                step,
                before,
                after,
                now.training().epochs(),
                begun.training().epochs(),
                now.training().epochs()));
    }

    private static double rate(Config config, Checkpoint checkpoint) {
        long steps = (long) config.training().epochs() * checkpoint.position().stepsPerEpoch();
        return config.training().rate() * config.training().toSchedule().factor(checkpoint.step(), steps);
    }

    /** TensorBoard takes the event files of one folder for one run. */
    static Optional<String> sharedFolder(Path folder, Path shown, String run) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> String.valueOf(file.getFileName()).startsWith("events.out.tfevents."))
                    ? Optional.of("--tensorboard: " + shown
                            + " has event files of another run, and TensorBoard draws all in"
                            + " one folder as one run. A folder for this one: --tensorboard " + shown.resolve(run))
                    : Optional.empty();
        } catch (IOException e) {
            // It is not there yet; what else may be wrong is said when it is written to.
            return Optional.empty();
        }
    }
}
