package dev.lenet.tck.sample;

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
import dev.lenet.api.network.Silu;
import dev.lenet.api.network.SmoothUnit;
import dev.lenet.api.network.Tanh;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A layer on an input of some shape: odd and even pictures, windows that overlap, touch, leave gaps and look over the
 * edge, and sizes around the widths of vector registers. Of each list there are the cases that {@link Sampling} leaves.
 */
public record LayerCase(LayerSpec spec, Shape input) {

    private static final Shape PICTURE = Shape.of(2, 9, 8);

    private static LayerCase of(LayerSpec spec, int... input) {
        return new LayerCase(spec, Shape.of(input));
    }

    /** The layer alone as a network, named {@code layer}. */
    public Network network() {
        return Networks.of(spec, input.toArray());
    }

    public static List<LayerCase> convolutions() {
        List<LayerCase> cases = new ArrayList<>();
        for (int kernel : new int[] {1, 3, 5, 7}) {
            for (int stride : new int[] {1, 2, 3}) {
                for (int padding : new int[] {0, kernel / 2, kernel - 1}) {
                    LayerCase next = new LayerCase(new Conv2d(3, kernel, stride, padding), PICTURE);
                    if (!cases.contains(next)) {
                        cases.add(next);
                    }
                }
            }
        }
        // Narrower than the kernel: some of its places never see the picture.
        cases.add(of(Conv2d.of(2, 7).withPadding(3), 1, 1, 1));
        cases.add(of(Conv2d.of(2, 7).withPadding(3), 1, 1, 2));
        // One value, one channel, one filter; and more of each than a register holds.
        cases.add(of(Conv2d.of(1, 1), 1, 1, 1));
        cases.add(of(Conv2d.of(17, 3).withPadding(1), 1, 4, 33));
        cases.add(of(Conv2d.of(16, 2), 15, 3, 17));
        cases.add(of(Conv2d.of(33, 3), 17, 5, 4));
        cases.addAll(unusualConvolutions());
        return Sampling.of(cases);
    }

    /** Without a bias, with kernels and paddings that are not square, and with groups. */
    private static List<LayerCase> unusualConvolutions() {
        return List.of(
                new LayerCase(Conv2d.of(3, 3).withPadding(1).withoutBias(), PICTURE),
                of(Conv2d.of(5, 1).withStride(2).withoutBias(), 3, 7, 5),
                new LayerCase(Conv2d.of(3, 1, 5), PICTURE),
                new LayerCase(Conv2d.of(3, 4, 1).withPadding(3, 0), PICTURE),
                new LayerCase(Conv2d.of(3, 2, 5).withPadding(0, 4).withStride(2), PICTURE),
                new LayerCase(Conv2d.of(3, 5, 3).withPadding(4, 1).withStride(3).withoutBias(), PICTURE),
                new LayerCase(Conv2d.of(3, 3).withPadding(2, 0), PICTURE),
                new LayerCase(Conv2d.of(4, 3).withPadding(1).withGroups(2), PICTURE),
                of(Conv2d.of(6, 3).withGroups(3).withStride(2), 6, 7, 9),
                of(Conv2d.of(6, 2, 3).withGroups(3).withPadding(1, 0).withoutBias(), 9, 4, 5),
                // Depthwise: one filter for each channel, and two.
                of(Conv2d.of(17, 3).withPadding(1).withGroups(17), 17, 4, 5),
                of(Conv2d.of(6, 3).withPadding(1).withGroups(3).withoutBias(), 3, 5, 33),
                // Narrower than the kernel.
                of(Conv2d.of(2, 1, 7).withPadding(0, 6).withGroups(2), 2, 1, 1));
    }

    public static List<LayerCase> linears() {
        List<LayerCase> cases = new ArrayList<>();
        for (int features : new int[] {1, 7, 15, 16, 17, 33, 400}) {
            for (int outputs : new int[] {1, 3, 16, 17}) {
                cases.add(of(Linear.of(outputs), features));
            }
        }
        // More than a block of a matrix product holds.
        cases.add(of(Linear.of(130), 129));
        return Sampling.of(cases);
    }

    public static List<LayerCase> maxPoolings() {
        return Sampling.of(pools((kernel, stride) -> new MaxPool2d(kernel, stride)));
    }

    public static List<LayerCase> averagePoolings() {
        return Sampling.of(pools((kernel, stride) -> new AvgPool2d(kernel, stride)));
    }

    private interface Pool {
        LayerSpec of(int kernel, int stride);
    }

    private static List<LayerCase> pools(Pool pool) {
        List<LayerCase> cases = new ArrayList<>();
        for (int kernel : new int[] {1, 2, 3, 5}) {
            for (int stride : new int[] {1, 2, 3}) {
                cases.add(new LayerCase(pool.of(kernel, stride), PICTURE));
                cases.add(of(pool.of(kernel, stride), 1, 5, 7));
            }
        }
        cases.add(of(pool.of(2, 2), 17, 2, 34));
        return cases;
    }

