package dev.lenet.benchmarks;

import dev.lenet.api.data.Dataset;
import dev.lenet.api.data.IdxFile;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.network.LeNet5;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import dev.lenet.api.training.TrainingSettings;
import java.nio.file.Path;

/** The task that every contestant gets: MNIST, LeNet-5, and how to train it. */
record Digits(ImageDataset training, ImageDataset test) {

    /** Values of an image. */
    static final int PIXELS = 28 * 28;

    /** Logits of an image. */
    static final int CLASSES = 10;

    static final Network NETWORK = LeNet5.network(2);

    /** Batch 32, Adam at the rate of the shipped configuration; shuffled, an epoch at a time. */
    static final TrainingSettings SETTINGS =
            new TrainingSettings(1, Contestant.BATCH_SIZE, 0.0005, new Optimizer.Adam(), 42);

    /** Where training starts. */
    static Weights initialWeights() {
        return Weights.initial(NETWORK, SETTINGS.seed());
    }

    /** Reads the four files in {@code data/mnist} of the working directory. */
    static Digits read() {
        return new Digits(read("train"), read("t10k"));
    }

    private static ImageDataset read(String prefix) {
        Path folder = Path.of("data/mnist");
        return ImageDataset.of(
                IdxFile.images(folder.resolve(prefix + "-images-idx3-ubyte.gz")),
                IdxFile.labels(folder.resolve(prefix + "-labels-idx1-ubyte.gz")),
                CLASSES,
                new Normalization(0.1307, 0.3081));
    }

    /** One image, normalised. */
    static float[] image(Dataset dataset, int row) {
        float[] image = new float[PIXELS];
        dataset.read(row, image, 0);
        return image;
    }

    /** All images, normalised, one behind the other. */
    static float[] images(Dataset dataset) {
        float[] images = new float[dataset.size() * PIXELS];
        for (int row = 0; row < dataset.size(); row++) {
            dataset.read(row, images, row * PIXELS);
        }
        return images;
    }
}
