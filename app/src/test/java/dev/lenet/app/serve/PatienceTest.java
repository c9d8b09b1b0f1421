package dev.lenet.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.app.serve.Listener.Patience;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which clients are waited for, and which are given up. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PatienceTest {
    private static final String HEAD = "GET /model HTTP/1.1\r\nHost: localhost\r\n";
    private static final String GET = HEAD + "\r\n";
    private static final String POST =
            "POST /engine HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ";

    private static final String OPEN = "{\"engine\":\"native\"}";
    private static final int SLOW_CLIENTS = Listener.MOST + 100;

    /** Quick enough for a test, slow enough for a machine that does something else as well. */
    private static final Patience PATIENCE = new Patience(600, 600, 600);

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final ServerFixture fixture = new ServerFixture(PATIENCE);

    private RawClient client() throws IOException {
        RawClient client = new RawClient(fixture.server.port());
        opened.add(client);
        return client;
    }

    private void expectAnAnswer() throws IOException {
        assertThat(client().send(GET).answer()).startsWith("HTTP/1.1 200 ").contains("\"classes\"");
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        opened.clear();
    }

    @AfterAll
    void end() {
        fixture.close();
    }

    @Test
    void oneConnectionServesManyRequestsAlsoThoseSentAtOnce() throws Exception {
        RawClient client = client();
        for (int i = 0; i < 10; i++) {
            assertThat(client.send(GET).answer()).contains("\"classes\"");
        }
        client.send(GET + POST + OPEN.length() + "\r\n\r\n" + OPEN + "HEAD /model HTTP/1.1\r\nHost: localhost\r\n\r\n"
                + "GET /engines HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(100)
                + HEAD + "Connection: close\r\n\r\n" + GET);
        assertThat(client.answer()).contains("\"classes\"");
        assertThat(client.answer()).contains("\"open\":true");
        assertThat(client.head()).startsWith("HTTP/1.1 200 ").contains("Content-Length: ");
        for (int i = 0; i < 100; i++) {
            assertThat(client.answer()).contains("\"first\":\"native\"");
        }
        assertThat(client.answer()).contains("Connection: close\r\n").contains("\"classes\"");
        assertThat(client.rest()).isEmpty();
    }

    @Test
    void aBodyIsAskedForWhereTheClientWaitsForThat() throws Exception {
        RawClient client = client().send(POST + OPEN.length() + "\r\nExpect: 100-continue\r\n\r\n");
        assertThat(client.head()).startsWith("HTTP/1.1 100 ");
        assertThat(client.send(OPEN).answer()).startsWith("HTTP/1.1 200 ");
        client.send(POST + (Request.MOST_BYTES + 1) + "\r\nExpect: 100-continue\r\n\r\n");
        assertThat(RawClient.status(client.answer())).isEqualTo(413);
    }

    @Test
    void slowClientsKeepNoOtherOut() throws Exception {
        for (int i = 0; i < SLOW_CLIENTS; i++) {
            client().send(
                            switch (i % 4) {
                                case 0 -> HEAD;
                                case 1 -> POST + "100\r\n\r\n{";
                                case 2 -> "GET /model HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n";
                                default -> "";
                            });
            if (i % 60 == 0) {
                expectAnAnswer();
            }
        }
        expectAnAnswer();
    }

    /** With a byte now and then, as well as without. */
    @Test
    void aRequestThatIsNotThereInTimeIsGivenUp() throws Exception {
        RawClient idle = client();
        RawClient head = client().send(HEAD);
        RawClient body = client().send(POST + "100\r\n\r\n{");
        RawClient ignored = client().send(HEAD + "Content-Length: 100\r\n\r\n");
        RawClient chunks = client().send(
                        "POST /engine HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n");
        long started = System.nanoTime();
        assertThat(cutAfter(head, "x")).isTrue();
        assertThat(cutAfter(body, " ")).isTrue();
        assertThat(cutAfter(ignored, " ")).isTrue();
        assertThat(System.nanoTime() - started).isLessThan(10_000_000_000L);
        String told = chunks.rest();
        assertThat(RawClient.status(told)).isEqualTo(408);
        assertThat(told).contains("Request: expected all of it within 0.6 s, received a part. Send it faster.");
        assertThat(idle.rest()).isEmpty();
        expectAnAnswer();
    }

    /** Whether the server hangs up on a client that sends a byte ten times a second. */
    private static boolean cutAfter(RawClient client, String piece) throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            try {
                client.send(piece);
            } catch (IOException e) {
                return true;
            }
            Thread.sleep(100);
        }
        return false;
    }

    @Test
    void answersThatAreNotTakenAreGivenUp() throws Exception {
        RawClient reader = client().send(HEAD + "Connection: close\r\n\r\n");
        RawClient idler = client();
        boolean cut = false;
        for (int i = 0; i < 200 && !cut; i++) {
            try {
                idler.send("GET /style.css HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(2000));
            } catch (IOException e) {
                cut = true;
            }
        }
        assertThat(cut).as("hung up on a client that reads nothing").isTrue();
        assertThat(reader.rest()).contains("\"classes\"");
        expectAnAnswer();
    }

    /** Whatever has no end: it is cut off by its size, before its time is over. */
    @ParameterizedTest
    @CsvSource({
        "'GET /', a",
        "'GET / HTTP/1.1\\r\\na: ', a",
        "'GET / HTTP/1.1\\r\\n', 'a: b\\r\\n'",
        "'', '\\r\\n'",
        "CHUNKS, a",
        "'CHUNKS1;', a",
        "'CHUNKS0\\r\\n', a",
        "'CHUNKS0\\r\\n', 'a: b\\r\\n'",
        "CHUNKS, '1000\\r\\nPAGE\\r\\n'"
    })
    void aRequestWithoutEndIsCutOff(String begin, String piece) throws Exception {
        String chunks = "POST /engine HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
        RawClient client = client().send(unescaped(begin).replace("CHUNKS", chunks));
        String much = unescaped(piece).replace("PAGE", " ".repeat(0x1000)).repeat(20_000 / piece.length() + 1);
        long sent = 0;
        try {
            while (sent < 200_000_000) {
                client.send(much);
                sent += much.length();
            }
        } catch (IOException e) {
            // That is what was to come.
        }
        // What was on its way, in the buffers of both sides, counts as well.
        assertThat(sent).isLessThan(40_000_000);
        expectAnAnswer();
    }

    private static String unescaped(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n");
    }

    /** To close at once would take the answer from a client that still sends. */
    @Test
    void whoSendsMoreThanIsTakenStillReadsWhy() throws Exception {
        for (int i = 0; i < 20; i++) {
            RawClient client = client();
            client.send(POST + "1000000\r\n\r\n" + "a".repeat(1_000_000));
            assertThat(RawClient.status(client.answer())).isEqualTo(413);
            assertThat(client.send(GET).answer()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aStreamThatIsNotReadIsGivenUpAndTheOthersGoOn() throws Exception {
        RawClient idler = client().send("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
        RawClient reader = client().send("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
        reader.head();
        // Longer than all buffers on the way.
        String name = "r".repeat(8_000_000);
        fixture.runs.are(name, 0);
        assertThat(reader.line("data: {\"run\"")).hasSizeGreaterThan(name.length());
        Thread.sleep(2L * PATIENCE.answer());
        fixture.runs.are("next", 0);
        assertThat(reader.line("data: {\"run\"")).contains("next");
        assertThat(idler.restOrWhatCame().length()).isLessThan(name.length());
    }

    @Test
    void theEndHangsUpOnAllWithinASecond() throws Exception {
        ServerFixture ended = new ServerFixture(PATIENCE);
        try (RawClient idle = new RawClient(ended.server.port()).send(GET);
                RawClient half = new RawClient(ended.server.port()).send(HEAD);
                RawClient fed =
                        new RawClient(ended.server.port()).send("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            idle.answer();
            fed.head();
            long started = System.nanoTime();
            ended.server.close();
            assertThat((System.nanoTime() - started) * 1e-9).as("seconds").isLessThan(1);
            assertThat(idle.restOrWhatCame()).isEmpty();
            assertThat(half.restOrWhatCame()).isEmpty();
            fed.restOrWhatCame();
        } finally {
            ended.close();
        }
    }
}
