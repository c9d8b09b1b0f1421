package dev.lenet.app.command;

import dev.lenet.app.config.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The options every command has. Those that are settings keep their text: the configuration checks them, with the same
 * rules and messages as in a file.
 */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        synopsisHeading = "Usage: ",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        sortOptions = false,
        sortSynopsis = false)
final class GlobalOptions {
    private final List<Setting> settings = new ArrayList<>();

    @Option(
            names = "--config",
            order = 100,
            paramLabel = "FILE",
            description = "Settings; otherwise ./config.yaml if it is there.")
    @Nullable
    Path config;

    @Option(names = "--offline", order = 105, description = "Never open a network connection.")
    boolean offline;

    @Option(names = "--quiet", order = 106, description = "Print results and errors only.")
    boolean quiet;

    @Option(names = "--verbose", order = 107, description = "Print stack traces and the libraries' logs too.")
    boolean verbose;

    @Option(names = "--json", order = 108, description = "Print JSON, one object a line, and nothing else on stdout.")
    boolean json;

    @Option(
            names = "--engine",
            order = 101,
            paramLabel = "NAME",
            description = "Which engine computes; 'engines' lists them.")
    void engine(String value) {
        set("engine", "--engine", value);
    }

    @Option(names = "--device", order = 102, paramLabel = "DEVICE", description = "auto, cpu, cuda or cuda:N.")
    void device(String value) {
        set("device", "--device", value);
    }

    @Option(
            names = "--threads",
            order = 103,
            paramLabel = "N",
            description = "Threads to compute with; 0 for every processor.")
    void threads(String value) {
        set("threads", "--threads", value);
    }

    @Option(
            names = "--seed",
            order = 104,
            paramLabel = "N",
            description = "Of initial weights, validation split and shuffling.")
    void seed(String value) {
        set("seed", "--seed", value);
    }

    void set(String key, String option, String value) {
        settings.add(new Setting(key, option, value));
    }

    /** The settings given on the command line, in the order they came. */
    List<Setting> settings() {
        return settings;
    }
}
