package dev.lenet.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lenet.api.DatasetException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Every way in which fetching fails is a sentence, and leaves nothing behind")
class FetchFailureTest extends FetcherFixture {
    FetchFailureTest() throws IOException {}

    @Test
    @DisplayName("A status other than 200")
    void statuses() {
        for (int status : List.of(403, 404, 500, 503)) {
            server.answer(DjlServer.FASHION_MNIST + IMAGES, DjlServer.status(status));
            expectFailure(IMAGES, "expected the status 200, received " + status);
        }
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
        expectFailure(IMAGES, "the connection broke off after 100 of " + IMAGES_BODY.length + " bytes");

        server.answer(DjlServer.FASHION_MNIST + IMAGES, exchange -> {
            exchange.sendResponseHeaders(200, IMAGES_BODY.length);
            exchange.getResponseBody().write(IMAGES_BODY, 0, 100);
            exchange.getResponseBody().flush();
            sleep();
        });
        expectFailure(IMAGES, "no answer within 0.5 seconds");
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
        server.metadata(Stream.of(DataFile.values())
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

        server.metadata(Stream.of(DataFile.values())
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

    private static void sleep() {
        try {
            Thread.sleep(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
