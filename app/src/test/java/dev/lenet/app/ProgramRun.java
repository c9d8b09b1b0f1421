package dev.lenet.app;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.lenet.app.command.Program;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What a command printed, and its exit code. */
record ProgramRun(int exitCode, String out, String err) {

    /** The preset without schedule, augmentation and average: what so few steps learn with. */
    static final Path PLAIN = Path.of("../config/plain.yaml").toAbsolutePath().normalize();

    /** Runs a command line in a folder, inside this JVM. */
    static ProgramRun of(Path folder, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = new Program(folder, stream(out), stream(err)).run(arguments);
        return new ProgramRun(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    /** Every line of stdout as JSON. */
    List<JsonObject> json() {
        return out.lines()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .toList();
    }

    /** The lines of stdout that are events of one kind. */
    List<JsonObject> events(String event) {
        return json().stream()
                .filter(object -> object.get("event").getAsString().equals(event))
                .toList();
    }

    /** The losses of all step events. */
    List<Double> losses() {
        return events("step").stream()
                .map(object -> object.get("loss").getAsDouble())
                .toList();
    }
}
