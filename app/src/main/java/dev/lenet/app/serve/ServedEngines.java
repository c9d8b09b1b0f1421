package dev.lenet.app.serve;

import com.google.gson.JsonObject;
import dev.lenet.api.EngineUnavailableException;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.EngineProvider;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** All engines there are, with one model. Who made them closes them. */
public final class ServedEngines implements AutoCloseable {
    private final ServedModel model;
    private final List<ServedEngine> engines;
    private final ServedEngine first;

    /**
     * @param first the name of the one the page begins with
     * @throws EngineUnavailableException if there is none of that name
     */
    public ServedEngines(List<EngineProvider> providers, String first, EngineOptions options, ServedModel model) {
        this.model = model;
        this.engines = providers.stream()
                .map(provider -> new ServedEngine(provider, options, model))
                .toList();
        this.first = find(first);
    }

    /**
     * Opens the one the page begins with, if it is not open.
     *
     * @throws EngineUnavailableException if it cannot run here
     */
    public Engine openFirst() {
        return first.open();
    }

    ServedModel model() {
        return model;
    }

    /** As a request names it. */
    ServedEngine named(String name) {
        try {
            return find(name);
        } catch (EngineUnavailableException e) {
            throw new Refusal(Refusal.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    private ServedEngine find(String name) {
        return engines.stream()
                .filter(engine -> engine.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new EngineUnavailableException("Engine '" + name + "': expected one of "
                        + engines.stream().map(ServedEngine::name).toList() + ". Choose one of these."));
    }

    /** Complete when each engine knows whether it can run. */
    CompletableFuture<JsonObject> toJson() {
        List<CompletableFuture<JsonObject>> all =
                engines.stream().map(ServedEngine::described).toList();
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).thenApply(unused -> {
            JsonObject json = new JsonObject();
            json.addProperty("first", first.name());
            json.add(
                    "engines",
                    Reply.tree(all.stream().map(CompletableFuture::join).toList()));
            return json;
        });
    }

    @Override
    public void close() {
        engines.forEach(ServedEngine::close);
    }
}
