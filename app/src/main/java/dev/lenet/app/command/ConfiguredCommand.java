package dev.lenet.app.command;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.Stage;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.Engines;
import dev.lenet.app.config.Config;
import dev.lenet.app.config.ConfigLoader;
import dev.lenet.app.config.LoadedConfig;
import dev.lenet.app.console.Console;
import dev.lenet.app.usecase.EngineModule;
import dev.lenet.app.usecase.RunModule;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that works with the configuration: what all of them share. */
abstract class ConfiguredCommand implements Callable<Integer> {
    @Mixin
    final GlobalOptions global = new GlobalOptions();

    private Path workingDirectory = Path.of("");
    private PrintStream out = System.out;
    private PrintStream err = System.err;

    void surroundings(Path newWorkingDirectory, PrintStream newOut, PrintStream newErr) {
        workingDirectory = newWorkingDirectory;
        out = newOut;
        err = newErr;
    }

    /** The settings that this command takes as options of its own. */
    List<OptionPlace> options() {
        return List.of();
    }

    /** Whether the help does not show the option of a setting, which is there for its refusal alone. */
    boolean hides(String key) {
        return false;
    }

    /** The defaults, then the file, then the options. */
    final LoadedConfig configuration() {
        return ConfigLoader.load(global.config, workingDirectory, global.settings());
    }

    /** Where relative paths start. */
    final Path workingDirectory() {
        return workingDirectory;
    }

    final Console console() {
        return new Console(out, err, global.json, global.quiet);
    }

    /** What a user asks of an engine. */
    final EngineOptions engineOptions(Config config) {
        return new EngineOptions(config.device(), config.threads(), global.offline, config.engineSettings());
    }

    /** Wires the program to the engine that the configuration names. */
    final Injector injector() {
        return injector(configuration());
    }

    final Injector injector(LoadedConfig loaded) {
        Config config = loaded.config();
        return injector(loaded, new EngineModule(Engines.named(config.engine()), engineOptions(config)));
    }

    /** Wires the program to engines that the command chose itself. */
    final Injector injector(LoadedConfig loaded, Module engines) {
        return Guice.createInjector(
                Stage.DEVELOPMENT, new RunModule(loaded, console(), workingDirectory, global.offline), engines);
    }
}
