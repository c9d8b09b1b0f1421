package dev.lenet.app.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.lenet.api.ConfigException;
import dev.lenet.api.EngineUnavailableException;
import dev.lenet.api.LenetException;
import dev.lenet.app.config.OptionHints;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the page on 127.0.0.1, until it is closed.
 *
 * <pre>
 * GET  /, /style.css, /app.js ...   the page
 * GET  /model                       what reads the drawings: classes, layers
 * GET  /engines                     which engines there are
 * POST /engine   {engine}           opens one, if it is not open
 * POST /predict  {engine, side, pixels}   reads a drawing, see {@link Drawing}
 * GET  /events                      the latest run and its mistakes as they change, see {@link EventStream}
 * </pre>
 */
public final class LocalServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalServer.class);

    /** More than there may be event streams, as each of them keeps one. */
    private static final int THREADS = EventStream.SEATS + 8;

    /** Seconds until a request has to be there as a whole. */
    private static final String MOST_SECONDS_OF_REQUEST = "10";

    private final HttpServer server;
    private final ExecutorService threads;
    private final RunFollower follower;

    private LocalServer(HttpServer server, ServedEngines engines, RunSource runs) {
        this.server = server;
        this.threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "serve");
            thread.setDaemon(true);
            return thread;
        });
        this.follower = new RunFollower(runs, engines);
        Map<String, Route> routes = new HashMap<>();
        Page.files().forEach((path, reply) -> routes.put(path, Route.get(exchange -> reply)));
        routes.put("/model", Route.get(exchange -> Reply.json(engines.model().toJson())));
        routes.put("/engines", Route.get(exchange -> Reply.json(engines.toJson())));
        routes.put("/engine", Route.post(exchange -> {
            ServedEngine engine = engines.named(Request.of(exchange).text("engine"));
            engine.open();
            return Reply.json(engine.toJson());
        }));
        routes.put("/predict", Route.post(exchange -> {
            Drawing drawing = Drawing.of(Request.of(exchange));
            return Reply.json(drawing.answer(engines.named(drawing.engine()), engines.model()));
        }));
        routes.put("/events", new Route("GET", new EventStream(follower)));
        server.createContext("/", exchange -> dispatch(routes, exchange))
                .getFilters()
                .add(new Gate(server.getAddress().getPort()));
        server.setExecutor(threads);
    }

    /**
     * Listens from now on.
     *
     * @param port 0 for any that is free
     * @param engines closed by the caller, after the server
     * @throws ConfigException if the port is taken, or may not be used
     */
    public static LocalServer start(int port, ServedEngines engines, RunSource runs) {
        // Read once by the JDK's server. Without the first, Linux holds back the second half of every answer for 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxReqTime", MOST_SECONDS_OF_REQUEST);
        HttpServer server;
        try {
            server = HttpServer.create(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 0);
        } catch (IOException e) {
            throw new ConfigException(
                    "--port: expected a port that is free on 127.0.0.1, received " + port + " (" + e.getMessage()
                            + "). Choose another with --port, or 0 for any that is free.",
                    e);
        }
        LocalServer started = new LocalServer(server, engines, runs);
        server.start();
        return started;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port() + "/");
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private static void dispatch(Map<String, Route> routes, HttpExchange exchange) throws IOException {
        try {
            String path = exchange.getRequestURI().getPath();
            @Nullable Route route = routes.get(path);
            if (route == null) {
                throw new Refusal(Refusal.NOT_FOUND, path + ": there is nothing here. Open / instead.");
            }
            if (!route.method().equals(exchange.getRequestMethod())) {
                exchange.getResponseHeaders().set("Allow", route.method());
                throw new Refusal(
                        Refusal.METHOD_NOT_ALLOWED,
                        path + ": expected " + route.method() + ", received " + exchange.getRequestMethod() + ". Use "
                                + route.method() + ".");
            }
            route.handler().handle(exchange);
        } catch (Refusal refusal) {
            refusal.reply().send(exchange);
        } catch (EngineUnavailableException e) {
            new Refusal(Refusal.UNAVAILABLE, OptionHints.in(String.valueOf(e.getMessage())))
                    .reply()
                    .send(exchange);
        } catch (LenetException e) {
            new Refusal(Refusal.FAILED, OptionHints.in(String.valueOf(e.getMessage())))
                    .reply()
                    .send(exchange);
        } catch (RuntimeException e) {
            LOG.warn("{} failed", exchange.getRequestURI(), e);
            new Refusal(Refusal.FAILED, "Unexpected failure: " + e + ". Please report it.")
                    .reply()
                    .send(exchange);
        }
    }

    /** Hangs up on everybody. */
    @Override
    public void close() {
        follower.close();
        server.stop(0);
        threads.shutdownNow();
    }

    /** How a path is answered. */
    private record Route(String method, HttpHandler handler) {
        static Route get(Answer answer) {
            return new Route("GET", exchange -> answer.to(exchange).send(exchange));
        }

        static Route post(Answer answer) {
            return new Route("POST", exchange -> answer.to(exchange).send(exchange));
        }
    }

    private interface Answer {
        Reply to(HttpExchange exchange) throws IOException;
    }
}
