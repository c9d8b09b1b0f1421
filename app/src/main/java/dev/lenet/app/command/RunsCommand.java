package dev.lenet.app.command;

import dev.lenet.api.ConfigException;
import dev.lenet.app.console.Console;
import dev.lenet.app.console.RunsReport;
import dev.lenet.app.storage.RunDirectory;
import dev.lenet.app.usecase.Installation;
import dev.lenet.app.usecase.RunCollection;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code runs}, which has four commands under it. */
@Command(
        description = "Lists the runs in models/runs, compares two, or removes some.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunsCommand.ListAll.class,
            RunsCommand.Compare.class,
            RunsCommand.Remove.class,
            RunsCommand.Clean.class
        })
final class RunsCommand implements Runnable {
    @Mixin
    final GlobalOptions global = new GlobalOptions();

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Expected 'runs list', 'runs compare', 'runs remove' or 'runs clean'.");
    }

    /** {@code runs list}. */
    @Command(
            name = "list",
            description = "Prints a row for each run, the newest first: state, data, network, figures, and the settings"
                    + " that differ from the defaults.")
    static final class ListAll extends ConfiguredCommand {
        @Override
        public Integer call() {
            new RunsReport(console())
                    .list(injector().getInstance(RunCollection.class).all());
            return Program.DONE;
        }
    }

    /** {@code runs compare}. */
    @Command(
            name = "compare",
            description =
                    "Prints what two runs differ in: settings, figures, and their answers to the same test images.")
    static final class Compare extends ConfiguredCommand {
        @Parameters(index = "0", paramLabel = "A", description = "The first run.")
        String first = "";

        @Parameters(index = "1", paramLabel = "B", description = "The second run.")
        String second = "";

        @Option(
                names = "--output",
                order = 1,
                paramLabel = "FILE",
                description = "Draws the curves of both into this PNG.")
        @Nullable
        Path output;

        @Override
        public Integer call() {
            var injector = injector();
            new RunsReport(console())
                    .compare(
                            injector.getInstance(RunCollection.class).compare(first, second),
                            output == null
                                    ? null
                                    : injector.getInstance(Installation.class).place(output));
            return Program.DONE;
        }
    }

    /** What removes runs: it asks first. */
    abstract static class Removing extends ConfiguredCommand {
        @Option(names = "--yes", order = 9, description = "Does not ask.")
        boolean yes;

        abstract List<RunDirectory> chosen(RunCollection runs);

        @Override
        public Integer call() {
            List<RunDirectory> runs = chosen(injector().getInstance(RunCollection.class));
            Console console = console();
            RunsReport report = new RunsReport(console);
            if (!runs.isEmpty() && !yes && !report.mayRemove(runs)) {
                return Program.DONE;
            }
            for (RunDirectory run : runs) {
                long bytes = run.size();
                run.remove();
                report.removed(run.name(), bytes);
            }
            report.removed(runs.size());
            return Program.DONE;
        }
    }

    /** {@code runs remove}. */
    @Command(name = "remove", description = "Removes runs with all their files: models, checkpoints, reports.")
    static final class Remove extends Removing {
        @Parameters(arity = "1..*", paramLabel = "NAME", description = "A run.")
        List<String> names = List.of();

        @Override
        List<RunDirectory> chosen(RunCollection runs) {
            return names.stream().distinct().map(runs::named).toList();
        }
    }

    /** {@code runs clean}. */
    @Command(name = "clean", description = "Removes all runs but the newest.")
    static final class Clean extends Removing {
        @Option(
                names = "--keep",
                order = 1,
                required = true,
                paramLabel = "N",
                description = "How many of the newest stay.")
        int keep;

        @Override
        List<RunDirectory> chosen(RunCollection runs) {
            if (keep < 0) {
                throw new ConfigException("--keep: expected 0 or more, received " + keep + ".");
            }
            return runs.olderThanTheNewest(keep);
        }
    }
}
