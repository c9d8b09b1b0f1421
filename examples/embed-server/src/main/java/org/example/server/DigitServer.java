package org.example.server;

import com.google.gson.Gson;
import dev.lenet.api.DatasetException;
import dev.lenet.api.inference.Classification;
import dev.lenet.api.inference.Classifier;
import dev.lenet.vision.Writing;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Reads the digits in pictures: {@code POST /digits} with a PNG, JPEG, GIF or BMP answers
 *
 * <pre>{"number": "42", "digits": [{"digit": "4", "probability": 0.99, "doubtful": false}, ...]}</pre>
 *
 * <p>One classifier serves all threads. It carries the model's normalisation, and nothing of it changes.
 */
public final class DigitServer implements AutoCloseable {
    /** The largest picture, in bytes. */
    private static final long MOST_BYTES = 20_000_000;

    private static final Gson JSON = new Gson();

    private final Classifier classifier;
    private final Undertow undertow;

    /** One digit of the answer. */
    record Digit(String digit, double probability, boolean doubtful) {}

    /** The answer: the digits in reading order, and the number they make. */
    record Answer(String number, List<Digit> digits) {}

    /**
     * Listens on 127.0.0.1 from now on.
     *
     * @param classifier closed by the caller, after the server
     * @param port 0 for any that is free
     */
    public DigitServer(Classifier classifier, int port) {
        this.classifier = classifier;
        this.undertow = Undertow.builder()
                .addHttpListener(port, "127.0.0.1")
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, MOST_BYTES)
                .setHandler(Handlers.routing().post("/digits", new BlockingHandler(this::read)))
                .build();
        undertow.start();
    }

    public static void main(String[] arguments) {
        Classifier classifier = Classifier.open(Path.of(arguments[0])).warmUp();
        DigitServer server = new DigitServer(classifier, Integer.parseInt(arguments[1]));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.close();
            classifier.close();
        }));
        System.out.println("POST a picture to http://127.0.0.1:" + server.port() + "/digits");
    }

    /** The port it listens on. */
    public int port() {
        return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
    }

    private void read(HttpServerExchange exchange) throws IOException {
        try {
            answer(exchange, StatusCodes.OK, answer(Writing.read(exchange.getInputStream())));
        } catch (DatasetException e) {
            // The picture is none, or shows nothing: the sentence says what to do.
            answer(exchange, StatusCodes.UNPROCESSABLE_ENTITY, Map.of("error", String.valueOf(e.getMessage())));
        }
    }

    private Answer answer(Writing writing) {
        List<Classification> read = classifier.classify(writing.lines().stream()
                .flatMap(List::stream)
                .map(digit -> digit.image().pixels())
                .toList());
        return new Answer(
                String.join("", read.stream().map(Classification::name).toList()),
                read.stream()
                        .map(digit -> new Digit(digit.name(), digit.probability(), digit.doubtful()))
                        .toList());
    }

    private static void answer(HttpServerExchange exchange, int status, Object body) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        exchange.getResponseSender().send(JSON.toJson(body), StandardCharsets.UTF_8);
    }

    /** Answers what is being read, and nothing after it. */
    @Override
    public void close() {
        undertow.stop();
    }
}
