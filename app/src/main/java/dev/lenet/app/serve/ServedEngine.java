package dev.lenet.app.serve;

import com.google.gson.JsonObject;
import dev.lenet.api.EngineUnavailableException;
import dev.lenet.api.Shape;
import dev.lenet.api.engine.Availability;
import dev.lenet.api.engine.Availability.Ready;
import dev.lenet.api.engine.Availability.Unavailable;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.EngineProvider;
import dev.lenet.api.engine.Layer;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.inference.Features;
import dev.lenet.api.inference.Novelty;
import dev.lenet.api.inference.Softmax;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One engine with the served model: opened when it is first asked for, and kept.
 *
 * <p>One drawing at a time: two at once would measure each other.
 */
final class ServedEngine implements AutoCloseable {
    /** Long enough for the JVM to compile what runs, in nanoseconds. */
    private static final long WARM_UP_NANOS = 500_000_000;

    private static final int MOST_WARM_UPS = 2000;

    private final EngineProvider provider;
    private final EngineOptions options;
    private final ServedModel served;
    private final @Nullable Novelty novelty;
    private final Shape input;
    private final Latencies latencies = new Latencies();
    private @Nullable Availability availability;
    private @Nullable Open open;
    private boolean closed;

    ServedEngine(EngineProvider provider, EngineOptions options, ServedModel served) {
        this.provider = provider;
        this.options = options;
        this.served = served;
        this.novelty = served.novelty();
        this.input = served.network().input().batchOf(1);
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
                open = new Open(engine, engine.build(served.network(), served.weights()));
            } catch (RuntimeException | Error e) {
                engine.close();
                throw e;
            }
            availability = new Ready(engine.describe().detail());
            warmUp(open);
        }
        return open;
    }

    private void warmUp(Open with) {
        float[] image = new float[input.size()];
        long end = System.nanoTime() + WARM_UP_NANOS;
        for (int i = 0; i < MOST_WARM_UPS && System.nanoTime() < end; i++) {
            logits(with, image);
        }
    }

    /** Reads one image, and looks at every layer on the way. */
    synchronized Reading read(float[] image) {
        Open with = opened();
        float[] logits = logits(with, image);
        return new Reading(
                Softmax.probabilities(logits, 0, logits.length),
                novelty == null ? null : novelty.of(features(with, novelty.layer(), image), logits),
                activations(with, image),
                latencies.medianMicros());
    }

    /** The bare prediction, from values to values, whose time is told. */
    private float[] logits(Open with, float[] image) {
        long started = System.nanoTime();
        try (Tensor tensor = with.engine.tensor(input, image);
                Tensor output = with.model.predict(tensor)) {
            float[] logits = output.toArray();
            latencies.add(System.nanoTime() - started);
            return logits;
        }
    }

    private float[] features(Open with, int layer, float[] image) {
        try (Tensor tensor = with.engine.tensor(input, image)) {
            return Features.before(layer, with.model, tensor);
        }
    }

    /** In the order of {@link ShownLayer#of}. */
    private List<Activation> activations(Open with, float[] image) {
        List<Activation> activations = new ArrayList<>();
        List<ShownLayer> shown = ShownLayer.of(served.network());
        List<Layer> layers = with.model.layers();
        Tensor values = with.engine.tensor(input, image);
        try {
            for (int i = 0; i < layers.size(); i++) {
                Tensor next = layers.get(i).forward(values);
                values.close();
                values = next;
                if (shown.get(activations.size()).index() == i) {
                    activations.add(Activation.of(values.toArray()));
                }
            }
        } finally {
            values.close();
        }
        return activations;
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
            json.addProperty("remedy", unavailable.remedy());
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

    /** An engine that closes its model with itself. */
    private record Open(Engine engine, Model model) {}
}
