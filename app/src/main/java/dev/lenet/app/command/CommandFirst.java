package dev.lenet.app.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Lets options stand before or after the command: {@code --engine djl train} becomes {@code train --engine djl}.
 *
 * <p>Picocli wants an option behind the command it belongs to. Which words are commands and which are values of options
 * is read off the command line's own model.
 */
final class CommandFirst {
    private CommandFirst() {}

    static String[] reorder(CommandLine root, String... arguments) {
        List<String> commands = new ArrayList<>();
        List<String> others = new ArrayList<>();
        CommandLine current = root;
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (argument.equals("--")) {
                others.addAll(Arrays.asList(arguments).subList(i, arguments.length));
                break;
            }
            CommandLine subcommand = current.getSubcommands().get(argument);
            if (argument.startsWith("-")) {
                others.add(argument);
                if (takesValue(current, argument) && i + 1 < arguments.length) {
                    others.add(arguments[++i]);
                }
            } else if (subcommand != null) {
                commands.add(argument);
                current = subcommand;
            } else {
                others.add(argument);
            }
        }
        commands.addAll(others);
        return commands.toArray(new String[0]);
    }

    private static boolean takesValue(CommandLine command, String option) {
        @Nullable OptionSpec spec = command.getCommandSpec().findOption(option);
        if (spec != null) {
            return spec.arity().min() > 0;
        }
        return command.getSubcommands().values().stream().anyMatch(subcommand -> takesValue(subcommand, option));
    }
}
