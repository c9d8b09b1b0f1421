package dev.lenet.app.storage;

import dev.lenet.api.DatasetException;
import dev.lenet.api.LenetException;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.engine.EngineDescription;
import dev.lenet.api.inference.Evaluation;
import dev.lenet.api.training.TrainingResult;
import dev.lenet.app.storage.Manifest.Status;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps the {@code manifest.json} of a run while it is trained. */
public final class RunManifest {
    private final RunDirectory directory;
    private @Nullable Manifest content;

    private RunManifest(RunDirectory directory, @Nullable Manifest content) {
        this.directory = directory;
        this.content = content;
    }

    /** The manifest of a run that starts; one that is there already is replaced. */
    public static RunManifest fresh(RunDirectory directory) {
        return new RunManifest(directory, null);
    }

    /** The manifest of a run that goes on. */
    public static RunManifest of(RunDirectory directory) {
        return new RunManifest(directory, directory.manifest().orElse(null));
    }

    /**
     * @param sha256 of the data files there are now
     * @param normalization that makes inputs of their pixels now
     * @throws DatasetException if the run was begun with others
     */
    public void checkData(Map<String, String> sha256, Normalization normalization) {
        if (content != null) {
            Manifest.Data begun = content.data();
            check("data", new TreeMap<>(begun.sha256()), new TreeMap<>(sha256), "Restore the data");
            check("data.mean", begun.mean(), normalization.mean(), "Change it back (--mean)");
            check("data.std", begun.std(), normalization.std(), "Change it back (--std)");
        }
    }

    private void check(String what, Object expected, Object received, String remedy) {
        if (!expected.equals(received)) {
            throw new DatasetException(directory.shown() + ": expected the " + what + " that the run was begun with, "
                    + expected + ", received " + received + ". " + remedy + ", or start a new run.");
        }
    }

    /** What this JVM runs on, from that step. */
    public static Manifest.Session session(EngineDescription engine, long step) {
        return new Manifest.Session(
                now(),
                step,
                engine.name(),
                engine.device(),
                engine.detail(),
                Runtime.version().toString(),
                System.getProperty("java.vm.name"),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }

    /**
     * A session begins.
     *
     * @param version of the program
     * @param parameters of the network
     */
    public void begin(String version, long seed, int parameters, Manifest.Data data, Manifest.Session session) {
        List<Manifest.Session> sessions = new ArrayList<>(content == null ? List.of() : content.sessions());
        sessions.add(session);
        write(new Manifest(
                Manifest.FORMAT,
                directory.name(),
                Status.RUNNING,
                version,
                seed,
                parameters,
                data,
                sessions,
                null,
                now()));
    }

    /** It was ended before its end. */
    public void end(Status status) {
        if (content != null) {
            write(content.with(status, null, now()));
        }
    }

    /** It failed; what failed it is what the user has to know, even if the manifest cannot be written any more. */
    public void end(Status status, RuntimeException failure) {
        try {
            end(status);
        } catch (LenetException another) {
            failure.addSuppressed(another);
        }
    }

    /** It got to its end. */
    public void end(TrainingResult result, Evaluation test, String model, double seconds) {
        if (content != null) {
            Manifest.Results results = new Manifest.Results(
                    result.ending().name().toLowerCase(Locale.ROOT),
                    result.steps(),
                    result.epochs().size(),
                    result.bestEpoch(),
                    test.accuracy(),
                    test.loss(),
                    model,
                    seconds);
            write(content.with(Status.COMPLETE, results, now()));
        }
    }

    private void write(Manifest manifest) {
        content = manifest;
        directory.writeManifest(manifest);
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
