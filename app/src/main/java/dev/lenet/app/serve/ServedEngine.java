package dev.lenet.app.serve;

import com.google.gson.JsonObject;
import dev.lenet.api.EngineUnavailableException;
import dev.lenet.api.engine.Availability;
import dev.lenet.api.engine.Availability.Ready;
import dev.lenet.api.engine.Availability.Unavailable;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.EngineProvider;
import dev.lenet.api.inference.Activations;
import dev.lenet.api.inference.Classification;
import dev.lenet.api.inference.Classifier;
import dev.lenet.app.config.OptionHints;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One engine with the served model: opened when it is first asked for, and kept. It reads as many drawings at once as it has threads.
 */
final class ServedEngine implements AutoCloseable {
    private final EngineProvider provider;
    private final EngineOptions options;
    private final ServedModel served;
    private final EngineThreads threads;
    private final Latencies latencies = new Latencies();
    private volatile @Nullable Availability availability;
    private volatile @Nullable Open open;
    private boolean closed;

    ServedEngine(EngineProvider provider, EngineOptions options, ServedModel served) {
        this.provider = provider;
        this.options = options;
        this.served = served;
        this.threads = new EngineThreads(provider.name(), options.resolvedThreads());
    }

    String name() {
        return provider.name();
    }

    /** Does something in this engine's threads. */
    <T> CompletableFuture<T> soon(Supplier<T> work) {
        return threads.submit(work);
    }

    /**
     * Opens the engine if it is not open, and predicts until it is as fast as it will be.
     *
     * @throws EngineUnavailableException if it cannot run here
     */
    Engine open() {
        return opened().engine;
    }

    /** As {@link #open}, in the engine's own time; what is known of it then. */
    CompletableFuture<JsonObject> opening() {
        return soon(() -> {
            opened();
            return toJson(availability());
        });
    }

    private Open opened() {
        @Nullable Open known = open;
        return known == null ? openOnce() : known;
    }

    private synchronized Open openOnce() {
        @Nullable Open known = open;
        if (closed) {
            throw new EngineUnavailableException("Engine '" + name()
                    + "': expected an open server, received a request after its end. Start it again.");
        }
        if (known != null) {
            return known;
        }
        Engine engine = provider.open(options);
        try {
            Classifier classifier = Classifier.on(engine, served.file()).warmUp();
            logits(classifier, new byte[served.file().network().input().size()]);
            availability = new Ready(engine.describe().detail());
            known = new Open(engine, classifier);
            open = known;
            return known;
        } catch (RuntimeException | Error e) {
            engine.close();
            throw e;
        }
    }

    /**
     * Reads one image, and looks at every layer on the way.
     *
     * @param pixels as the network takes them, unsigned
     */
    Reading read(byte[] pixels) {
        Classifier classifier = opened().classifier;
        logits(classifier, pixels);
        return new Reading(
                classifier.classify(pixels), layers(classifier.activations(pixels)), latencies.medianMicros());
    }

    /** The bare prediction, whose time is told. */
    private void logits(Classifier classifier, byte[] pixels) {
        long started = System.nanoTime();
        classifier.logits(pixels);
        latencies.add(System.nanoTime() - started);
    }

    /** In the order of {@link ShownLayer#of}. */
    private List<FeatureLevels> layers(List<Activations.Output> outputs) {
        return ShownLayer.of(served.file().network()).stream()
                .map(shown -> FeatureLevels.of(outputs.get(shown.index()).values()))
                .toList();
    }

    /** What is known of it; complete once it has found out whether it can run. */
    CompletableFuture<JsonObject> described() {
        @Nullable Availability known = availability;
        return known == null ? soon(() -> toJson(availability())) : CompletableFuture.completedFuture(toJson(known));
    }

    /** Waits, the first time, until the engine has found out. */
    private Availability availability() {
        @Nullable Availability known = availability;
        return known == null ? probe() : known;
    }

    private synchronized Availability probe() {
        @Nullable Availability known = availability;
        if (known == null) {
            known = provider.probe(options);
            availability = known;
        }
        return known;
    }

    /** {@code latency_us} is 0 as long as the engine is not open. */
    private JsonObject toJson(Availability known) {
        JsonObject json = new JsonObject();
        json.addProperty("name", name());
        if (known instanceof Ready ready) {
            json.addProperty("ready", true);
            json.addProperty("detail", ready.detail());
        } else if (known instanceof Unavailable unavailable) {
            json.addProperty("ready", false);
            json.addProperty("reason", unavailable.reason());
            json.addProperty("remedy", OptionHints.in(unavailable.remedy()));
        }
        json.addProperty("open", open != null);
        json.addProperty("latency_us", latencies.medianMicros());
        return json;
    }

    @Override
    public void close() {
        threads.close();
        synchronized (this) {
            closed = true;
            @Nullable Open known = open;
            open = null;
            if (known != null) {
                known.engine.close();
            }
        }
    }

    /**
     * What an engine makes of one image.
     *
     * @param layers what each shown layer puts out, see {@link ShownLayer#of}
     * @param latencyMicros of a bare prediction on this engine, the median of the last ones, in microseconds
     */
    record Reading(Classification classification, List<FeatureLevels> layers, double latencyMicros) {}

    /** An engine that closes what it made with itself. */
    private record Open(Engine engine, Classifier classifier) {}
}
