package dev.lenet.app.serve;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.WorkerUtils;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;

/** Gives up clients that are late with the rest of a request: Undertow limits how long its head may take, but not its body. */
final class Deadline implements HttpHandler {
    private final HttpHandler page;
    private final int millis;

    /**
     * @param page who answers in time
     * @param millis from the end of the head to the end of the body
     */
    Deadline(HttpHandler page, int millis) {
        this.page = page;
        this.millis = millis;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        if (!exchange.isRequestComplete()) {
            XnioExecutor.Key key = WorkerUtils.executeAfter(
                    exchange.getIoThread(), () -> look(exchange), millis, TimeUnit.MILLISECONDS);
            exchange.addExchangeCompleteListener((ended, next) -> {
                key.remove();
                next.proceed();
            });
        }
        page.handleRequest(exchange);
    }

    private void look(HttpServerExchange exchange) {
        if (exchange.isRequestComplete()) {
            return;
        }
        if (exchange.isResponseStarted()) {
            IoUtils.safeClose(exchange.getConnection());
            return;
        }
        exchange.setPersistent(false);
        Refusal.of(
                        Refusal.TOO_SLOW,
                        "Request",
                        "all of it within " + millis / 1000.0 + " s",
                        "a part",
                        "Send it faster.")
                .reply()
                .send(exchange);
    }
}
