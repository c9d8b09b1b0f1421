package dev.lenet.app.serve;

import dev.lenet.api.EngineUnavailableException;
import dev.lenet.api.LenetException;
import dev.lenet.app.config.OptionHints;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.HttpContinueReadHandler;
import io.undertow.util.Headers;
import io.undertow.util.SameThreadExecutor;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds who answers a path, and says in a sentence what went wrong. */
final class Router implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Router.class);
    private static final String GET = "GET, HEAD";
    private static final String POST = "POST";
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST");

    private final Map<String, Route> routes;

    /** @param routes by path */
    Router(Map<String, Route> routes) {
        this.routes = Map.copyOf(routes);
    }

    /**
     * How a path is answered. Called from a thread that serves many clients: whatever takes long is done in another, which completes
     * the stage.
     *
     * @param allow the methods it has, as HTTP lists them
     */
    record Route(String allow, HttpHandler handler) {
        /** One that is also asked for its headers alone. */
        static Route get(HttpHandler handler) {
            return new Route(GET, handler);
        }

        /** What is always answered alike. */
        static Route get(Reply reply) {
            return get(reply::send);
        }

        /** What is known soon. */
        static Route get(Supplier<CompletionStage<Reply>> reply) {
            return get(exchange -> answer(exchange, reply.get()));
        }

        static Route post(Function<Request, CompletionStage<Reply>> reply) {
            return new Route(
                    POST,
                    new HttpContinueReadHandler(exchange -> Body.receive(exchange, body -> {
                        try {
                            @Nullable String type = exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE);
                            answer(exchange, reply.apply(Request.of(type, body)));
                        } catch (RuntimeException | Error e) {
                            problem(exchange, e).send(exchange);
                        }
                    })));
        }

        boolean has(String method) {
            return allow.equals(GET) ? method.equals("GET") || method.equals("HEAD") : method.equals(allow);
        }
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        try {
            find(exchange);
        } catch (Exception | Error e) {
            problem(exchange, e).send(exchange);
        }
    }

    private void find(HttpServerExchange exchange) throws Exception {
        String method = exchange.getRequestMethod().toString();
        @Nullable Route route = routes.get(exchange.getRequestURI());
        if (route != null && route.has(method)) {
            route.handler().handleRequest(exchange);
            return;
        }
        String path = Refusal.shown(exchange.getRequestURI());
        if (route == null && METHODS.contains(method)) {
            throw new Refusal(Refusal.NOT_FOUND, path + ": there is nothing here. Open / instead.");
        }
        String allow = route == null ? GET + ", " + POST : route.allow();
        Refusal.of(Refusal.METHOD_NOT_ALLOWED, path, allow, method, "Use " + allow.replace(",", " or") + ".")
                .reply()
                .with("Allow", allow)
                .send(exchange);
    }

    /** Sends what comes, from the thread that owns the connection. */
    private static void answer(HttpServerExchange exchange, CompletionStage<Reply> coming) {
        exchange.dispatch(
                SameThreadExecutor.INSTANCE,
                () -> coming.whenComplete((reply, failure) -> exchange.getIoThread()
                        .execute(() -> (failure == null ? reply : problem(exchange, failure)).send(exchange))));
    }

    private static Reply problem(HttpServerExchange exchange, Throwable failure) {
        @Nullable Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof Refusal refusal) {
            return refusal.reply();
        }
        if (cause instanceof EngineUnavailableException e) {
            return new Refusal(Refusal.UNAVAILABLE, OptionHints.in(String.valueOf(e.getMessage()))).reply();
        }
        if (cause instanceof LenetException e) {
            return new Refusal(Refusal.FAILED, OptionHints.in(String.valueOf(e.getMessage()))).reply();
        }
        if (cause instanceof OutOfMemoryError) {
            return new Refusal(
                            Refusal.UNAVAILABLE,
                            "Server: expected memory for the request, received none. Try again, or start it with more:"
                                    + " java -Xmx512m.")
                    .reply();
        }
        if (cause instanceof RejectedExecutionException) {
            return new Refusal(Refusal.UNAVAILABLE, "Server: expected to go on, received its end. Start it again.")
                    .reply();
        }
        LOG.warn("{} failed", Refusal.shown(exchange.getRequestURI()), cause);
        return new Refusal(Refusal.FAILED, "Unexpected failure: " + cause + ". Please report it.").reply();
    }
}
