package dev.lenet.app.command;

import dev.lenet.app.config.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options every command has. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        synopsisHeading = "Usage: ",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        sortOptions = false,
        sortSynopsis = false)
final class GlobalOptions {
    /** What a command calls these. */
    static final String MIXIN = "global";

    /** Those that are settings, see {@link SettingOptions}. */
    static final List<OptionPlace> SETTINGS = List.of(
            new OptionPlace(101, "engine"),
            new OptionPlace(102, "device"),
            new OptionPlace(103, "threads"),
            new OptionPlace(104, "seed"));

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

    void add(Setting setting) {
        settings.add(setting);
    }

    /** The settings given on the command line, in the order they came. */
    List<Setting> settings() {
        return settings;
    }
}
