package dev.lenet.app.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.lenet.api.ConfigException;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the server answers, and what it refuses. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalServerTest {
    /** A file of the page in quotes. */
    private static final Pattern NAMED = Pattern.compile("['\"](?:\\./)?([a-z]+\\.(?:js|css|svg))['\"]");

    private ServerFixture fixture = new ServerFixture();

    @BeforeAll
    void open() {
        assertThat(fixture.server.url().toString()).isEqualTo("http://127.0.0.1:" + fixture.server.port() + "/");
    }

    @AfterAll
    void close() {
        fixture.close();
    }

    private static String error(HttpResponse<String> response) {
        return JsonParser.parseString(response.body())
                .getAsJsonObject()
                .get("error")
                .getAsString();
    }

    private static int status(String raw) {
        return Integer.parseInt(raw.split(" ", 3)[1]);
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html; charset=utf-8, <title>lenet</title>",
        "/style.css, text/css; charset=utf-8, prefers-color-scheme: dark",
        "/app.js, text/javascript; charset=utf-8, import",
        "/icon.svg, image/svg+xml, <svg"
    })
    void aFileOfThePageComesWithItsTypeAndMayLoadNothingFromElsewhere(String path, String type, String part)
            throws Exception {
        HttpResponse<String> response = fixture.get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains(part);
        assertThat(response.headers().firstValue("Content-Type")).contains(type);
        assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; script-src 'self';")
                .doesNotContain("unsafe", "http");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    }

    /** What the page names must be there; what is there must be named. */
    @Test
    void everyFileThatThePageImportsIsThere() throws Exception {
        for (String file : Page.files().keySet()) {
            String text = fixture.get(file).body();
            for (MatchResult match : NAMED.matcher(text).results().toList()) {
                assertThat(fixture.get("/" + match.group(1)).statusCode())
                        .as("%s, named by %s", match.group(1), file)
                        .isEqualTo(200);
            }
            assertThat(text).as(file).doesNotContain("https://").doesNotContainPattern("http://(?!www\\.w3\\.org/)");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/index.html",
                "/nothing",
                "/../config.yaml",
                "/%2e%2e/config.yaml",
                "/..%2f..%2fetc/passwd",
                "//etc/passwd",
                "/app.js/",
                "/package-info.class"
            })
    void thereIsNothingElse(String path) throws Exception {
        String answer = fixture.rawGet(path, "Host: 127.0.0.1:" + fixture.server.port());
        assertThat(status(answer)).isEqualTo(404);
        assertThat(answer).contains("there is nothing here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "LOCALHOST", "[::1]"})
    void theServersOwnNamesAreAnswered(String host) throws Exception {
        String own = host + ":" + fixture.server.port();
        assertThat(status(fixture.rawGet("/model", "Host: " + own))).isEqualTo(200);
        assertThat(status(fixture.rawGet("/model", "Host: " + own, "Origin: http://" + own)))
                .isEqualTo(200);
    }

    /** A tunnel has a port of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"localhost:9000", "127.0.0.1", "127.0.0.2:1", "lenet.localhost:8080"})
    void aPortOfATunnelIsAnswered(String host) throws Exception {
        assertThat(status(fixture.rawGet("/model", "Host: " + host, "Origin: http://" + host)))
                .isEqualTo(200);
        assertThat(status(fixture.rawGet("/model", "Host: " + host, "Origin: http://localhost:3000")))
                .isEqualTo(403);
    }

    /** A name that was made to point to 127.0.0.1 (DNS rebinding), and what looks like an own one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example:PORT",
                "Host: 127.0.0.1.evil.example:PORT",
                "Host: evillocalhost:PORT",
                "Host: localhost.evil.example",
                "Host: 127.evil.0.1:PORT",
                "Host: localhost@evil.example",
                "Host:",
                "X: y"
            })
    void anotherHostIsRefused(String header) throws Exception {
        String answer = fixture.rawGet("/model", header.replace("PORT", "" + fixture.server.port()));
        assertThat(status(answer)).isIn(400, 403);
        assertThat(answer).doesNotContain("classes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "null",
                "https://127.0.0.1:PORT",
                "http://127.0.0.1:1",
                "http://localhost",
                "http://127.0.0.1:PORT.evil.example"
            })
    void anotherOriginIsRefused(String origin) throws Exception {
        String port = String.valueOf(fixture.server.port());
        for (String path : List.of("/", "/model", "/predict", "/events")) {
            HttpResponse<String> response =
                    fixture.send(fixture.request(path).header("Origin", origin.replace("PORT", port)));
            assertThat(response.statusCode()).as(path).isEqualTo(403);
            assertThat(error(response)).startsWith("Origin: expected http://127.0.0.1:" + port + ", received ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /, 'GET, HEAD'",
        "PUT, /model, 'GET, HEAD'",
        "TRACE, /, 'GET, HEAD'",
        "PROPFIND, /engines, 'GET, HEAD'",
        "get, /, 'GET, HEAD'",
        "HEAD, /predict, POST",
        "GET, /predict, POST",
        "DELETE, /engine, POST",
        "OPTIONS, /predict, POST",
        "POST, /events, 'GET, HEAD'",
        "OPTIONS, *, 'GET, HEAD, POST'",
        "OPTIONS, /nothing, 'GET, HEAD, POST'",
        "CONNECT, localhost:80, 'GET, HEAD, POST'"
    })
    void anotherMethodIsRefusedAndTheRightOnesNamed(String method, String path, String right) throws Exception {
        String answer = fixture.raw(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(status(answer)).isEqualTo(405);
        assertThat(answer).contains("\r\nAllow: " + right + "\r\n").doesNotContain("Access-Control-Allow-Origin");
    }

    /** Its headers are those of GET, word for word; its body is none. */
    @ParameterizedTest
    @ValueSource(strings = {"/", "/style.css", "/model", "/engines", "/nothing"})
    void headIsGetWithoutTheBody(String path) throws Exception {
        String get = fixture.rawGet(path, "Host: localhost");
        String head = fixture.raw("HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(head).isEqualTo(get.substring(0, get.indexOf("\r\n\r\n") + 4));
        assertThat(head).containsPattern("Content-Length: [1-9]");
    }

    @Test
    void theHeadOfAStreamEnds() throws Exception {
        String head = fixture.raw("HEAD /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(head).contains("text/event-stream").endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"engine\":\"native\",}",
                "{} {}",
                "[]",
                "null",
                "7",
                "'",
                "{\"engine\":\"native\"}",
                "{\"engine\":\"native\",\"side\":28}",
                "{\"engine\":\"native\",\"side\":\"28\",\"pixels\":\"\"}",
                "{\"engine\":\"native\",\"side\":28.5,\"pixels\":\"\"}",
                "{\"engine\":\"native\",\"side\":27,\"pixels\":\"\"}",
                "{\"engine\":\"native\",\"side\":100000000000,\"pixels\":\"\"}",
                "{\"engine\":\"native\",\"side\":-1,\"pixels\":\"\"}",
                "{\"engine\":\"native\",\"side\":28,\"pixels\":\"AAAA\"}",
                "{\"engine\":\"native\",\"side\":28,\"pixels\":\"%%%%\"}",
                "{\"engine\":\"native\",\"side\":28,\"pixels\":[0]}",
                "{\"engine\":7,\"side\":28,\"pixels\":\"\"}"
            })
    void whatIsNoDrawingIsRefusedInASentence(String body) throws Exception {
        HttpResponse<String> response = fixture.post("/predict", body);
        assertThat(response.statusCode()).as(body).isEqualTo(400);
        assertThat(error(response)).contains(": expected ", ", received ").endsWith("Correct the request.");
        assertThat(error(response)).hasSizeLessThan(400);
    }

    @Test
    void bracketsWithoutEndAreRefused() throws Exception {
        for (String nested : List.of("[".repeat(100_000), "{\"a\":".repeat(20_000))) {
            assertThat(fixture.post("/predict", nested).statusCode()).isEqualTo(400);
        }
        assertThat(fixture.get("/model").statusCode()).isEqualTo(200);
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() throws Exception {
        HttpResponse<String> response = fixture.post("/predict", " ".repeat(Request.MOST_BYTES + 1));
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(error(response)).contains("at most " + Request.MOST_BYTES + " bytes");
        String endless = "POST /predict HTTP/1.1\r\nHost: 127.0.0.1:" + fixture.server.port()
                + "\r\nContent-Type: application/json\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                + ("1000\r\n" + " ".repeat(0x1000) + "\r\n").repeat(40) + "0\r\n\r\n";
        assertThat(status(fixture.raw(endless))).isEqualTo(413);
    }

    /** A form of another page can send text, but not JSON. */
    @Test
    void whatIsNotSentAsJsonIsRefused() throws Exception {
        HttpResponse<String> response = fixture.send(fixture.request("/engine")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{\"engine\":\"native\"}")));
        assertThat(response.statusCode()).isEqualTo(415);
    }

    @Test
    void enginesTellWhetherTheyCanRunAndWhatToDoIfNot() throws Exception {
        JsonObject answer =
                JsonParser.parseString(fixture.get("/engines").body()).getAsJsonObject();
        assertThat(answer.get("first").getAsString()).isEqualTo("native");
        JsonArray engines = answer.getAsJsonArray("engines");
        JsonObject absent = engines.get(0).getAsJsonObject();
        assertThat(absent.get("ready").getAsBoolean()).isFalse();
        assertThat(absent.get("reason").getAsString()).isEqualTo("It is not here.");
        assertThat(absent.get("remedy").getAsString()).isEqualTo("Bring it.");
        assertThat(engines.get(1).getAsJsonObject().get("ready").getAsBoolean()).isTrue();
    }

    @Test
    void anEngineIsOpenedWarmAndOneThatCannotRunSaysWhy() throws Exception {
        HttpResponse<String> opened = fixture.post("/engine", "{\"engine\":\"native\"}");
        assertThat(opened.statusCode()).isEqualTo(200);
        JsonObject engine = JsonParser.parseString(opened.body()).getAsJsonObject();
        assertThat(engine.get("open").getAsBoolean()).isTrue();
        assertThat(engine.get("latency_us").getAsDouble()).isBetween(1.0, 1e6);

        HttpResponse<String> absent = fixture.post("/engine", "{\"engine\":\"absent\"}");
        assertThat(absent.statusCode()).isEqualTo(503);
        assertThat(error(absent)).isEqualTo("Engine 'absent': it is not here. Bring it.");
        HttpResponse<String> unknown = fixture.post("/engine", "{\"engine\":\"other\"}");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(error(unknown)).contains("[absent, native]");
    }

    @Test
    void otherMachinesDoNotReachIt() throws Exception {
        for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (var address : Collections.list(card.getInetAddresses())) {
                if (address instanceof Inet4Address && !address.isLoopbackAddress()) {
                    assertThatThrownBy(() -> new Socket(address, fixture.server.port()).close())
                            .as("connecting to %s", address)
                            .isInstanceOf(java.net.ConnectException.class);
                }
            }
        }
    }

    @Test
    void aPortThatIsTakenIsAMistakeOfTheUsers() {
        int taken = fixture.server.port();
        assertThatThrownBy(() -> LocalServer.start(taken, fixture.engines, fixture.runs))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("--port: expected a port that is free on 127.0.0.1, received " + taken)
                .hasMessageContaining("Choose another with --port, or 0 for any that is free.");
    }
}
