package dev.lenet.engine.djl;

import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Network.NamedLayer;
import java.util.List;

/** A convolution. */
record ConvolutionSource(Conv2d conv) implements LayerSource {

    /**
     * Multiplications of a convolution from which oneDNN, which prepares each call for some 25 microseconds, is at least as
     * fast as PyTorch's own; for LeNet-5's convolutions that is 8 and 4 images. Measured on one core with AVX-512.
     */
    private static final int WORTH_PREPARING = 1_000_000;

    @Override
    public List<String> predict(Names names) {
        return List.of(names.in("{y} = torch.conv2d({x}, %s, %s, %s, [1, 1], 1)")
                .formatted(names.weight(), names.bias(), strideAndPadding()));
    }

    @Override
    public List<String> predictOnHost(Names names) {
        long smallBatch = smallBatch(names.layer());
        if (smallBatch == 0) {
            return predict(names);
        }
        return List.of(
                names.in("if torch.le(torch.size({x}, 0), %s):").formatted(smallBatch),
                names.in("  {y} = torch.thnn_conv2d({x}, %s, %s, %s, %s)")
                        .formatted(
                                names.weight(), Dimensions.both(conv.kernelSize()), names.bias(), strideAndPadding()),
                "else:",
                "  " + predict(names).get(0));
    }

    /** The most images whose convolution is not worth preparing. */
    private long smallBatch(NamedLayer layer) {
        long anImage =
                (long) layer.output().size() * layer.input().dimension(0) * conv.kernelSize() * conv.kernelSize();
        return WORTH_PREPARING / anImage;
    }

    @Override
    public List<String> backward(Names names, boolean onward) {
        return List.of(names.in("{dX}, %s, %s, = torch.convolution_backward({dY}, {x}, %s, [%s], %s, [1, 1], False,"
                        + " [0, 0], 1, [%s, True, True])")
                .formatted(
                        names.dWeight(),
                        names.dBias(),
                        names.weight(),
                        conv.filters(),
                        strideAndPadding(),
                        onward ? "True" : "False"));
    }

    private String strideAndPadding() {
        return Dimensions.both(conv.stride()) + ", " + Dimensions.both(conv.padding());
    }
}
