package dev.lenet.api.network;

import dev.lenet.api.Shape;

/**
 * A small residual network with batch normalisation: a convolution, three blocks of two convolutions with 16, 32 and 64 filters, the
 * mean of each channel, and a fully connected layer.
 *
 * <p>He, Zhang, Ren and Sun, "Deep residual learning for image recognition", CVPR 2016, with one block in place of each three of the
 * smallest network there. Projections are convolutions alone, without a normalisation of their own.
 */
public final class ResNet8 {
    private ResNet8() {}

    /**
     * The network for images of at least 4x4 pixels.
     *
     * @param input {@code [C, H, W]}
     */
    public static Network network(Shape input, int classes) {
        return Network.input(input.toArray())
                .layer("conv1", convolution(16, 1))
                .layer("norm1", new BatchNorm2d())
                .layer("relu1", new Relu())
                .layer("block1", block(16, 1))
                .layer("relu2", new Relu())
                .layer("block2", block(32, 2).withProjection(projection(32)))
                .layer("relu3", new Relu())
                .layer("block3", block(64, 2).withProjection(projection(64)))
                .layer("relu4", new Relu())
                .layer("pool", new GlobalAvgPool())
                .layer("fc", Linear.of(classes))
                .build();
    }

    private static Residual block(int filters, int stride) {
        return Residual.of("conv1", convolution(filters, stride))
                .with("norm1", new BatchNorm2d())
                .with("relu", new Relu())
                .with("conv2", convolution(filters, 1))
                .with("norm2", new BatchNorm2d());
    }

    /** The normalisation behind it has the bias. */
    private static Conv2d convolution(int filters, int stride) {
        return Conv2d.of(filters, 3).withPadding(1).withStride(stride).withoutBias();
    }

    private static Conv2d projection(int filters) {
        return Conv2d.of(filters, 1).withStride(2).withoutBias();
    }
}
