package dev.lenet.datasets;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A web server on this machine that is laid out like DJL's repository, and can be told to misbehave. */
final class DjlServer implements AutoCloseable {
    static final String FASHION_MNIST = "/dataset/cv/ai/djl/basicdataset/fashmnist/";

    static final String CIFAR10 = "/dataset/cv/ai/djl/basicdataset/cifar10/";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

    /** What is done about a request. */
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private DjlServer(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                String path = exchange.getRequestURI().getPath();
                requests.add(path);
                answers.getOrDefault(path, status(404)).to(exchange);
            }
        });
    }

    /** Serves small files as Fashion-MNIST, whose metadata has relative addresses. */
    static DjlServer start() throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        DjlServer server = new DjlServer(http);
        http.start();
        StringBuilder files = new StringBuilder();
        for (DataFile file : DataFile.of(DatasetKind.Layout.IDX_FILES)) {
            byte[] body = SmallDataset.gzip(SmallDataset.raw(file));
            files.append(files.isEmpty() ? "" : ",\n").append(entry(file, body, "1.0/" + file.zippedName()));
            server.answer(FASHION_MNIST + "1.0/" + file.zippedName(), body(body));
        }
        server.metadata(files.toString());
        return server;
    }

    /** Serves small batches as CIFAR-10, whose metadata has whole addresses and no sizes. */
    void serveCifar10() {
        StringBuilder files = new StringBuilder();
        for (DataFile file : DataFile.of(DatasetKind.Layout.CIFAR_BATCHES)) {
            byte[] body = SmallDataset.gzip(SmallDataset.raw(file));
            files.append(files.isEmpty() ? "" : ",\n")
                    .append(String.format(
                            Locale.ROOT,
                            "\"%s\": {\"uri\": \"%s\", \"sha1Hash\": \"%s\"}",
                            file.rawName(),
                            uri().resolve(CIFAR10 + file.zippedName()),
                            SmallDataset.digest("SHA-1", body)));
            answer(CIFAR10 + file.zippedName(), body(body));
        }
        metadata(CIFAR10, "cifar10", files.toString());
    }

    /** Lists those files in the metadata instead. */
    void metadata(String files) {
        metadata(FASHION_MNIST, "fashmnist", files);
    }

    private void metadata(String place, String artifact, String files) {
        String json = """
                {
                  "metadataVersion": "0.2",
                  "resourceType": "dataset",
                  "application": "cv",
                  "groupId": "ai.djl.basicdataset",
                  "artifactId": "%s",
                  "name": "%s",
                  "licenses": {"license": {"name": "MIT", "url": "https://example.org"}},
                  "artifacts": [{"version": "1.0", "snapshot": false, "files": {
                %s
                  }}]
                }
                """.formatted(artifact, artifact, files);
        answer(place + "metadata.json", body(json.getBytes(StandardCharsets.UTF_8)));
    }

    /** A line of the metadata, as DJL writes it. */
    static String entry(DataFile file, byte[] body, String uri) {
        return String.format(
                Locale.ROOT,
                "\"%s\": {\"uri\": \"%s\", \"sha1Hash\": \"%s\", \"size\": %d}",
                file.djlKey(),
                uri,
                SmallDataset.digest("SHA-1", body),
                body.length);
    }

    void answer(String path, Answer answer) {
        answers.put(path, answer);
    }

    static Answer body(byte[] body) {
        return exchange -> {
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        };
    }

    static Answer status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    static Answer retryAfter(String later) {
        return exchange -> {
            exchange.getResponseHeaders().set("Retry-After", later);
            exchange.sendResponseHeaders(503, -1);
        };
    }

    /** Those answers, each to a request, and then what is answered at that path now. */
    Answer after(String path, Answer... first) {
        Answer then = answers.getOrDefault(path, status(404));
        AtomicInteger count = new AtomicInteger();
        return exchange -> {
            int i = count.getAndIncrement();
            (i < first.length ? first[i] : then).to(exchange);
        };
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
