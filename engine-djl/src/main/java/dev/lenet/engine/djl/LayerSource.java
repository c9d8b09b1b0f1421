package dev.lenet.engine.djl;

import dev.lenet.api.network.AvgPool2d;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.LayerSpec;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Tanh;

/**
 * What each kind of layer is in TorchScript, one operation of PyTorch a layer. {@link StepSource} has what training does
 * otherwise, and the backward pass; {@link ForwardSource} what prediction does otherwise.
 */
final class LayerSource {
    private LayerSource() {}

    /**
     * A layer's output as an expression; dropout passes everything through.
     *
     * @param x the name of its input, {@code [N, ...layer.input()]}
     * @param weight the name of its weight, if it has one
     * @param bias the name of its bias, if it has one
     */
    static String of(NamedLayer layer, String x, String weight, String bias) {
        LayerSpec spec = layer.spec();
        if (spec instanceof Conv2d conv) {
            return "torch.conv2d(%s, %s, %s, %s, [1, 1], 1)".formatted(x, weight, bias, strideAndPadding(conv));
        } else if (spec instanceof MaxPool2d pool) {
            return "torch.max_pool2d(%s, %s, [0, 0], [1, 1], False)"
                    .formatted(x, window(pool.kernelSize(), pool.stride()));
        } else if (spec instanceof AvgPool2d pool) {
            return "torch.avg_pool2d(%s, %s, [0, 0], False, True, None)"
                    .formatted(x, window(pool.kernelSize(), pool.stride()));
        } else if (spec instanceof Linear) {
            return "torch.addmm(%s, %s, torch.t(%s))".formatted(bias, x, weight);
        } else if (spec instanceof Relu) {
            return "torch.relu(%s)".formatted(x);
        } else if (spec instanceof Tanh) {
            return "torch.tanh(%s)".formatted(x);
        } else if (spec instanceof Flatten) {
            return "torch.reshape(%s, [-1, %s])".formatted(x, layer.output().size());
        } else if (spec instanceof Dropout) {
            return x;
        }
        throw forgotten(spec);
    }

    /** The number of the first parameter of layer i among all. */
    static int firstParameter(Network network, int i) {
        return network.layers().subList(0, i).stream()
                .mapToInt(layer -> layer.parameters().size())
                .sum();
    }

    static String strideAndPadding(Conv2d conv) {
        return "[%1$s, %1$s], [%2$s, %2$s]".formatted(conv.stride(), conv.padding());
    }

    /** Kernel and stride of a pooling layer. */
    static String window(int kernelSize, int stride) {
        return "[%1$s, %1$s], [%2$s, %2$s]".formatted(kernelSize, stride);
    }

    static IllegalStateException forgotten(LayerSpec spec) {
        return new IllegalStateException("LayerSpec is sealed, and " + spec.kind() + " was forgotten here");
    }
}
