package dev.lenet.app.serve;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpContinue;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/** Reads the body of a request as it comes, in no thread of its own. */
final class Body {
    private final HttpServerExchange exchange;
    private final Consumer<byte[]> taker;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long count;

    private Body(HttpServerExchange exchange, Consumer<byte[]> taker) {
        this.exchange = exchange;
        this.taker = taker;
    }

    /** Gives the body of a request to {@code taker} once it is whole, or refuses it. */
    static void receive(HttpServerExchange exchange, Consumer<byte[]> taker) {
        Body body = new Body(exchange, taker);
        // A client that waits for a word before it sends anything (RFC 9110, section 10.1.1) gets another.
        boolean unsent = HttpContinue.requiresContinueResponse(exchange);
        if (exchange.getRequestContentLength() > (unsent ? Request.MOST_BYTES : Client.MOST_BYTES)) {
            exchange.setPersistent(false);
            body.refuse();
        } else {
            exchange.getRequestReceiver()
                    .receivePartialBytes(
                            (same, piece, last) -> body.take(piece, last), (same, e) -> exchange.endExchange());
        }
    }

    private void take(byte[] piece, boolean last) {
        count += piece.length;
        if (count <= Request.MOST_BYTES) {
            bytes.writeBytes(piece);
        }
        if (last && count <= Request.MOST_BYTES) {
            taker.accept(bytes.toByteArray());
        } else if (last) {
            refuse();
        }
    }

    private void refuse() {
        Refusal.of(Refusal.TOO_LARGE, "Body", "at most " + Request.MOST_BYTES + " bytes", "more", "Send less.")
                .reply()
                .send(exchange);
    }
}
