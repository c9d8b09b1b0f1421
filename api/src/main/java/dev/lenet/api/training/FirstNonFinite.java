package dev.lenet.api.training;

import dev.lenet.api.data.Batch;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Layer;
import dev.lenet.api.engine.Model;
import dev.lenet.api.inference.Activations;
import dev.lenet.api.network.TensorData;
import dev.lenet.api.network.Weights;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Follows examples through a model, layer by layer, to the first value that is not a finite number. */
final class FirstNonFinite {
    /** Of a data set that is looked at as a whole. */
    private static final int BATCH_SIZE = 250;

    private FirstNonFinite() {}

    /** Completes "first in ..."; null if every value is finite. */
    static @Nullable String in(Engine engine, Model model, Batch batch) {
        int exampleSize = model.network().input().size();
        int input = indexIn(Activations.values(batch));
        if (input >= 0) {
            return "the input, example " + batch.order()[batch.offset() + input / exampleSize] + " of the data set";
        }
        Iterator<Activations.Output> outputs =
                Activations.of(engine, model, batch).iterator();
        for (Layer layer : model.layers()) {
            @Nullable String parameter = in(layer.parameters());
            if (parameter != null) {
                return parameter;
            }
            if (indexIn(outputs.next().values()) >= 0) {
                return "the output of " + layer.spec();
            }
        }
        return null;
    }

    /** The same for a whole data set. */
    static @Nullable String in(Engine engine, Model model, Dataset dataset) {
        for (Batch batch : Batch.inOrder(dataset, BATCH_SIZE)) {
            @Nullable String found = in(engine, model, batch);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** The same for weights alone. */
    static @Nullable String in(Weights weights) {
        return in(weights.tensors());
    }

    private static @Nullable String in(Map<String, TensorData> parameters) {
        for (Map.Entry<String, TensorData> parameter : parameters.entrySet()) {
            if (indexIn(parameter.getValue().values()) >= 0) {
                return "the weights " + parameter.getKey();
            }
        }
        return null;
    }

    private static int indexIn(float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                return i;
            }
        }
        return -1;
    }
}
