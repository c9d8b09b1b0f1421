package dev.lenet.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The packaged app as a process of its own, in a folder that is not the repository's. */
final class App implements AutoCloseable {
    private static final Path JAR =
            Path.of("../app/target/app.jar").toAbsolutePath().normalize();

    private final Process process;

    private App(Process process) {
        this.process = process;
    }

    /** Starts it; its errors go to a file of that folder. */
    static App start(Path folder, String... arguments) throws IOException {
        assertThat(JAR)
                .as("the packaged app; build it first: mvn package -DskipTests")
                .exists();
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        Files.createDirectories(folder);
        return new App(new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve(arguments[0] + ".err").toFile())
                .start());
    }

    /** The rest of the first line of its output that begins so. */
    String line(String beginning) throws IOException {
        BufferedReader lines = process.inputReader();
        for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(beginning)) {
                return line.substring(beginning.length()).strip();
            }
        }
        throw new AssertionError("the app ended without a line '" + beginning + "'");
    }

    /** What it printed from now on, once it has ended by itself. */
    int end() throws InterruptedException {
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("ended").isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(20, TimeUnit.SECONDS);
            process.inputReader().close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
