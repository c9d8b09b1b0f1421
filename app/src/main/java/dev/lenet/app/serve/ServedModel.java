package dev.lenet.app.serve;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.lenet.api.model.ModelFile;
import dev.lenet.vision.Preparation;

/**
 * The model that reads the drawings.
 *
 * @param name of its file, for people
 * @param file what a classifier needs: with a normalisation and class names
 * @param preparation how a drawing or a picture becomes what it reads
 */
public record ServedModel(String name, ModelFile file, Preparation preparation) {

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("file", name);
        json.addProperty("parameters", file.network().parameterCount());
        json.addProperty("test_accuracy", file.facts().get("test_accuracy"));
        json.addProperty("characters", preparation == Preparation.MNIST);
        json.add("shape", Reply.tree(file.network().input().toArray()));
        json.add("classes", Reply.tree(file.classNames().names()));
        JsonArray layers = new JsonArray();
        for (ShownLayer shown : ShownLayer.of(file.network())) {
            JsonObject layer = new JsonObject();
            layer.addProperty("name", shown.name());
            layer.add("kinds", Reply.tree(shown.kinds()));
            layer.add("shape", Reply.tree(shown.output().toArray()));
            layers.add(layer);
        }
        json.add("layers", layers);
        return json;
    }
}
