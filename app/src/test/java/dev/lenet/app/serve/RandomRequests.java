package dev.lenet.app.serve;

import java.util.List;
import java.util.random.RandomGenerator;

/** Requests as a fuzzer, a port scanner, a broken client or a good one would send them. */
final class RandomRequests {
    private static final List<String> METHODS = List.of(
            "GET",
            "POST",
            "HEAD",
            "OPTIONS",
            "PUT",
            "DELETE",
            "TRACE",
            "CONNECT",
            "PATCH",
            "get",
            "",
            "G\u0000T",
            "M-SEARCH");

    private static final List<String> TARGETS = List.of(
            "/",
            "/model",
            "/engines",
            "/engine",
            "/predict",
            "/app.js",
            "/nothing",
            "*",
            "",
            "//",
            "/%",
            "/%00",
            "/../x",
            "http://evil.example/",
            "/?" + "q".repeat(3000),
            "localhost:80",
            "/\u00e9");

    private static final List<String> VERSIONS =
            List.of("HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/9", "http/1.1", "", "HTTP/1.1 x");

    private static final List<String> HEADERS = List.of(
            "Host: localhost",
            "Host: evil.example",
            "Host: [::1",
            "Host",
            ": x",
            " folded",
            "Origin: null",
            "Origin: http://localhost:1",
            "Connection: close",
            "Connection: keep-alive",
            "Connection: Upgrade, HTTP2-Settings",
            "Expect: 100-continue",
            "Content-Type: application/json",
            "Content-Type: text/plain",
            "Content-Type: application/json" + ";".repeat(2000),
            "Content-Length: 0",
            "Content-Length: 7",
            "Content-Length: -7",
            "Content-Length: 99999999999999999999999",
            "Content-Length: 2000000000",
            "Content-Length: 0x10",
            "Transfer-Encoding: chunked",
            "Transfer-Encoding: gzip",
            "Range: bytes=0-",
            "Cookie: " + "c".repeat(10_000),
            "A\u0000: b",
            "X: \u0001\r",
            "X: " + "y".repeat(20_000));

    private static final List<String> BODIES = List.of(
            "",
            "{",
            "{}",
            "null",
            "{\"engine\":\"native\"}",
            "{\"engine\":\"absent\"}",
            "{\"engine\":\"native\",\"side\":28,\"pixels\":\"AAAA\"}",
            "{\"engine\":\"native\",\"side\":1e9,\"pixels\":7}",
            "[".repeat(60_000),
            "{\"a\":".repeat(9000),
            "\"" + "\\u0000".repeat(9000),
            " ".repeat(140_000));

    private static final List<String> CHUNKS = List.of(
            "0\r\n\r\n",
            "7\r\nabcdefg\r\n0\r\n\r\n",
            "7\r\nabc",
            "-1\r\n",
            "ffffffff\r\n",
            "fffffffffffffffff\r\n",
            "2;a=b\r\n{}\r\n0\r\nT: t\r\n\r\n",
            "1\r\nabc\r\n",
            "\r\n\r\n",
            ";".repeat(5000));

    private final RandomGenerator random;

    RandomRequests(RandomGenerator random) {
        this.random = random;
    }

    String next() {
        return switch (random.nextInt(8)) {
            case 0 -> noise();
            case 1 -> damaged(request());
            case 2 -> request() + request();
            default -> request();
        };
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private String request() {
        StringBuilder text = new StringBuilder(pick(METHODS) + " " + pick(TARGETS) + " " + pick(VERSIONS) + "\r\n");
        if (random.nextInt(4) > 0) {
            text.append("Host: localhost\r\n");
        }
        String body = "";
        if (random.nextBoolean()) {
            body = pick(BODIES);
            text.append("Content-Type: application/json\r\nContent-Length: ")
                    .append(body.length())
                    .append("\r\n");
        } else if (random.nextBoolean()) {
            body = pick(CHUNKS);
            text.append("Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n");
        }
        int headers = random.nextInt(20) == 0 ? 300 : random.nextInt(3);
        for (int i = 0; i < headers; i++) {
            text.append(pick(HEADERS)).append("\r\n");
        }
        return text.append("\r\n").append(body).toString();
    }

    private String noise() {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(2000);
        for (int i = 0; i < length; i++) {
            text.append((char) random.nextInt(256));
        }
        return text.toString();
    }

    /** Cut off, or with a few other characters. */
    private String damaged(String request) {
        StringBuilder text = new StringBuilder(request);
        for (int i = random.nextInt(5); i > 0; i--) {
            text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(256));
        }
        if (random.nextBoolean()) {
            text.setLength(random.nextInt(text.length()));
        }
        return text.toString();
    }
}
