package dev.lenet.app.run;

import dev.lenet.api.DatasetException;
import dev.lenet.api.LenetException;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.data.Split;
import dev.lenet.api.engine.EngineDescription;
import dev.lenet.api.inference.Evaluation;
import dev.lenet.api.training.TrainingResult;
import dev.lenet.app.config.Config;
import dev.lenet.app.run.Manifest.Status;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps the {@code manifest.json} of a run while it is trained. */
final class RunManifest {
    private final RunDirectory directory;
    private @Nullable Manifest content;

    private RunManifest(RunDirectory directory, @Nullable Manifest content) {
        this.directory = directory;
        this.content = content;
    }

    /** The manifest of a run that starts; one that is there already is replaced. */
    static RunManifest fresh(RunDirectory directory) {
        return new RunManifest(directory, null);
    }

    /** The manifest of a run that goes on. */
    static RunManifest of(RunDirectory directory) {
        return new RunManifest(directory, directory.manifest().orElse(null));
    }

    /**
     * @param sha256 of the data files there are now
     * @param normalization that makes inputs of their pixels now
     * @throws DatasetException if the run was begun with others
     */
    void checkData(Map<String, String> sha256, Normalization normalization) {
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

    /** A session begins, from that step. */
    void begin(Config config, EngineDescription engine, Split split, Datasets.Whole data, int parameters, long step) {
        List<Manifest.Session> sessions = new ArrayList<>(content == null ? List.of() : content.sessions());
        sessions.add(new Manifest.Session(
                now(),
                step,
                engine.name(),
                engine.device(),
                engine.detail(),
                Runtime.version().toString(),
                System.getProperty("java.vm.name"),
                System.getProperty("os.name") + " " + System.getProperty("os.arch")));
        write(new Manifest(
                Manifest.FORMAT,
                directory.name(),
                Status.RUNNING,
                Version.number(),
                config.seed(),
                parameters,
                new Manifest.Data(
                        config.data().dataset().id(),
                        config.data().directory().toString(),
                        data.training().normalization().mean(),
                        data.training().normalization().std(),
                        split.training().size(),
                        split.validation().size(),
                        data.test().size(),
                        new TreeMap<>(data.sha256())),
                sessions,
                null,
                now()));
    }

    /** It was ended before its end. */
    void end(Status status) {
        if (content != null) {
            write(content.with(status, null, now()));
        }
    }

    /** It failed; what failed it is what the user has to know, even if the manifest cannot be written any more. */
    void end(Status status, RuntimeException failure) {
        try {
            end(status);
        } catch (LenetException another) {
            failure.addSuppressed(another);
        }
    }

    /** It got to its end. */
    void end(TrainingResult result, Evaluation test, String model, double seconds) {
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
