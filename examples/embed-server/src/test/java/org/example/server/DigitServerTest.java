package org.example.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.data.IdxFile;
import dev.lenet.api.inference.Classifier;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A server that reads digits for many clients at once")
class DigitServerTest {
    private static final int CLIENTS = 8;
    private static final int ROUNDS = 5;

    private static final Classifier CLASSIFIER = Classifier.open(Path.of("../../models/lenet5.safetensors"));
    private static final DigitServer SERVER = new DigitServer(CLASSIFIER, 0);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @AfterAll
    static void close() {
        SERVER.close();
        CLASSIFIER.close();
    }

    private static HttpResponse<String> post(byte[] picture) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + SERVER.port() + "/digits");
        return CLIENT.send(
                HttpRequest.newBuilder(address)
                        .POST(BodyPublishers.ofByteArray(picture))
                        .build(),
                BodyHandlers.ofString());
    }

    /** Test images of MNIST, spread over the file, as PNG files. */
    private static List<byte[]> pictures() throws IOException {
        IdxFile images = IdxFile.images(Path.of("../../data/mnist/t10k-images-idx3-ubyte.gz"));
        List<byte[]> pictures = new ArrayList<>();
        for (int i = 0; i < 10_000; i += 250) {
            BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
            byte[] pixels = new byte[784];
            System.arraycopy(images.values(), i * 784, pixels, 0, 784);
            image.getRaster().setDataElements(0, 0, 28, 28, pixels);
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            ImageIO.write(image, "png", file);
            pictures.add(file.toByteArray());
        }
        return pictures;
    }

    @Test
    @DisplayName("Eight clients get the answers that one gets")
    void manyClients() throws Exception {
        List<byte[]> pictures = pictures();
        List<String> alone = new ArrayList<>();
        for (byte[] picture : pictures) {
            HttpResponse<String> response = post(picture);
            assertThat(response.statusCode()).isEqualTo(200);
            alone.add(response.body());
        }
        assertThat(alone.get(0)).startsWith("{\"number\":\"7\",\"digits\":[{\"digit\":\"7\",\"probability\":");

        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<List<Long>>> all = Stream.generate(() -> clients.submit(() -> ask(pictures, alone)))
                    .limit(CLIENTS)
                    .toList();
            List<Long> nanos = new ArrayList<>();
            for (Future<List<Long>> client : all) {
                nanos.addAll(client.get());
            }
            nanos.sort(null);
            System.out.printf(
                    "%,d answers to %d clients at once: median %.1f ms, p99 %.1f ms%n",
                    nanos.size(),
                    CLIENTS,
                    nanos.get(nanos.size() / 2) * 1e-6,
                    nanos.get(nanos.size() * 99 / 100) * 1e-6);
            assertThat(nanos).hasSize(CLIENTS * ROUNDS * pictures.size());
        } finally {
            clients.shutdownNow();
        }
    }

    /** What one client does; returns how long each answer took. */
    private static List<Long> ask(List<byte[]> pictures, List<String> expected)
            throws IOException, InterruptedException {
        List<Long> nanos = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < pictures.size(); i++) {
                long start = System.nanoTime();
                HttpResponse<String> response = post(pictures.get(i));
                nanos.add(System.nanoTime() - start);
                assertThat(response.body()).isEqualTo(expected.get(i));
            }
        }
        return nanos;
    }

    @Test
    @DisplayName("What is no picture is a sentence, and another path is nothing")
    void mistakes() throws Exception {
        HttpResponse<String> response = post("hello".getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body()).startsWith("{\"error\":\"");
        URI elsewhere = URI.create("http://127.0.0.1:" + SERVER.port() + "/elsewhere");
        assertThat(CLIENT.send(HttpRequest.newBuilder(elsewhere).build(), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(404);
    }
}
