package dev.lenet.app.serve;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.EngineProvider;
import dev.lenet.api.engine.Engines;
import dev.lenet.api.model.ModelFile;
import dev.lenet.vision.Preparation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A running server with the shipped model, the native engine and one that cannot run, and a client. */
final class ServerFixture implements AutoCloseable {
    static final Path MODEL = Path.of("../models/lenet5.safetensors");
    static final String ENGINE = "native";

    final ServedEngines engines;
    final LocalServer server;
    final Runs runs = new Runs();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    ServerFixture() {
        this(Listener.Patience.USUAL);
    }

    ServerFixture(Listener.Patience patience) {
        List<EngineProvider> providers = List.of(new AbsentEngine(), Engines.named(ENGINE));
        ServedModel model = new ServedModel("lenet5.safetensors", ModelFile.read(MODEL, List.of()), Preparation.MNIST);
        engines = new ServedEngines(providers, ENGINE, EngineOptions.DEFAULT, model);
        server = LocalServer.start(0, engines, runs, patience);
    }

    /** Runs that go as the test says. */
    static final class Runs implements RunSource {
        private volatile Optional<State> latest = Optional.empty();

        void are(String name, int epochs) {
            JsonObject json = new JsonObject();
            json.addProperty("run", name);
            json.addProperty("epochs", epochs);
            latest = Optional.of(new State(name, epochs, json));
        }

        @Override
        public Optional<State> latest() {
            return latest;
        }

        @Override
        public JsonObject mistakes(State run, Engine engine) {
            JsonObject json = new JsonObject();
            json.addProperty("run", run.name());
            json.addProperty("engine", engine.describe().name());
            return json;
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.url().resolve(path)).timeout(Duration.ofSeconds(60));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<InputStream> open(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofInputStream());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    /** The answer to a drawing. */
    JsonObject predict(String engine, int side, byte[] pixels) throws IOException, InterruptedException {
        String pixelText = Base64.getEncoder().encodeToString(pixels);
        HttpResponse<String> response =
                post("/predict", new Gson().toJson(Map.of("engine", engine, "side", side, "pixels", pixelText)));
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    /** Text sent as it is, for what a client would not send; the whole answer. */
    String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.UTF_8));
            out.flush();
            byte[] answer = socket.getInputStream().readAllBytes();
            return new String(answer, StandardCharsets.UTF_8);
        }
    }

    /** A GET with these headers, for instance Host, which a client sets itself. */
    String rawGet(String path, String... headers) throws IOException {
        return raw("GET " + path + " HTTP/1.1\r\n"
                + String.join("", Arrays.stream(headers).map(h -> h + "\r\n").toList()) + "Connection: close\r\n\r\n");
    }

    @Override
    public void close() {
        server.close();
        engines.close();
    }
}
