package dev.lenet.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lenet.api.DatasetException;
import dev.lenet.api.data.Normalization;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Every way in which fetching fails is a sentence, and leaves nothing behind")
class FetchFailureTest extends FetcherFixture {
    FetchFailureTest() throws IOException {}

    @Test
    @DisplayName("A status other than 200")
    void statuses() {
        for (int status : List.of(403, 404, 410, 501)) {
            server.answer(DjlServer.FASHION_MNIST + IMAGES, DjlServer.status(status));
            expectFailure(IMAGES, "expected the status 200, received " + status);
        }
        assertThat(server.requests()).as("each tried once").hasSize(2 * 4);
        server.answer(DjlServer.FASHION_MNIST + "metadata.json", DjlServer.status(404));
        expectFailure("metadata.json", "expected the status 200, received 404");
    }

    @Test
    @DisplayName("A web page under the name of a file")
    void webPages() {
        byte[] page = "<!DOCTYPE html><title>Log in</title>".getBytes(StandardCharsets.UTF_8);
        server.answer(DjlServer.FASHION_MNIST + IMAGES, DjlServer.body(page));
        expectFailure(IMAGES, "expected the data, received a web page (of a proxy, perhaps)");

        server.answer(DjlServer.FASHION_MNIST + "metadata.json", DjlServer.body(page));
        expectFailure("metadata.json", "expected the list of files that DJL keeps there, received a web page");
    }

    @Test
    @DisplayName("Too few bytes, too many, and others")
    void wrongBytes() {
        byte[] shorter = Arrays.copyOf(IMAGES_BODY, IMAGES_BODY.length - 5);
        server.answer(DjlServer.FASHION_MNIST + IMAGES, DjlServer.body(shorter));
        expectFailure(IMAGES, "expected " + IMAGES_BODY.length + " bytes, received " + shorter.length);

        server.answer(
                DjlServer.FASHION_MNIST + IMAGES, DjlServer.body(Arrays.copyOf(IMAGES_BODY, 5 * IMAGES_BODY.length)));
        expectFailure(IMAGES, "expected " + IMAGES_BODY.length + " bytes, received more");

        byte[] other = IMAGES_BODY.clone();
        other[100] ^= 1;
        server.answer(DjlServer.FASHION_MNIST + IMAGES, DjlServer.body(other));
        expectFailure(
                IMAGES,
                "expected the SHA-1 " + SmallDataset.digest("SHA-1", IMAGES_BODY) + ", received "
                        + SmallDataset.digest("SHA-1", other));
    }

    @Test
    @DisplayName("A connection that closes in the middle, and one that falls silent")
    void brokenConnections() {
        server.answer(DjlServer.FASHION_MNIST + IMAGES, exchange -> {
            exchange.sendResponseHeaders(200, IMAGES_BODY.length);
            exchange.getResponseBody().write(IMAGES_BODY, 0, 100);
            exchange.getResponseBody().flush();
        });
        expectFailure(IMAGES, "the connection broke off after 100 of " + IMAGES_BODY.length + " bytes (tried 4 times)");

        server.answer(DjlServer.FASHION_MNIST + IMAGES, exchange -> {
            exchange.sendResponseHeaders(200, IMAGES_BODY.length);
            exchange.getResponseBody().write(IMAGES_BODY, 0, 100);
            exchange.getResponseBody().flush();
            sleep(5_000);
        });
        expectFailure(IMAGES, "no answer within 0.5 seconds (tried 4 times)");
    }

