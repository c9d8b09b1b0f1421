package dev.lenet.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a page follows a run. */
@Timeout(60)
class EventStreamTest {
    private static final int MOST_TRIES = 20_000;

    private final ServerFixture fixture = new ServerFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private BufferedReader stream() throws Exception {
        HttpResponse<InputStream> response = fixture.open("/events");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    /** The data of the next event of a kind. */
    private static String next(BufferedReader stream, String event) throws Exception {
        boolean wanted = false;
        for (@Nullable String line = stream.readLine(); line != null; line = stream.readLine()) {
            if (line.startsWith("event: ")) {
                wanted = line.equals("event: " + event);
            } else if (wanted && line.startsWith("data: ")) {
                return line.substring("data: ".length());
            }
        }
        throw new AssertionError("the stream ended without an event " + event);
    }

    @Test
    void tellsOfNoRunThenOfOneThenOfItsMistakes() throws Exception {
        try (BufferedReader stream = stream()) {
            assertThat(next(stream, "run")).isEqualTo("{}");
            fixture.runs.are("first", 0);
            assertThat(next(stream, "run")).isEqualTo("{\"run\":\"first\",\"epochs\":0}");
            fixture.runs.are("first", 1);
            assertThat(next(stream, "run")).isEqualTo("{\"run\":\"first\",\"epochs\":1}");
            assertThat(next(stream, "mistakes")).isEqualTo("{\"run\":\"first\",\"engine\":\"native\"}");
        }
    }

    @Test
    void whoComesLaterIsToldWhatTheOthersKnow() throws Exception {
        fixture.runs.are("first", 1);
        try (BufferedReader first = stream()) {
            next(first, "mistakes");
            try (BufferedReader second = stream()) {
                assertThat(next(second, "run")).contains("first");
            }
            try (BufferedReader third = stream()) {
                assertThat(next(third, "mistakes")).contains("first");
            }
        }
    }

    @Test
    void aCommentTellsThatTheServerIsStillThere() throws Exception {
        try (BufferedReader stream = stream()) {
            next(stream, "run");
            assertThat(stream.readLine()).isEmpty();
            assertThat(stream.readLine()).isEqualTo(":");
        }
    }

    @Test
    void thereAreSoManySeatsAndOneThatIsLeftIsFreeAgain() throws Exception {
        List<BufferedReader> streams = new ArrayList<>();
        for (int i = 0; i < EventSeats.SEATS; i++) {
            streams.add(stream());
        }
        HttpResponse<String> refused = fixture.get("/events");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("expected at most " + EventSeats.SEATS);
        // Others are still answered.
        assertThat(fixture.get("/model").statusCode()).isEqualTo(200);

        streams.remove(0).close();
        int status = 503;
        // The server notices at its next word on the stream, within a second or two.
        for (int tries = 0; status == 503 && tries < MOST_TRIES; tries++) {
            HttpResponse<InputStream> again = fixture.open("/events");
            status = again.statusCode();
            again.body().close();
        }
        assertThat(status).as("a seat is free again").isEqualTo(200);
        for (BufferedReader stream : streams) {
            stream.close();
        }
    }

    @Test
    void theEndOfTheServerEndsTheStream() throws Exception {
        BufferedReader stream = stream();
        next(stream, "run");
        CompletableFuture<String> end = CompletableFuture.supplyAsync(() -> ending(stream));
        fixture.server.close();
        assertThat(end).as("the stream ends").succeedsWithin(Duration.ofSeconds(20));
        assertThat(end.join()).isIn("end", "connection cut");
    }

    /** Reads up to the end, and tells how it came. */
    private static String ending(BufferedReader stream) {
        try {
            @Nullable String line = stream.readLine();
            while (line != null) {
                line = stream.readLine();
            }
            return "end";
        } catch (IOException e) {
            return "connection cut";
        }
    }
}
