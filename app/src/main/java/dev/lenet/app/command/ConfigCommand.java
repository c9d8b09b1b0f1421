package dev.lenet.app.command;

import dev.lenet.api.engine.Engines;
import dev.lenet.app.config.LoadedConfig;
import dev.lenet.app.config.LoadedConfig.Entry;
import dev.lenet.app.config.Schema;
import dev.lenet.app.config.Template;
import dev.lenet.app.console.Console;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code config}, which has two commands under it. */
@Command(
        description = "Checks the configuration, shows it, or prints a file of all settings to begin with.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ConfigCommand.Check.class, ConfigCommand.Show.class, ConfigCommand.Example.class})
final class ConfigCommand implements Runnable {
    @Mixin
    final GlobalOptions global = new GlobalOptions();

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Expected 'config check', 'config show' or 'config template'.");
    }

    /** {@code config check}: loading is checking. */
    @Command(name = "check", description = "Says every problem of the configuration, or that there is none.")
    static final class Check extends ConfiguredCommand {
        @Override
        List<OptionPlace> options() {
            return TrainingOptions.ALL;
        }

        @Override
        public Integer call() {
            LoadedConfig loaded = configuration();
            int settings = loaded.entries().size();
            Console console = console();
            console.result("%d settings, no problems.", settings);
            console.json(Map.of("problems", List.of()));
            return Program.DONE;
        }
    }

    /** {@code config show}. */
    @Command(name = "show", description = "Prints every setting, its value, and where it comes from.")
    static final class Show extends ConfiguredCommand {
        @Override
        List<OptionPlace> options() {
            return TrainingOptions.ALL;
        }

        @Override
        public Integer call() {
            Console console = console();
            for (Entry entry : configuration().entries()) {
                console.result("%-26s %-28s %s", entry.key(), entry.value(), entry.origin());
                console.json(Console.event("key", entry.key(), "value", entry.value(), "origin", entry.origin()));
            }
            return Program.DONE;
        }
    }

    /** {@code config template}. */
    @Command(name = "template", description = "Prints a config.yaml with every setting, its default and a comment.")
    static final class Example extends ConfiguredCommand {
        @Override
        public Integer call() {
            String yaml = Template.of(Schema.of(Engines.all()));
            Console console = console();
            console.text(yaml.stripTrailing());
            console.json(Map.of("yaml", yaml));
            return Program.DONE;
        }
    }
}
