package dev.lenet.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.lenet.app.Extent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * The server while it is abused: every client gets an answer or a closed connection, the others do not notice, and afterwards
 * everything is as it was. {@code -Dlenet.tests=all} makes it 10,000 random requests and as many drawings, and prints how long those took.
 */
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AbuseTest {
    private static final boolean ALL = Extent.ALL;
    private static final int REQUESTS = Extent.of(10_000, 300);
    private static final int DRAWINGS_OF_EACH = Extent.of(100, 2);
    private static final int WARM_UP = Extent.of(300, 0);
    private static final int DRAWING_CLIENTS = 100;
    private static final int STREAMS = 50;
    private static final int SLOW_CLIENTS = 300;
    private static final long SEED = 20;

    /** What may be left after the garbage collector ran, in bytes: less than one body for each random request. */
    private static final long GROWTH = 32L << 20;

    private final ServerFixture fixture = new ServerFixture();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final PrintStream stderr = System.err;
    private final Queue<String> died = new ConcurrentLinkedQueue<>();
    private Thread.@Nullable UncaughtExceptionHandler before;

    @BeforeEach
    void listen() {
        died.clear();
        errors.reset();
        before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> died.add(thread.getName() + ": " + e));
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void listenNoMore() {
        System.setErr(stderr);
        Thread.setDefaultUncaughtExceptionHandler(before);
    }

    @AfterAll
    void close() {
        fixture.close();
    }

    /** Nothing was printed, no thread died, and a page is answered as on the first day. */
    private void expectThatNothingHappened() throws Exception {
        assertThat(fixture.get("/").body()).contains("<title>lenet</title>");
        assertThat(fixture.predict("native", 28, drawing()).get("blank").getAsBoolean())
                .isFalse();
        assertThat(errors.toString(StandardCharsets.UTF_8)).as("stderr").isEmpty();
        assertThat(died).as("threads that died").isEmpty();
    }

    /** A stroke from top to bottom. */
    private static byte[] drawing() {
        byte[] drawing = new byte[28 * 28];
        for (int y = 4; y < 24; y++) {
            Arrays.fill(drawing, y * 28 + 13, y * 28 + 16, (byte) 255);
        }
        return drawing;
    }

    private static String predict() {
        JsonObject json = new JsonObject();
        json.addProperty("engine", "native");
        json.addProperty("side", 28);
        json.addProperty("pixels", Base64.getEncoder().encodeToString(drawing()));
        String body = json.toString();
        return "POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    private static long usedMemory() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static Set<String> serverThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("serve"))
                .collect(Collectors.toSet());
    }

    private int port() {
        return fixture.server.port();
    }

    @Test
    void randomRequestsAreAnsweredOrHungUpOn() throws Exception {
        RandomRequests requests = new RandomRequests(new SplittableRandom(SEED));
        fixture.get("/engines");
        long used = usedMemory();
        int answered = 0;
        for (int i = 0; i < REQUESTS; i++) {
            String text = requests.next();
            try (RawClient client = new RawClient(port())) {
                client.send(text).endSending();
                String answer = client.rest();
                if (!answer.isEmpty()) {
                    assertThat(RawClient.status(answer))
                            .as("request %d of seed %d", i, SEED)
                            .isIn(100, 200, 400, 403, 404, 405, 413, 415, 431, 501, 503, 505);
                    answered++;
                }
            } catch (IOException e) {
                // The server hung up while this still sent.
            }
        }
        assertThat(answered).isGreaterThan(REQUESTS / 2);
        expectThatNothingHappened();
        assertThat(usedMemory() - used).as("growth in bytes").isLessThan(GROWTH);
    }

    @Test
    void aHundredClientsDrawAmongSlowOnesAndStreamsThatAreNotRead() throws Exception {
        // The first drawings are slow: the JVM compiles what reads them.
        for (int i = 0; i < WARM_UP; i += DRAWINGS_OF_EACH) {
            draw(new ConcurrentLinkedQueue<>());
        }
        List<RawClient> others = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            others.add(new RawClient(port()).send("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        }
        for (int i = 0; i < SLOW_CLIENTS; i++) {
            String begun = predict();
            others.add(new RawClient(port()).send(begun.substring(0, begun.length() * i / SLOW_CLIENTS)));
        }
        long used = usedMemory();
        Queue<Long> nanos = new ConcurrentLinkedQueue<>();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < DRAWING_CLIENTS; i++) {
            Thread client = new Thread(() -> draw(nanos), "client-" + i);
            clients.add(client);
            client.start();
        }
        for (int i = 0; i < 10; i++) {
            // So long a name that a stream's buffers are full of the news soon.
            fixture.runs.are("r".repeat(500_000) + i, i);
            fixture.get("/model");
            Thread.sleep(100);
        }
        for (Thread client : clients) {
            client.join();
        }

        assertThat(nanos).hasSize(DRAWING_CLIENTS * DRAWINGS_OF_EACH);
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        if (ALL) {
            System.out.printf(
                    Locale.ROOT,
                    "%d clients that draw, %d drawings: median %.1f ms, p99 %.1f ms%n",
                    DRAWING_CLIENTS,
                    sorted.length,
                    sorted[sorted.length / 2] * 1e-6,
                    sorted[sorted.length * 99 / 100] * 1e-6);
        }
        assertThat(serverThreads().size())
                .as("threads, whatever the number of clients")
                .isLessThan(8 + 2 * Runtime.getRuntime().availableProcessors());
        expectThatNothingHappened();
        assertThat(usedMemory() - used).as("growth in bytes").isLessThan(STREAMS * 1_100_000L + GROWTH);
        for (RawClient other : others) {
            other.close();
        }
        expectThatNothingHappened();
    }

    private void draw(Queue<Long> nanos) {
        try (RawClient client = new RawClient(port())) {
            String request = predict();
            for (int i = 0; i < DRAWINGS_OF_EACH; i++) {
                long started = System.nanoTime();
                String answer = client.send(request).answer();
                nanos.add(System.nanoTime() - started);
                assertThat(answer).startsWith("HTTP/1.1 200 ").contains("\"probabilities\":[");
            }
        } catch (IOException e) {
            throw new AssertionError("a client that draws was not answered", e);
        }
    }

    /** Every answer is that of a drawing alone, whatever else is read meanwhile. */
    @Test
    void drawingsThatAreReadTogetherAreReadAlike() throws Exception {
        String alone = probabilities();
        Queue<String> together = new ConcurrentLinkedQueue<>();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Thread client = new Thread(() -> {
                try {
                    together.add(probabilities());
                } catch (IOException | InterruptedException e) {
                    together.add(e.toString());
                }
            });
            clients.add(client);
            client.start();
        }
        for (Thread client : clients) {
            client.join();
        }
        assertThat(together).hasSize(20).containsOnly(alone);
    }

    private String probabilities() throws IOException, InterruptedException {
        return fixture.predict("native", 28, drawing()).get("probabilities").toString();
    }
}
