package dev.lenet.app.serve;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.inference.Novelty;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The model that reads the drawings.
 *
 * @param file for people
 * @param characters whether drawings have to be made like MNIST's digits, see {@code DigitImage}
 * @param facts of its file
 */
public record ServedModel(
        String file,
        Network network,
        Weights weights,
        Normalization normalization,
        ClassNames names,
        boolean characters,
        Map<String, String> facts) {

    /** What tells how strange a drawing is; null if the file does not say. */
    @Nullable
    Novelty novelty() {
        return Novelty.of(network, facts);
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("file", file);
        json.addProperty("parameters", network.parameterCount());
        json.addProperty("test_accuracy", facts.get("test_accuracy"));
        json.addProperty("characters", characters);
        json.add("classes", texts(names.names()));
        JsonArray layers = new JsonArray();
        for (ShownLayer shown : ShownLayer.of(network)) {
            JsonObject layer = new JsonObject();
            layer.addProperty("name", shown.name());
            layer.add("kinds", texts(shown.kinds()));
            JsonArray shape = new JsonArray();
            for (int dimension : shown.output().toArray()) {
                shape.add(dimension);
            }
            layer.add("shape", shape);
            layers.add(layer);
        }
        json.add("layers", layers);
        return json;
    }

    private static JsonArray texts(List<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }
}
