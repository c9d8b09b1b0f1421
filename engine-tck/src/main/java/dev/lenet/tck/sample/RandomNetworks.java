package dev.lenet.tck.sample;

import dev.lenet.api.RandomStream;
import dev.lenet.api.Shape;
import dev.lenet.api.network.AvgPool2d;
import dev.lenet.api.network.BatchNorm2d;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.GlobalAvgPool;
import dev.lenet.api.network.GroupNorm;
import dev.lenet.api.network.LayerSpec;
import dev.lenet.api.network.LeakyRelu;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Residual;
import dev.lenet.api.network.Sigmoid;
import dev.lenet.api.network.SmoothUnit;
import dev.lenet.api.network.Tanh;

/** Small classifiers with layers and sizes drawn from a seed: the same seed, the same network. */
public final class RandomNetworks {
    private static final int MOST_IMAGE_LAYERS = 5;
    private static final int MOST_VECTOR_LAYERS = 3;

    private final RandomStream stream;
    private final Network.Builder builder;
    private Shape shape;
    private long drawn;
    private int layers;

    private RandomNetworks(long seed) {
        stream = RandomStream.of(seed, "network");
        shape = Shape.of(between(1, 3), between(1, 12), between(1, 12));
        builder = Network.input(shape.toArray());
    }

    /** Up to five layers on images, then up to three on vectors, then one for 2 to 11 classes. */
    public static Network of(long seed) {
        RandomNetworks random = new RandomNetworks(seed);
        int imageLayers = random.between(0, MOST_IMAGE_LAYERS);
        for (int i = 0; i < imageLayers; i++) {
            random.add(random.imageLayer());
        }
        random.add(random.between(0, 3) == 0 ? new GlobalAvgPool() : new Flatten());
        int vectorLayers = random.between(0, MOST_VECTOR_LAYERS);
        for (int i = 0; i < vectorLayers; i++) {
            random.add(random.vectorLayer());
        }
        random.add(Linear.of(random.between(2, 11)));
        return random.builder.build();
    }

    private void add(LayerSpec layer) {
        layers++;
        builder.layer(layer.kind() + "_" + layers, layer);
        shape = layer.outputShape(shape);
    }

    private LayerSpec imageLayer() {
        int side = Math.min(shape.dimension(1), shape.dimension(2));
        return switch (between(0, 9)) {
            case 7 -> groupNorm();
            case 9 -> new BatchNorm2d(between(1, 10) * 0.1f, 1e-5f);
            case 8 -> residual();
            case 0 -> MaxPool2d.of(between(1, Math.min(side, 3)));
            case 1 -> new MaxPool2d(between(1, Math.min(side, 4)), between(1, 3));
            case 2 -> new AvgPool2d(between(1, Math.min(side, 4)), between(1, 3));
            case 3 -> activation();
            default -> convolution(side);
        };
    }

    private LayerSpec convolution(int side) {
        int kernel = between(1, 7);
        // The window has to fit into the padded picture.
        int least = Math.max(0, (kernel - side + 1) / 2);
        int padding = between(Math.min(least, kernel - 1), kernel - 1);
        Conv2d conv = new Conv2d(between(1, 5), kernel, between(1, 3), padding);
        return switch (between(0, 6)) {
            case 0 -> conv.withoutBias();
            case 1 -> rectangular(conv);
            case 2 -> grouped(conv);
            default -> conv;
        };
    }

    private Conv2d rectangular(Conv2d conv) {
        int height = between(1, Math.min(shape.dimension(1), 5));
        int width = between(1, Math.min(shape.dimension(2), 5));
        return Conv2d.of(conv.filters(), height, width)
                .withStride(conv.stride())
                .withPadding(between(0, height - 1), between(0, width - 1));
    }

    /** As many groups as there are channels, or half of them where that is a whole number. */
    private Conv2d grouped(Conv2d conv) {
        int channels = shape.dimension(0);
        int groups = channels % 2 == 0 && between(0, 1) == 0 ? channels / 2 : channels;
        return new Conv2d(
                groups * between(1, 2), conv.kernelSize(), conv.stride(), conv.padding(), groups, between(0, 1) == 0);
    }

    private GroupNorm groupNorm() {
        int channels = shape.dimension(0);
        return GroupNorm.of(channels % 2 == 0 && between(0, 1) == 0 ? channels / 2 : between(0, 1) == 0 ? channels : 1);
    }

    /** A convolution that changes the number of channels, and is projected, or one that does not. */
    private Residual residual() {
        boolean projected = between(0, 1) == 0;
        int filters = projected ? between(1, 4) : shape.dimension(0);
        int stride = projected ? between(1, 2) : 1;
        Residual block = Residual.of(
                        "conv", Conv2d.of(filters, 3).withPadding(1).withStride(stride))
                .with("act", activation());
        if (between(0, 1) == 0) {
            block = block.with("norm", between(0, 1) == 0 ? GroupNorm.of(1) : new BatchNorm2d());
        }
        return projected ? block.withProjection(Conv2d.of(filters, 1).withStride(stride)) : block;
    }

    private LayerSpec vectorLayer() {
        return between(0, 1) == 0 ? Linear.of(between(1, 20)) : activation();
    }

    private LayerSpec activation() {
        return switch (between(0, 5)) {
            case 0 -> new Relu();
            case 1 -> new Tanh();
            case 2 -> new Sigmoid();
            case 3 -> SmoothUnit.all().get(between(0, SmoothUnit.all().size() - 1));
            case 4 -> new LeakyRelu(between(0, 3) * 0.2f);
            default -> new Dropout(between(0, 3) * 0.25f);
        };
    }

    private int between(int least, int most) {
        return least + (int) (stream.uniform(drawn++) * (most - least + 1));
    }
}
