package dev.lenet.app.serve;

import dev.lenet.api.ConfigException;
import dev.lenet.app.serve.Listener.Patience;
import dev.lenet.app.serve.Router.Route;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * Answers the page on 127.0.0.1, until it is closed.
 *
 * <pre>
 * GET  /, /style.css, /app.js ...   the page
 * GET  /model                       what reads the drawings: classes, layers
 * GET  /engines                     which engines there are
 * POST /engine   {engine}           opens one, if it is not open
 * POST /predict  {engine, side, pixels}   reads a drawing, see {@link Drawing}
 *                {engine, width, height, colours}   reads a picture
 * GET  /events                      the latest run and its mistakes as they change, see {@link EventStream}
 * </pre>
 */
public final class LocalServer implements AutoCloseable {
    private final Listener listener;
    private final RunFollower follower;

    private LocalServer(int port, ServedEngines engines, RunSource runs, Patience patience) throws IOException {
        // Read when the first class of Undertow's is loaded.
        System.setProperty("org.jboss.logging.provider", "slf4j");
        follower = new RunFollower(runs, engines);
        EventSeats seats = new EventSeats(follower);
        listener = new Listener(port, new Gate(new Router(routes(engines, seats))), patience);
        follower.start(seats::refresh);
    }

    private static Map<String, Route> routes(ServedEngines engines, EventSeats seats) {
        Map<String, Route> routes = new HashMap<>();
        Page.files().forEach((path, reply) -> routes.put(path, Route.get(reply)));
        routes.put("/model", Route.get(Reply.json(engines.model().toJson())));
        routes.put("/engines", Route.get(() -> engines.toJson().thenApply(Reply::json)));
        routes.put("/engine", Route.post(request -> engines.named(request.text("engine"))
                .opening()
                .thenApply(Reply::json)));
        routes.put("/predict", Route.post(request -> {
            Drawing drawing = Drawing.of(request);
            return drawing.answer(engines.named(drawing.engine()), engines.model())
                    .thenApply(Reply::json);
        }));
        routes.put("/events", Route.get(seats));
        return routes;
    }

    /**
     * Listens from now on.
     *
     * @param port 0 for any that is free
     * @param engines closed by the caller, after the server
     * @throws ConfigException if the port is taken, or may not be used
     */
    public static LocalServer start(int port, ServedEngines engines, RunSource runs) {
        return start(port, engines, runs, Patience.USUAL);
    }

    static LocalServer start(int port, ServedEngines engines, RunSource runs, Patience patience) {
        try {
            return new LocalServer(port, engines, runs, patience);
        } catch (IOException e) {
            throw new ConfigException(
                    "--port: expected a port that is free on 127.0.0.1, received " + port + " (" + e.getMessage()
                            + "). Choose another with --port, or 0 for any that is free.",
                    e);
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port() + "/");
    }

    public int port() {
        return listener.port();
    }

    /** Hangs up on everybody. */
    @Override
    public void close() {
        follower.close();
        listener.close();
    }
}
