package dev.lenet.app.photo;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.lenet.app.command.Program;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** What {@code predict} says of pictures. */
final class Readings {
    private Readings() {}

    /**
     * Writes the pictures to a folder and runs the command on all of them.
     *
     * @return for each picture the event, empty where the command refused the picture
     */
    static List<JsonObject> of(Path folder, int count, IntFunction<byte[]> pictures, String... options) {
        List<String> arguments = new ArrayList<>(List.of("predict", "--json"));
        arguments.addAll(List.of(options));
        try {
            for (int i = 0; i < count; i++) {
                Files.write(folder.resolve(i + ".jpeg"), pictures.apply(i));
                arguments.add(i + ".jpeg");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        new Program(folder, stream(out), stream(err)).run(arguments.toArray(String[]::new));
        List<JsonObject> readings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            readings.add(new JsonObject());
        }
        out.toString(StandardCharsets.UTF_8).lines().forEach(line -> {
            JsonObject event = JsonParser.parseString(line).getAsJsonObject();
            readings.set(Integer.parseInt(event.get("file").getAsString().replace(".jpeg", "")), event);
        });
        return readings;
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
