package dev.lenet.report;

import dev.lenet.api.data.Batch;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Model;
import dev.lenet.api.inference.Activations;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.LayerSpec;
import dev.lenet.api.network.Network.NamedLayer;
import java.util.ArrayList;
import java.util.List;

/**
 * What each layer of a model makes of one image.
 *
 * @param row of the image in its data set
 * @param outputs of the layers in order, without those that pass on what they got
 */
record ExampleActivations(int row, List<Output> outputs) {
    /** @param values of the shape of the layer's output, row-major */
    record Output(NamedLayer layer, float[] values) {}

    ExampleActivations {
        outputs = List.copyOf(outputs);
    }

    /** Runs the layers one after the other. */
    static ExampleActivations of(Engine engine, Model model, ImageDataset images, int row) {
        List<Output> outputs = new ArrayList<>();
        for (Activations.Output output : Activations.of(engine, model, Batch.range(images, row, 1))) {
            LayerSpec spec = output.layer().spec();
            if (!(spec instanceof Flatten || spec instanceof Dropout)) {
                outputs.add(new Output(output.layer(), output.values()));
            }
        }
        return new ExampleActivations(row, outputs);
    }
}
