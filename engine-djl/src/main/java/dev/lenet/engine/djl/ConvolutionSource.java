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
        return List.of(names.in("{y} = torch.conv2d({x}, %s, %s, %s, [1, 1], %s)")
                .formatted(names.weight(), bias(names), strideAndPadding(), conv.groups()));
    }

    @Override
    public List<String> predictOnHost(Names names) {
        long smallBatch = smallBatch(names.layer());
        if (smallBatch == 0 || conv.groups() > 1) {
            return predict(names);
        }
        return List.of(
                names.in("if torch.le(torch.size({x}, 0), %s):").formatted(smallBatch),
                names.in("  {y} = torch.thnn_conv2d({x}, %s, %s, %s, %s)")
                        .formatted(names.weight(), Dimensions.of(conv.kernelSize()), bias(names), strideAndPadding()),
                "else:",
                "  " + predict(names).get(0));
    }

    /** The most images whose convolution is not worth preparing. */
    private long smallBatch(NamedLayer layer) {
        long anImage = (long) layer.output().size() * layer.parameters().get(0).fanIn();
        return WORTH_PREPARING / anImage;
    }

    @Override
    public List<String> backward(Names names, boolean onward) {
        return List.of(names.in("{dX}, %s, %s, = torch.convolution_backward({dY}, {x}, %s, %s, %s, [1, 1], False,"
                        + " [0, 0], %s, [%s, True, %s])")
                .formatted(
                        names.dWeight(),
                        conv.bias() ? names.dBias() : names.own("nothing"),
                        names.weight(),
                        conv.bias() ? "[" + conv.filters() + "]" : "None",
                        strideAndPadding(),
                        conv.groups(),
                        onward ? "True" : "False",
                        conv.bias() ? "True" : "False"));
    }

    private String bias(Names names) {
        return conv.bias() ? names.bias() : "None";
    }

    private String strideAndPadding() {
        return Dimensions.both(conv.stride()) + ", " + Dimensions.of(conv.padding());
    }
}
