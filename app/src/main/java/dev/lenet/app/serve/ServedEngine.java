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
import org.jspecify.annotations.Nullable;

/**
 * One engine with the served model: opened when it is first asked for, and kept.
 *
 * <p>One drawing at a time: two at once would measure each other.
 */
final class ServedEngine implements AutoCloseable {
    private final EngineProvider provider;
    private final EngineOptions options;
    private final ServedModel served;
    private final Latencies latencies = new Latencies();
    private @Nullable Availability availability;
    private @Nullable Open open;
    private boolean closed;

    ServedEngine(EngineProvider provider, EngineOptions options, ServedModel served) {
        this.provider = provider;
        this.options = options;
        this.served = served;
    }

    String name() {
        return provider.name();
    }

    /** Waits, the first time, until the engine has found out. */
    synchronized Availability availability() {
        if (availability == null) {
            availability = provider.probe(options);
        }
        return availability;
    }

    /**
     * Opens the engine if it is not open, and predicts until it is as fast as it will be.
     *
     * @throws EngineUnavailableException if it cannot run here
     */
    synchronized Engine open() {
        return opened().engine;
    }

    private Open opened() {
        if (closed) {
            throw new EngineUnavailableException("Engine '" + name()
                    + "': expected an open server, received a request after its end. Start it again.");
        }
        if (open == null) {
            Engine engine = provider.open(options);
            try {
                open = new Open(engine, Classifier.on(engine, served.file()));
            } catch (RuntimeException | Error e) {
                engine.close();
                throw e;
            }
            availability = new Ready(engine.describe().detail());
            open.classifier.warmUp();
            logits(open.classifier, new byte[served.file().network().input().size()]);
        }
        return open;
    }

    /**
     * Reads one image, and looks at every layer on the way.
     *
     * @param pixels as the network takes them, unsigned
     */
    synchronized Reading read(byte[] pixels) {
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

    /** {@code latency_us} is 0 as long as the engine is not open. */
    synchronized JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("name", name());
        Availability known = availability();
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
    public synchronized void close() {
        closed = true;
        if (open != null) {
            open.engine.close();
            open = null;
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
