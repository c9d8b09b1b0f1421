package dev.lenet.app.storage;

import com.google.gson.annotations.SerializedName;
import dev.lenet.api.ModelFormatException;
import dev.lenet.app.storage.RequiredComponents.Missable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code manifest.json} says: all that one has to know to repeat a run, and what came out.
 *
 * @param format of the file; null in those that were written before it had a number, which say the same
 * @param version of the program
 * @param parameters of the network
 * @param sessions every start, the first and each {@code --resume}
 * @param results null until it got to its end
 * @param written when, in ISO 8601
 */
public record Manifest(
        @Nullable Integer format,
        String run,
        Status status,
        String version,
        long seed,
        int parameters,
        Data data,
        List<Session> sessions,
        @Missable @Nullable Results results,
        String written) {

    /** The format that this program writes. */
    public static final int FORMAT = 1;

    /** What became of a run. */
    public enum Status {
        @SerializedName("running")
        RUNNING,
        @SerializedName("interrupted")
        INTERRUPTED,
        @SerializedName("diverged")
        DIVERGED,
        @SerializedName("failed")
        FAILED,
        @SerializedName("complete")
        COMPLETE
    }

    /**
     * What it learns from.
     *
     * @param dataset name of the kind, for example {@code mnist}
     * @param training number of images, as {@code validation} and {@code test}
     * @param sha256 of the parts they were read from
     */
    public record Data(
            String dataset,
            String directory,
            double mean,
            double std,
            int training,
            int validation,
            int test,
            Map<String, String> sha256) {}

    /** What it ran on, from which step. */
    public record Session(
            String started,
            long fromStep,
            String engine,
            String device,
            String detail,
            String java,
            String jvm,
            String system) {}

    /**
     * What came out.
     *
     * @param ending {@code completed}, {@code early_stopping} or {@code max_steps}
     * @param bestEpoch whose weights the model has; 0 if it has those of the last step
     * @param model its file, as the user named it or in the run's directory
     */
    public record Results(
            String ending,
            long steps,
            int epochs,
            int bestEpoch,
            double testAccuracy,
            double testLoss,
            String model,
            double secondsOfLastSession) {}

    /**
     * @param shown the file, as users see it
     * @throws ModelFormatException if the text is no manifest, or a later version's
     */
    public static Manifest read(String text, Path shown) {
        Manifest manifest = RunJson.read(text, Manifest.class, shown, "the manifest of a run");
        if (manifest.format != null && manifest.format > FORMAT) {
            throw new ModelFormatException(shown + ": expected a manifest of format " + FORMAT + " or less, received "
                    + manifest.format + ", of a later version. Use that version, or start a new run.");
        }
        return manifest;
    }

    /** Whether it got to its end, and the end was not a limit of steps. */
    public boolean ranItsCourse() {
        return status == Status.COMPLETE && results != null && !results.ending.equals("max_steps");
    }

    public Manifest with(Status newStatus, @Nullable Results newResults, String now) {
        return new Manifest(FORMAT, run, newStatus, version, seed, parameters, data, sessions, newResults, now);
    }
}
