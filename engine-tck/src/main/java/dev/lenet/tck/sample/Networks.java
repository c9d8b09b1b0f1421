package dev.lenet.tck.sample;

import dev.lenet.api.network.AvgPool2d;
import dev.lenet.api.network.BatchNorm2d;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.GlobalAvgPool;
import dev.lenet.api.network.GroupNorm;
import dev.lenet.api.network.LayerSpec;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Residual;
import dev.lenet.api.network.Silu;
import dev.lenet.api.network.Tanh;

/** Networks that many rules look at. */
public final class Networks {
    private Networks() {}

    /** Nearly every kind of layer, one within another, four classes, and few enough parameters to look at each. */
    public static Network everyLayer() {
        return Network.input(2, 9, 9)
                .layer("conv1", Conv2d.of(3, 3).withPadding(1))
                .layer("tanh1", new Tanh())
                .layer("pool1", AvgPool2d.of(2))
                .layer("conv2", Conv2d.of(4, 2))
                .layer("relu1", new Relu())
                .layer(
                        "block1",
                        Residual.of(
                                        "conv1",
                                        Conv2d.of(4, 3)
                                                .withPadding(1)
                                                .withGroups(2)
                                                .withoutBias())
                                .with("norm1", GroupNorm.of(2))
                                .with("silu1", new Silu())
                                .with("norm2", new BatchNorm2d())
                                .with("drop1", new Dropout(0.25f)))
                .layer("pool2", new MaxPool2d(2, 1))
                .layer("drop1", new Dropout(0.25f))
                .layer("flatten", new Flatten())
                .layer("fc1", Linear.of(4))
                .build();
    }

    /** The layers that engines like to fuse: convolution, rectifier and max-pooling, then linear layers. */
    public static Network rectified() {
        return Network.input(1, 8, 8)
                .layer("conv1", Conv2d.of(3, 3).withPadding(1))
                .layer("relu1", new Relu())
                .layer("pool1", MaxPool2d.of(2))
                .layer("flatten", new Flatten())
                .layer("fc1", Linear.of(9))
                .layer("relu2", new Relu())
                .layer("fc2", Linear.of(4))
                .build();
    }

    /** Batch normalisation twice, and once within a residual. */
    public static Network normalised() {
        return Network.input(2, 5, 6)
                .layer("norm1", new BatchNorm2d())
                .layer("conv1", Conv2d.of(3, 3).withPadding(1).withoutBias())
                .layer("norm2", new BatchNorm2d(0.3f, 1e-3f))
                .layer("relu1", new Relu())
                .layer(
                        "block1",
                        Residual.of("conv", Conv2d.of(3, 3).withPadding(1).withoutBias())
                                .with("norm", new BatchNorm2d())
                                .with("relu", new Relu()))
                .layer("pool", new GlobalAvgPool())
                .layer("fc", Linear.of(4))
                .build();
    }

    /** One layer, named {@code layer}. */
    public static Network of(LayerSpec layer, int... input) {
        return Network.input(input).layer("layer", layer).build();
    }
}
