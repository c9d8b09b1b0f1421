package dev.lenet.app.console;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The command that starts this program again, as it was started, to be copied into a terminal. */
public final class CommandText {
    private CommandText() {}

    /** @param arguments of the program */
    public static String of(String... arguments) {
        return of(
                ManagementFactory.getRuntimeMXBean().getInputArguments(),
                System.getProperty("java.class.path", ""),
                arguments);
    }

    /**
     * @param jvmArguments such as {@code --add-modules=jdk.incubator.vector}, without which other bits come out
     * @param classPath which is the jar alone if there was a {@code -jar}
     */
    static String of(List<String> jvmArguments, String classPath, String... arguments) {
        List<String> words = new ArrayList<>(List.of("java"));
        words.addAll(jvmArguments);
        if (classPath.endsWith(".jar") && !classPath.contains(System.getProperty("path.separator"))) {
            words.addAll(List.of("-jar", classPath));
        } else {
            words.addAll(List.of("-cp", classPath, "dev.lenet.app.Main"));
        }
        words.addAll(List.of(arguments));
        return words.stream().map(CommandText::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./\\\\-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
