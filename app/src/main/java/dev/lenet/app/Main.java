package dev.lenet.app;

import dev.lenet.app.command.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Where {@code java -jar app.jar} begins. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        // Pictures are read and written without a screen.
        System.setProperty("java.awt.headless", "true");
        // Guice otherwise makes classes for its calls: slower at the start, and by sun.misc.Unsafe, which JDK 24 warns
        // about.
        System.setProperty("guice_bytecode_gen_option", "DISABLED");
        // Numbers are written in one way wherever the program runs.
        Locale.setDefault(Locale.ROOT);
        Home.ensure();
        Preloading.start(List.of(arguments));
        System.exit(new Program(Path.of(""), System.out, System.err).run(arguments));
    }
}