    public static List<LayerCase> rectifiers() {
        return Sampling.of(everywhere(new Relu()));
    }

    public static List<LayerCase> tangents() {
        return Sampling.of(everywhere(new Tanh()));
    }

    public static List<LayerCase> sigmoids() {
        return Sampling.of(everywhere(new Sigmoid()));
    }

    public static List<LayerCase> leakyRectifiers() {
        return Sampling.of(Stream.of(0.01f, 0.3f, 0f)
                .flatMap(slope -> everywhere(new LeakyRelu(slope)).stream())
                .toList());
    }

    public static List<LayerCase> smoothUnits() {
        return Sampling.of(SmoothUnit.all().stream()
                .flatMap(unit -> everywhere(unit).stream())
                .toList());
    }

    public static List<LayerCase> globalPoolings() {
        GlobalAvgPool pool = new GlobalAvgPool();
        return Sampling.of(List.of(
                new LayerCase(pool, PICTURE),
                of(pool, 1, 1, 1),
                of(pool, 3, 1, 17),
                of(pool, 17, 4, 4),
                of(pool, 33, 5, 3),
                of(pool, 2, 33, 1)));
    }

    public static List<LayerCase> groupNorms() {
        return Sampling.of(List.of(
                new LayerCase(GroupNorm.of(1), PICTURE),
                new LayerCase(GroupNorm.of(2), PICTURE),
                new LayerCase(new GroupNorm(2, 0.1f), PICTURE),
                of(GroupNorm.of(1), 1, 1, 2),
                of(GroupNorm.of(3), 6, 3, 5),
                of(GroupNorm.of(17), 17, 1, 17),
                of(GroupNorm.of(4), 16, 2, 1)));
    }

    public static List<LayerCase> batchNorms() {
        return Sampling.of(List.of(
                new LayerCase(new BatchNorm2d(), PICTURE),
                new LayerCase(new BatchNorm2d(0.5f, 0.1f), PICTURE),
                of(new BatchNorm2d(), 1, 1, 1),
                of(new BatchNorm2d(1, 1e-5f), 3, 1, 17),
                of(new BatchNorm2d(), 17, 4, 3)));
    }

    public static List<LayerCase> residuals() {
        Conv2d same = Conv2d.of(2, 3).withPadding(1);
        return Sampling.of(List.of(
                new LayerCase(Residual.of("conv", same), PICTURE),
                new LayerCase(Residual.of("relu", new Relu()), PICTURE),
                new LayerCase(
                        Residual.of("conv1", same).with("relu1", new Relu()).with("conv2", same.withoutBias()),
                        PICTURE),
                new LayerCase(
                        Residual.of(
                                        "conv1",
                                        Conv2d.of(6, 3)
                                                .withPadding(1)
                                                .withStride(2)
                                                .withoutBias())
                                .with("norm1", GroupNorm.of(3))
                                .with("silu1", new Silu())
                                .with("conv2", Conv2d.of(6, 3).withPadding(1).withGroups(6))
                                .withProjection(Conv2d.of(6, 1).withStride(2)),
                        PICTURE),
                new LayerCase(
                        Residual.of("relu", new Relu())
                                .with("pool", new MaxPool2d(1, 1))
                                .with("inner", Residual.of("tanh", new Tanh()).with("conv", same))
                                .withProjection(Conv2d.of(2, 1).withoutBias()),
                        PICTURE),
                of(Residual.of("fc1", Linear.of(7)).with("relu", new Relu()).with("fc2", Linear.of(17)), 17),
                new LayerCase(
                        Residual.of("conv1", same.withoutBias())
                                .with("norm1", new BatchNorm2d())
                                .with("relu1", new Relu())
                                .with("inner", Residual.of("norm", new BatchNorm2d()))
                                .with("drop", new Dropout(0.5f)),
                        PICTURE),
                of(Residual.of("sigmoid", new Sigmoid()), 33)));
    }

    public static List<LayerCase> flattenings() {
        return Sampling.of(everywhere(new Flatten()));
    }

    public static List<LayerCase> dropouts() {
        return Sampling.of(Stream.of(0.25f, 0.5f, 0f)
                .flatMap(rate -> everywhere(new Dropout(rate)).stream())
                .toList());
    }

    private static List<LayerCase> everywhere(LayerSpec spec) {
        return List.of(new LayerCase(spec, PICTURE), of(spec, 1), of(spec, 1, 3, 5), of(spec, 17), of(spec, 2, 1, 33));
    }

    /** Every kind of layer, in every case. */
    public static List<LayerCase> all() {
        return Stream.of(
                        convolutions(),
                        linears(),
                        maxPoolings(),
                        averagePoolings(),
                        rectifiers(),
                        tangents(),
                        sigmoids(),
                        leakyRectifiers(),
                        smoothUnits(),
                        globalPoolings(),
                        groupNorms(),
                        batchNorms(),
                        residuals(),
                        flattenings(),
                        dropouts())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public String toString() {
        return spec + " on " + input;
    }
}
