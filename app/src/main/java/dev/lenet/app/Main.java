package dev.lenet.app;

import dev.lenet.app.command.Program;
import java.nio.file.Path;

/** Where {@code java -jar app.jar} begins. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        // Pictures are read and written without a screen.
        System.setProperty("java.awt.headless", "true");
        // Guice otherwise defines classes through sun.misc.Unsafe, which JDK 24 and later warn about on stderr.
        System.setProperty("guice_custom_class_loading", "CHILD");
        System.exit(new Program(Path.of(""), System.out, System.err).run(arguments));
    }
}
