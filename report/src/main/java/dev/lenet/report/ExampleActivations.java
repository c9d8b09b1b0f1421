package dev.lenet.report;

import dev.lenet.api.data.Batch;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Model;
import dev.lenet.api.inference.Activations;
import dev.lenet.api.network.LayerSpec.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * What each layer of a model makes of one image.
 *
 * @param row of the image in its data set
 * @param outputs of the layers in order, without those that pass on what they got
 */
record ExampleActivations(int row, List<Activations.Output> outputs) {
    ExampleActivations {
        outputs = List.copyOf(outputs);
    }

    static ExampleActivations of(Engine engine, Model model, Dataset images, int row) {
        List<Activations.Output> outputs = new ArrayList<>();
        for (Activations.Output output : Activations.of(engine, model, Batch.range(images, row, 1))) {
            if (output.layer().spec().role() != Role.PASSING) {
                outputs.add(output);
            }
        }
        return new ExampleActivations(row, outputs);
    }
}
