package dev.lenet.engine.djl;

import dev.lenet.api.RandomStream;
import dev.lenet.api.data.Batch;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.engine.Device;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.Loss;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.AvgPool2d;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Tanh;

/** What several tests start from; everything random comes from one seed. */
final class Fixtures {
    static final long SEED = 20240229;

    private Fixtures() {}

    static DjlEngine engine() {
        return engine(2);
    }

    static DjlEngine engine(int threads) {
        return (DjlEngine) new DjlEngineProvider().open(new EngineOptions(Device.CPU, threads, true));
    }

    /** Every kind of layer, and small enough to disturb each of its 99 parameters. */
    static Network everyLayer() {
        return Network.input(1, 9, 9)
                .layer("conv1", Conv2d.of(2, 3).withPadding(1))
                .layer("tanh1", new Tanh())
                .layer("pool1", AvgPool2d.of(2))
                .layer("conv2", Conv2d.of(3, 2))
                .layer("relu1", new Relu())
                .layer("pool2", new MaxPool2d(2, 1))
                .layer("drop1", new Dropout(0.25f))
                .layer("flatten", new Flatten())
                .layer("fc1", Linear.of(4))
                .build();
    }

    /** Random images of the network's input shape, and random labels. */
    static ImageDataset images(Network network, int count) {
        RandomStream stream = RandomStream.of(SEED, "images");
        int classes = network.output().size();
        byte[] pixels = new byte[count * network.input().size()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) stream.bits(i);
        }
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) (stream.uniform(pixels.length + i) * classes);
        }
        return new ImageDataset(network.input(), pixels, labels, classes, new Normalization(0.5, 0.25));
    }

    static Batch batch(Network network, int count) {
        return Batch.range(images(network, count), 0, count);
    }

    static TrainingSpec spec(Optimizer optimizer, int batchSize) {
        return new TrainingSpec(optimizer, new Loss.SoftmaxCrossEntropy(), batchSize, SEED);
    }
}
