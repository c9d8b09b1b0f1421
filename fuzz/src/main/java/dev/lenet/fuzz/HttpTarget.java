package dev.lenet.fuzz;

import com.google.gson.JsonObject;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.Engines;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.LeNet5;
import dev.lenet.api.network.Weights;
import dev.lenet.app.serve.LocalServer;
import dev.lenet.app.serve.RunSource;
import dev.lenet.app.serve.ServedEngines;
import dev.lenet.app.serve.ServedModel;
import dev.lenet.vision.Preparation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** What comes through a connection to {@code serve}: it answers or hangs up, no thread dies, and the page is there afterwards. */
public final class HttpTarget {
    private static final int PATIENCE_IN_MILLISECONDS = 30_000;
    private static final byte[] PAGE =
            "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final AtomicReference<Throwable> DEATH = new AtomicReference<>();
    private static final LocalServer SERVER = start();

    private HttpTarget() {}

    private static LocalServer start() {
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> DEATH.set(e));
        ModelFile model = new ModelFile(
                LeNet5.network(2), Weights.initial(LeNet5.network(2), 1), new Normalization(0, 1), Map.of());
        ServedEngines engines = new ServedEngines(
                List.of(Engines.named("native")),
                "native",
                EngineOptions.DEFAULT,
                new ServedModel("m.safetensors", model, Preparation.MNIST));
        return LocalServer.start(0, engines, new NoRuns());
    }

    public static void fuzzerTestOneInput(byte[] data) {
        exchange(data);
        String page = exchange(PAGE);
        if (!page.startsWith("HTTP/1.1 200 ")) {
            throw new IllegalStateException("no page: " + page);
        }
        Throwable death = DEATH.getAndSet(null);
        if (death != null) {
            throw new IllegalStateException("a thread died", death);
        }
    }

    private static String exchange(byte[] request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), SERVER.port())) {
            socket.setSoTimeout(PATIENCE_IN_MILLISECONDS);
            socket.getOutputStream().write(request);
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // It hung up.
            return "";
        }
    }

    private static final class NoRuns implements RunSource {
        @Override
        public Optional<State> latest() {
            return Optional.empty();
        }

        @Override
        public JsonObject mistakes(State run, Engine engine) {
            return new JsonObject();
        }
    }
}
