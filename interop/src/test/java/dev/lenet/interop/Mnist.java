package dev.lenet.interop;

import dev.lenet.api.data.Batch;
import dev.lenet.api.data.IdxFile;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.Engines;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.model.ModelFile;
import java.nio.file.Path;
import java.util.List;

/** The 10,000 test images, the shipped model, and what the engine says to them. */
final class Mnist {
    static final Normalization NORMALIZATION = new Normalization(0.1307, 0.3081);

    static final ImageDataset TEST = ImageDataset.of(
            IdxFile.images(Path.of("../data/mnist/t10k-images-idx3-ubyte.gz")),
            IdxFile.labels(Path.of("../data/mnist/t10k-labels-idx1-ubyte.gz")),
            10,
            NORMALIZATION);

    private Mnist() {}

    static ModelFile shipped() {
        return ModelFile.read(Path.of("../models/lenet5.safetensors"), List.of());
    }

    /** All test images as the model's inputs, one behind the other. */
    static float[] images(Normalization normalization) {
        ImageDataset images = TEST.normalizedBy(normalization);
        int size = images.exampleShape().size();
        float[] all = new float[images.size() * size];
        for (int row = 0; row < images.size(); row++) {
            images.read(row, all, row * size);
        }
        return all;
    }

    /** The engine's logits of all test images. */
    static float[] logits(ModelFile file, Normalization normalization) {
        try (Engine engine = Engines.all().get(0).open(EngineOptions.DEFAULT);
                Model model = engine.build(file.network(), file.weights());
                Tensor logits = model.predict(Batch.range(TEST.normalizedBy(normalization), 0, TEST.size()))) {
            return logits.toArray();
        }
    }
}
