package dev.lenet.engine.jvm;

import dev.lenet.api.network.BatchNorm2d;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.LayerSpec;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Residual;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a block of images computes together with a convolution, a fully connected layer, a batch normalisation or a residual block: the
 * rectifier behind it, and behind a convolution the max-pooling with windows that touch. This is the one place that looks at a layer's neighbours.
 *
 * @param relu whether a rectifier is behind the layer
 * @param pool the pooling behind that, or null
 * @param last the last of the layers, the layer itself if nothing is fused with it
 */
record Fusion(boolean relu, @Nullable MaxPool2d pool, NamedLayer last) {

    /** No other layer. */
    static Fusion none(NamedLayer layer) {
        return new Fusion(false, null, layer);
    }

    /** What is fused with layer i of a list. */
    static Fusion at(List<NamedLayer> layers, int i) {
        LayerSpec spec = layers.get(i).spec();
        boolean convolution = spec instanceof Conv2d conv && ConvolutionLayer.takes(conv);
        int next = i + 1;
        boolean relu =
                (convolution || spec instanceof Linear || spec instanceof BatchNorm2d || spec instanceof Residual)
                        && next < layers.size()
                        && layers.get(next).spec() instanceof Relu;
        next += relu ? 1 : 0;
        MaxPool2d pool = convolution
                        && next < layers.size()
                        && layers.get(next).spec() instanceof MaxPool2d touching
                        && touching.kernelSize() == touching.stride()
                ? touching
                : null;
        next += pool == null ? 0 : 1;
        return new Fusion(relu, pool, layers.get(next - 1));
    }

    /** How many layers behind the first one there are. */
    int layers() {
        return (relu ? 1 : 0) + (pool == null ? 0 : 1);
    }
}
