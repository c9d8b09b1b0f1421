package dev.lenet.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.lenet.app.command.Program;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code serve} as a command. What the server answers is tested beside it, the page in {@code browser-tests}. */
@Timeout(120)
class ServeTest {
    private static final String MODEL =
            Path.of("../models/lenet5.safetensors").toAbsolutePath().toString();
    private static final int VALIDATION = 32;

    /** The server looks at the runs each second, and says a word on every stream as often. */
    private static final long LONGEST_WAIT_NANOS = 30_000_000_000L;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicInteger exitCode = new AtomicInteger(-1);

    /** Starts it on any port that is free; it ends when the thread is interrupted. */
    private Thread serve(String... more) {
        List<String> arguments = new ArrayList<>(List.of("serve", "--port", "0", "--model", MODEL));
        arguments.addAll(List.of(more));
        Program program = new Program(folder, new PrintStream(out, true), new PrintStream(err, true));
        Thread thread = new Thread(() -> exitCode.set(program.run(arguments.toArray(new String[0]))));
        thread.start();
        return thread;
    }

    private String printed(String pattern) throws InterruptedException {
        Pattern wanted = Pattern.compile(pattern);
        while (true) {
            Matcher matcher = wanted.matcher(out.toString(StandardCharsets.UTF_8));
            if (matcher.find()) {
                return matcher.group(1);
            }
            assertThat(exitCode.get()).as(err.toString(StandardCharsets.UTF_8)).isEqualTo(-1);
            Thread.sleep(20);
        }
    }

    private void end(Thread thread) throws InterruptedException {
        thread.interrupt();
        thread.join();
        assertThat(exitCode.get()).as(err.toString(StandardCharsets.UTF_8)).isEqualTo(130);
    }

    @Test
    void printsThePagesAddressAndServesUntilItIsInterrupted() throws Exception {
        Thread thread = serve();
        String url = printed("page +(http://127\\.0\\.0\\.1:[0-9]+/)\n");
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
        assertThat(client.send(request, BodyHandlers.ofString()).body()).contains("<title>lenet</title>");
        end(thread);

        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("Ctrl-C ends it.\n");
        // The port is free again.
        new ServerSocket(URI.create(url).getPort(), 1, InetAddress.getLoopbackAddress()).close();
    }

    @Test
    void withJsonTheAddressIsAnEvent() throws Exception {
        Thread thread = serve("--json");
        String line = printed("(\\{.*\\})\n");
        end(thread);

        JsonObject event = JsonParser.parseString(line).getAsJsonObject();
        assertThat(event.get("event").getAsString()).isEqualTo("serving");
        assertThat(event.get("url").getAsString())
                .isEqualTo("http://127.0.0.1:" + event.get("port").getAsInt() + "/");
        assertThat(event.get("engine").getAsString()).isEqualTo("native");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(line + "\n");
    }

    /** A learning rate of nearly nothing leaves mistakes to show. */
    @Test
    void followsTheLatestRunAndItsMistakes() throws Exception {
        TwoClasses.write(folder.resolve("two"), 128 + VALIDATION, 8);
        Files.writeString(
                folder.resolve("config.yaml"),
                "data: {dataset: idx, directory: two, validation_size: " + VALIDATION + "}\n");
        ProgramRun training = ProgramRun.of(
                folder, "train", "--run", "mine", "--epochs", "2", "--lr", "1e-7", "--output", "m.safetensors");
        assertThat(training.exitCode()).as(training.err()).isZero();
        Thread thread = serve();
        String url = printed("page +(\\S+)\n");

        JsonObject run = event(url, "run", any -> true);
        assertThat(run.get("run").getAsString()).isEqualTo("mine");
        assertThat(run.get("status").getAsString()).isEqualTo("complete");
        assertThat(run.getAsJsonObject("session").get("engine").getAsString()).isEqualTo("native");
        JsonArray history = run.getAsJsonArray("history");
        assertThat(history).hasSize(2);
        assertThat(run.getAsJsonObject("progress").get("step").getAsInt()).isEqualTo(8);

        JsonObject mistakes = event(url, "mistakes", any -> true);
        double accuracy =
                history.get(1).getAsJsonObject().get("validation_accuracy").getAsDouble();
        int wrong = (int) Math.round((1 - accuracy) * VALIDATION);
        assertThat(wrong).isPositive();
        assertThat(mistakes.get("count").getAsInt()).isEqualTo(wrong);
        assertThat(mistakes.get("of").getAsInt()).isEqualTo(VALIDATION);
        assertThat(mistakes.get("epoch").getAsInt()).isEqualTo(2);
        JsonObject first = mistakes.getAsJsonArray("mistakes").get(0).getAsJsonObject();
        assertThat(first.get("is")).isNotEqualTo(first.get("believed"));

        Path directory = folder.resolve("models/runs/mine");
        edit(directory.resolve("manifest.json"), "\"status\": \"complete\"", "\"status\": \"running\"");
        event(url, "run", now -> has(now, "status", "running"));
        String own = String.valueOf(ProcessHandle.current().pid());
        edit(directory.resolve("progress.json"), "\"process\":" + own, "\"process\":" + Integer.MAX_VALUE);
        event(url, "run", now -> has(now, "status", "killed"));
        Files.writeString(directory.resolve("manifest.json"), "nonsense");
        event(url, "run", now -> has(now, "problem", "expected the manifest of a run"));
        end(thread);
    }

    private static void edit(Path file, String from, String to) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    private static boolean has(JsonObject event, String key, String text) {
        return event.has(key) && event.get(key).getAsString().contains(text);
    }

    /** The first event of a kind that is the wanted one: older news come first. */
    private static JsonObject event(String url, String kind, Predicate<JsonObject> wanted)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url).resolve("events")).build();
        long end = System.nanoTime() + LONGEST_WAIT_NANOS;
        String newest = "none";
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofInputStream())
                        .body(),
                StandardCharsets.UTF_8))) {
            boolean ofKind = false;
            while (System.nanoTime() < end) {
                @Nullable String line = lines.readLine();
                assertThat(line).as("the stream goes on").isNotNull();
                if (line.startsWith("event: ")) {
                    ofKind = line.equals("event: " + kind);
                } else if (ofKind && line.startsWith("data: ")) {
                    newest = line.substring("data: ".length());
                    JsonObject event = JsonParser.parseString(newest).getAsJsonObject();
                    if (wanted.test(event)) {
                        return event;
                    }
                }
            }
        }
        throw new AssertionError("the wanted event '" + kind + "' did not come; the newest was " + newest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--port 65536",
                "--port -1",
                "--port 80x",
                "--port",
                "--model nothing.safetensors",
                "--engine other",
                "unexpected"
            })
    void whatIsWrongOnTheCommandLineIsOneSentence(String arguments) {
        ProgramRun run = ProgramRun.of(folder, ("serve " + arguments).split(" ", -1));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).containsPattern("xpected|'--port'").doesNotContain("Exception");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aPortThatIsTakenIsNamedWithWhatToDo() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            ProgramRun run = ProgramRun.of(folder, "serve", "--model", MODEL, "--port", port);
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err())
                    .startsWith("--port: expected a port that is free on 127.0.0.1, received " + port)
                    .endsWith("Choose another with --port, or 0 for any that is free.\n");
        }
    }
}
