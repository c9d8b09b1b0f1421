package dev.lenet.app.config;

import dev.lenet.api.ConfigException;
import dev.lenet.api.engine.EngineProvider;
import dev.lenet.api.engine.Engines;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the settings of a run together: the defaults, then a file, then the command line; the last one wins. */
public final class ConfigLoader {
    private static final String FILE_NAME = "config.yaml";

    /** What a user should know who did not name the file, if there are things in it that nothing here resembles. */
    private static final String FOUND =
            "\nIt is read as it lies in the working directory. If it belongs to another program, name a file"
                    + " of your own with --config, or run this one elsewhere.";

    /** Twice as many as there are settings. What has more is something else, of any length. */
    private static final int MOST_PROBLEMS = 50;

    /** Of a network that is built to see whether its settings can be; any number will do. */
    private static final int CLASSES = 10;

    private ConfigLoader() {}

    /** As {@link #load(Path, Path, List, List)}, with the engines on the class path. */
    public static LoadedConfig load(@Nullable Path explicitFile, Path workingDirectory, List<Setting> overrides) {
        return load(explicitFile, workingDirectory, overrides, Engines.all());
    }

    /**
     * Loads and validates.
     *
     * @param explicitFile a file that must be there, or null for {@code config.yaml} in the working directory if it is
     *     there, and the defaults alone if it is not
     * @param workingDirectory where relative names of files start
     * @param overrides of the command line; of two for one key, the later wins
     * @param engines whose names and settings there are
     * @throws ConfigException naming every mistake in the file and on the command line, one a line
     */
    public static LoadedConfig load(
            @Nullable Path explicitFile, Path workingDirectory, List<Setting> overrides, List<EngineProvider> engines) {
        Schema schema = Schema.of(engines);
        Settings settings = new Settings(schema);
        List<String> problems = new ArrayList<>();
        Binder binder = new Binder(schema, settings, problems);
        String origin = "";
        Path usual = workingDirectory.resolve(FILE_NAME);
        if (explicitFile != null) {
            bindFile(binder, workingDirectory.resolve(explicitFile), explicitFile.toString(), problems);
        } else if (Files.exists(usual, LinkOption.NOFOLLOW_LINKS)) {
            bindFile(binder, usual, FILE_NAME, problems);
            origin = binder.seemsForeign() ? FOUND : "";
        }
        overrides.forEach(binder::bind);
        if (!problems.isEmpty()) {
            throw new ConfigException(sentence(problems) + origin);
        }
        return new LoadedConfig(accepted(settings.config()), settings.entries(), settings.givenByOption());
    }

    /** Each setting is in its range; here the api says what it thinks of them together. */
    private static Config accepted(Config config) {
        try {
            config.toSettings(config.training().maxSteps(), 1);
            config.data().normalization();
            config.model().check();
            config.data().knownShape().ifPresent(shape -> config.model().network(shape, CLASSES));
            return config;
        } catch (IllegalArgumentException e) {
            throw new ConfigException(String.valueOf(e.getMessage()), e);
        }
    }

    private static String sentence(List<String> problems) {
        String first = String.join("\n", problems.subList(0, Math.min(problems.size(), MOST_PROBLEMS)));
        int more = problems.size() - MOST_PROBLEMS;
        return more <= 0 ? first : first + "\nAnd " + more + " more like these. Check that it is the right file.";
    }

    private static void bindFile(Binder binder, Path file, String label, List<String> problems) {
        YamlFile yaml = new YamlFile(label);
        try {
            binder.bind(yaml, yaml.read(file));
        } catch (YamlFile.Malformed e) {
            problems.add(String.valueOf(e.getMessage()));
        }
    }
}
