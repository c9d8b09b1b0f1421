package dev.lenet.engine.djl;

import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.LayerSpec;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.Relu;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes prediction as a program in TorchScript: the whole network, and each of its layers by itself.
 *
 * <p>Layer i maps {@code x<i>} to {@code x<i+1>}. On a CPU two layers are written otherwise than {@link LayerSource} has
 * them, as PyTorch's own way there is slow; a GPU would only have more operations to start.
 */
final class ForwardSource {
    /** {@code all(x0, parameters)}: the output of the network, in memory of its own. */
    static final String ALL = "all";

    /**
     * Multiplications of a convolution from which oneDNN, which prepares each call for some 25 microseconds, is at least as
     * fast as PyTorch's own; for LeNet-5's convolutions that is 8 and 4 images. Measured on one core with AVX-512.
     */
    private static final int WORTH_PREPARING = 1_000_000;

    private final Network network;
    private final boolean onHost;
    private final StringBuilder text = new StringBuilder();

    private ForwardSource(Network network, boolean onHost) {
        this.network = network;
        this.onHost = onHost;
    }

    /**
     * The methods.
     *
     * @param onHost whether a CPU computes
     */
    static String of(Network network, boolean onHost) {
        ForwardSource source = new ForwardSource(network, onHost);
        source.all();
        network.layers().forEach(source::alone);
        return source.text.toString();
    }

    /** {@code layer<index>(x<index>, parameters)}: the output of one layer; it may be a window onto the input. */
    static String layer(int index) {
        return "layer" + index;
    }

    private void all() {
        signature(ALL, 0);
        for (NamedLayer layer : network.layers()) {
            if (layer.spec() instanceof Relu && followsProduct(layer)) {
                line("x%s = torch.relu_(x%s)".formatted(layer.index() + 1, layer.index()));
            } else {
                layer(layer);
            }
        }
        // What flatten and dropout leave is a window onto the input, and that is reused.
        line("return torch.clone(x%s)".formatted(network.layers().size()));
    }

    /**
     * Whether a layer's input is an array that the program made, and not a window onto what it was given: then it may be
     * written over. With fewer arrays alive malloc keeps their memory from batch to batch; it was seen to give all of it
     * back to the system and to fetch it again, which took twice as long as 250 images of LeNet-5.
     */
    private boolean followsProduct(NamedLayer layer) {
        if (layer.index() == 0) {
            return false;
        }
        LayerSpec before = network.layers().get(layer.index() - 1).spec();
        return before instanceof Conv2d || before instanceof Linear;
    }

    private void alone(NamedLayer layer) {
        signature(layer(layer.index()), layer.index());
        layer(layer);
        line("return x%s".formatted(layer.index() + 1));
    }

    private void signature(String name, int input) {
        text.append("  def %s(self: __torch__.%s,\n    x%s: Tensor,\n    parameters: List[Tensor]) -> Tensor:\n"
                .formatted(name, Script.NAME, input));
    }

    private void line(String statement) {
        text.append("    ").append(statement).append('\n');
    }

    private void layer(NamedLayer layer) {
        int parameter = LayerSource.firstParameter(network, layer.index());
        String x = "x" + layer.index();
        String y = "x" + (layer.index() + 1);
        String weight = "parameters[%s]".formatted(parameter);
        String bias = "parameters[%s]".formatted(parameter + 1);
        String usual = y + " = " + LayerSource.of(layer, x, weight, bias);
        if (onHost && layer.spec() instanceof MaxPool2d pool) {
            line("%s = %s".formatted(y, largest(pool, layer, x, 2)));
            line("%s = %s".formatted(y, largest(pool, layer, y, 3)));
        } else if (onHost && layer.spec() instanceof Conv2d conv && smallBatch(conv, layer) > 0) {
            line("if torch.le(torch.size(%s, 0), %s):".formatted(x, smallBatch(conv, layer)));
            line("  %s = torch.thnn_conv2d(%s, %s, [%6$s, %6$s], %s, %s)"
                    .formatted(y, x, weight, bias, LayerSource.strideAndPadding(conv), conv.kernelSize()));
            line("else:");
            line("  " + usual);
        } else {
            line(usual);
        }
    }

    /**
     * The largest of each window along one axis. Twice that is max-pooling, to the bit, without the position of each
     * maximum, for which PyTorch goes through the windows one value at a time.
     *
     * @param axis 2 for the height, 3 for the width
     */
    private static String largest(MaxPool2d pool, NamedLayer layer, String x, int axis) {
        int end = (layer.output().dimension(axis - 1) - 1) * pool.stride() + 1;
        List<String> shifted = new ArrayList<>();
        for (int i = 0; i < pool.kernelSize(); i++) {
            shifted.add("torch.slice(%s, %s, %s, %s, %s)".formatted(x, axis, i, i + end, pool.stride()));
        }
        return shifted.stream().reduce("torch.maximum(%s, %s)"::formatted).orElseThrow();
    }

    /** The most images whose convolution is not worth preparing. */
    private static long smallBatch(Conv2d conv, NamedLayer layer) {
        long anImage =
                (long) layer.output().size() * layer.input().dimension(0) * conv.kernelSize() * conv.kernelSize();
        return WORTH_PREPARING / anImage;
    }
}