    @Test
    @DisplayName("A server that sends too little to ever end, in a body, in the size of a chunk or in a header")
    void trickle() throws IOException {
        server.answer(DjlServer.FASHION_MNIST + IMAGES, exchange -> {
            exchange.sendResponseHeaders(200, IMAGES_BODY.length);
            for (int i = 0; i < 100; i++) {
                exchange.getResponseBody().write(IMAGES_BODY, i, 1);
                exchange.getResponseBody().flush();
                sleep(100);
            }
        });
        List<Thread> servers = new ArrayList<>();
        List<URI> addresses = new ArrayList<>(List.of(server.uri()));
        for (String start :
                List.of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "HTTP/1.1 200 OK\r\nX: ")) {
            ServerSocket socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
            servers.add(new Thread(() -> trickle(socket, start)));
            addresses.add(URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/"));
        }
        servers.forEach(thread -> thread.setDaemon(true));
        servers.forEach(Thread::start);
        // All at once: each is waited for until too little has come for seconds.
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertThat(
                        addresses.parallelStream().map(this::failure))
                .allSatisfy(
                        message -> assertThat(message).contains("expected at least 10000 bytes a second, received ")));
        expectNothingLeft();
    }

    private String failure(URI repository) {
        Path own = root.resolve("" + repository.getPort());
        return Assertions.assertThrows(DatasetException.class, () -> finder(repository)
                        .find(SmallDataset.withoutDigests(DatasetKind.FASHION_MNIST), own))
                .toString();
    }

    private static void trickle(ServerSocket socket, String start) {
        try (socket;
                Socket connection = socket.accept()) {
            OutputStream out = connection.getOutputStream();
            out.write(start.getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write('0');
                out.flush();
                sleep(100);
            }
        } catch (IOException e) {
            // The other side has had enough.
            return;
        }
    }

    @Test
    @DisplayName("What may pass is tried again, and then goes well, with a word about it")
    void passing() {
        byte[] labels = SmallDataset.gzip(SmallDataset.raw(DataFile.TRAIN_LABELS));
        String labelFile = "1.0/" + DataFile.TRAIN_LABELS.zippedName();
        server.answer(
                DjlServer.FASHION_MNIST + "metadata.json",
                server.after(DjlServer.FASHION_MNIST + "metadata.json", DjlServer.status(429), DjlServer.status(503)));
        server.answer(
                DjlServer.FASHION_MNIST + labelFile,
                server.after(DjlServer.FASHION_MNIST + labelFile, DjlServer.status(500), exchange -> {
                    exchange.sendResponseHeaders(200, labels.length);
                    exchange.getResponseBody().write(labels, 0, 10);
                    // Otherwise the headers may be lost as well, and the client of the JDK asks again by itself.
                    exchange.getResponseBody().flush();
                }));

        assertThat(fetch().training(new Normalization(0, 1)).size()).isEqualTo(SmallDataset.TRAINING);
        assertThat(said)
                .contains(
                        address("metadata.json")
                                + ": expected the status 200, received 429. Trying again in 0.5 seconds.",
                        address("metadata.json")
                                + ": expected the status 200, received 503. Trying again in 0.5 seconds.",
                        address(labelFile) + ": expected the status 200, received 500. Trying again in 0.5 seconds.",
                        address(labelFile) + ": the connection broke off after 10 of " + labels.length
                                + " bytes. Trying again in 0.5 seconds.");
    }

    @Test
    @DisplayName("A server that stays overloaded is given up, at once if it asks for more patience than there is")
    void overloaded() {
        server.answer(DjlServer.FASHION_MNIST + IMAGES, DjlServer.status(503));
        expectFailure(IMAGES, "expected the status 200, received 503 (tried 4 times)");

        for (String later : List.of("3600", "Wed, 21 Oct 2065 07:28:00 GMT")) {
            said.clear();
            server.answer(DjlServer.FASHION_MNIST + IMAGES, DjlServer.retryAfter(later));
            assertThatExceptionOfType(DatasetException.class)
                    .isThrownBy(this::fetch)
                    .withMessageContaining(
                            IMAGES + ": expected the status 200, received 503, and the wish to be asked again after ");
            assertThat(said).hasSize(2);
        }
        for (String soon : List.of("0", "Wed, 21 Oct 2015 07:28:00 GMT", "tomorrow", "-5", "99999999999999999999")) {
            said.clear();
            server.answer(DjlServer.FASHION_MNIST + IMAGES, DjlServer.retryAfter(soon));
            expectFailure(IMAGES, "expected the status 200, received 503 (tried 4 times)");
        }
    }

    @Test
    @DisplayName("A null or anything else in the wrong place of DJL's catalogue is no exception of Java's")
    void hostileMetadata() {
        String file = "{\"uri\": \"x\", \"size\": 1}";
        String deep = "[".repeat(200_000);
        for (String artifact : List.of(
                "null",
                "{}",
                "{\"version\": null}",
                "{\"version\": \"1.0\"}",
                "{\"version\": \"1.0\", \"files\": null}",
                "{\"version\": \"x\", \"files\": {}}",
                "{\"version\": \"1.0\", \"files\": {\"train_data\": null}}",
                "{\"version\": \"1.0\", \"files\": {\"train_data\": {\"uri\": null}}}",
                "{\"version\": \"1.0\", \"files\": {\"train_data\": {\"uri\": \":\"}}}",
                "{\"version\": \"1.0\", \"files\": {\"train_data\": [" + file + "]}}",
                "{\"version\": \"1.0\", \"properties\": null, \"files\": {\"train_data\": {\"size\": 1e999999999}}}",
                "{\"version\": \"1.0\", \"arguments\": " + deep + "}",
                "{\"version\": \"" + "9".repeat(500_000) + "\", \"files\": {}}",
                "{\"version\": \"1." + "0.".repeat(200_000) + "\", \"files\": {}}")) {
            String json = "{\"metadataVersion\": \"0.2\", \"artifacts\": [" + artifact + "]}";
            server.answer(
                    DjlServer.FASHION_MNIST + "metadata.json", DjlServer.body(json.getBytes(StandardCharsets.UTF_8)));
            long began = System.nanoTime();
            assertThatExceptionOfType(DatasetException.class)
                    .as(artifact.substring(0, Math.min(80, artifact.length())))
                    .isThrownBy(this::fetch)
                    .withMessageStartingWith(address("metadata.json") + ": expected ")
                    .withMessageContaining("list of files");
            assertThat(System.nanoTime() - began).isLessThan(5_000_000_000L);
        }
    }

    @Test
    @DisplayName("A server that is not there, and a host that does not exist")
    void unreachable() {
        URI gone = server.uri();
        server.close();
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> find(finder(gone), DatasetKind.FASHION_MNIST))
                .withMessageContaining("metadata.json: no connection to 127.0.0.1 (Connection refused)");

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> find(finder(URI.create("https://no-such-host.invalid/")), DatasetKind.MNIST))
                .withMessage("https://no-such-host.invalid/dataset/cv/ai/djl/basicdataset/mnist/metadata.json: the host"
                        + " no-such-host.invalid cannot be found. Try again later, or put the files into " + folder()
                        + " yourself: train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz,"
                        + " t10k-images-idx3-ubyte.gz, t10k-labels-idx1-ubyte.gz.");
        expectNothingLeft();
    }

    @Test
    @DisplayName("A file that is announced as enormous is not fetched")
    void enormous() {
        server.metadata(DataFile.of(DatasetKind.Layout.IDX_FILES).stream()
                .map(file -> DjlServer.entry(file, IMAGES_BODY, "1.0/" + file.zippedName())
                        .replace("\"size\": " + IMAGES_BODY.length, "\"size\": 999999999999"))
                .collect(Collectors.joining(",")));

        expectFailure(IMAGES, "expected a file of at most 268.4 MB, received an announcement of 999999999999 bytes");
        assertThat(server.requests()).doesNotContain(DjlServer.FASHION_MNIST + IMAGES);
    }

    @Test
    @DisplayName("Metadata that leaves a file out, and metadata that is none")
    void poorMetadata() {
        server.metadata(DjlServer.entry(DataFile.TRAIN_IMAGES, IMAGES_BODY, IMAGES));
        expectFailure("metadata.json", "expected train_labels in the list of files, found none");

        server.metadata(DataFile.of(DatasetKind.Layout.IDX_FILES).stream()
                .map(file ->
                        DjlServer.entry(file, IMAGES_BODY, IMAGES).replace("\"sha1Hash\": \"", "\"sha1Hash\": \"x"))
                .collect(Collectors.joining(",")));
        expectFailure(
                "metadata.json",
                "expected the SHA-1 of train_data in the list of files to be 40 hexadecimal digits, found something"
                        + " else");

        for (String json : List.of("[]", "{}", "{\"artifacts\": []}", "{\"artifacts\": 5}", "nonsense")) {
            server.answer(
                    DjlServer.FASHION_MNIST + "metadata.json", DjlServer.body(json.getBytes(StandardCharsets.UTF_8)));
            expectFailure("metadata.json", "expected the list of files that DJL keeps there, received something else");
        }
        server.answer(DjlServer.FASHION_MNIST + "metadata.json", DjlServer.body(new byte[0]));
        expectFailure("metadata.json", "expected the list of files that DJL keeps there, received nothing");
    }

    @Test
    @DisplayName("A body that never ends is cut off at the announced size")
    void endless() {
        server.answer(DjlServer.FASHION_MNIST + IMAGES, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write(IMAGES_BODY);
            }
        });
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> expectFailure(IMAGES, "expected " + IMAGES_BODY.length + " bytes, received more"));
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
