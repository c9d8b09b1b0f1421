package dev.lenet.app.command;

import com.google.inject.ProvisionException;
import dev.lenet.api.ConfigException;
import dev.lenet.api.DatasetException;
import dev.lenet.api.EngineUnavailableException;
import dev.lenet.api.LenetException;
import dev.lenet.api.ModelFormatException;
import dev.lenet.api.ShapeException;
import dev.lenet.api.engine.Engines;
import dev.lenet.app.config.OptionHints;
import dev.lenet.app.config.Schema;
import dev.lenet.app.config.UserPath;
import dev.lenet.app.console.Console;
import dev.lenet.app.console.Printable;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * The program as a function from arguments to output and an exit code.
 *
 * <p>Exit codes: 0 done, 1 the run failed, 2 usage, configuration or input is wrong, 130 interrupted (129 by SIGHUP, 143 by
 * SIGTERM), 141 where the reader of the output has gone. A JVM that is interrupted outside of training exits with these by itself.
 */
public final class Program {
    /** In the order of the help. */
    private static final Map<String, Class<?>> COMMANDS = commands();

    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int WRONG = 2;

    /** As if by SIGPIPE, which the JVM ignores. */
    private static final int BY_CLOSED_PIPE = 141;

    private final Path workingDirectory;
    private final PrintStream out;
    private final PrintStream err;

    /**
     * @param workingDirectory where relative paths start
     */
    public Program(Path workingDirectory, PrintStream out, PrintStream err) {
        this.workingDirectory = workingDirectory;
        this.out = out;
        this.err = err;
    }

    public int run(String... arguments) {
        boolean verbose = List.of(arguments).contains("--verbose");
        System.setProperty("lenet.log.level", verbose ? "DEBUG" : "WARN");
        System.setProperty("lenet.log.level.server", verbose ? "DEBUG" : "OFF");
        CommandLine commandLine;
        try {
            commandLine = commandLine(List.of(arguments));
        } catch (LenetException e) {
            return report(e, verbose);
        }
        String[] ordered = CommandFirst.reorder(commandLine, arguments);
        int exitCode;
        try {
            exitCode = commandLine
                    .setExecutionExceptionHandler((failure, line, result) -> report(failure, verbose))
                    .setParameterExceptionHandler((failure, unused) -> usage(failure))
                    .execute(ordered);
        } catch (Error e) {
            exitCode = report(e, verbose);
        }
        if (exitCode == DONE && out.checkError()) {
            if (Console.isClosedPipe(out)) {
                // Its reader has seen enough, as in "config show | head".
                return BY_CLOSED_PIPE;
            }
            err.println("Standard output: could not be written. Check where it is redirected to, and the free space.");
            return FAILED;
        }
        return exitCode;
    }

    /** The command line as far as the arguments name it: to look at all commands by reflection takes a quarter of a second. */
    private CommandLine commandLine(List<String> arguments) {
        CommandLine commandLine = new CommandLine(new Root(), new Factory(workingDirectory, out, err));
        boolean none = Collections.disjoint(COMMANDS.keySet(), arguments);
        COMMANDS.forEach((name, command) -> {
            if (none || arguments.contains(name)) {
                commandLine.addSubcommand(name, command);
            }
        });
        new SettingOptions(Schema.of(Engines.all())).addTo(commandLine);
        commandLine.setOut(writer(out));
        commandLine.setErr(writer(err));
        commandLine.registerConverter(Path.class, Program::path);
        // A picture may be called @7.png.
        commandLine.setExpandAtFiles(false);
        commandLine.setUsageHelpAutoWidth(true);
        commandLine.setUsageHelpLongOptionsMaxWidth(26);
        return commandLine;
    }

    private static Path path(String text) {
        try {
            return UserPath.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    private int usage(ParameterException failure) {
        err.println(Printable.lines(String.valueOf(failure.getMessage())));
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(failure, writer(err))) {
            String command = failure.getCommandLine().getCommandSpec().qualifiedName();
            err.println("Try '" + command + " --help'.");
        }
        return WRONG;
    }

    private int report(Throwable thrown, boolean verbose) {
        // Guice wraps what an engine throws when it is opened.
        Throwable failure =
                thrown instanceof ProvisionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (verbose) {
            failure.printStackTrace(err);
        } else {
            err.println(sentence(failure));
        }
        return isInput(failure) ? WRONG : FAILED;
    }

    private static String sentence(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof ConfigException) {
            // A line for each mistake.
            return Printable.lines(OptionHints.in(message));
        } else if (failure instanceof LenetException) {
            return Printable.line(OptionHints.in(message));
        } else if (failure instanceof OutOfMemoryError) {
            return "The Java heap is full (" + message + "). Give it more: java -Xmx2g -jar app.jar";
        } else if (failure instanceof UncheckedIOException || failure instanceof IOException) {
            return Printable.line(
                    "Reading or writing failed (" + message + "). Check the permissions and the free space.");
        }
        return Printable.line("Unexpected failure: " + failure + ". Add --verbose to see where; please report it.");
    }

    private static boolean isInput(Throwable failure) {
        return failure instanceof ConfigException
                || failure instanceof DatasetException
                || failure instanceof EngineUnavailableException
                || failure instanceof ModelFormatException
                || failure instanceof ShapeException;
    }

    private static Map<String, Class<?>> commands() {
        Map<String, Class<?>> commands = new LinkedHashMap<>();
        commands.put("train", TrainCommand.class);
        commands.put("evaluate", EvaluateCommand.class);
        commands.put("predict", PredictCommand.class);
        commands.put("serve", ServeCommand.class);
        commands.put("report", ReportCommand.class);
        commands.put("runs", RunsCommand.class);
        commands.put("describe", DescribeCommand.class);
        commands.put("compare", CompareCommand.class);
        commands.put("export", ExportCommand.class);
        commands.put("import", ImportCommand.class);
        commands.put("engines", EnginesCommand.class);
        commands.put("config", ConfigCommand.class);
        return commands;
    }

    /** The command that only has others under it. */
    @Command(
            name = "lenet",
            description =
                    "Trains and runs LeNet-5 and networks like it on handwritten digits, on an engine of your choice.",
            synopsisSubcommandLabel = "COMMAND",
            footer = {
                "",
                "Exit codes: 0 done; 1 the run failed; 2 usage, configuration or input is wrong; 130 interrupted"
                        + " (129 by SIGHUP, 143 by SIGTERM); 141 the output's reader has gone.",
                "Settings come from the defaults, then config.yaml, then options; 'config show' tells."
            })
    static final class Root implements Runnable {
        @Mixin
        GlobalOptions global = new GlobalOptions();

        @Spec
        CommandSpec spec = CommandSpec.create();

        @Override
        public void run() {
            throw new ParameterException(
                    spec.commandLine(), "Expected a command: one of " + String.join(", ", COMMANDS.keySet()) + ".");
        }
    }

    /** Gives commands the streams and the folder they work with. */
    private record Factory(Path workingDirectory, PrintStream out, PrintStream err) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            K created = CommandLine.defaultFactory().create(type);
            if (created instanceof ConfiguredCommand command) {
                command.surroundings(workingDirectory, out, err);
            }
            return created;
        }
    }
}
