package dev.lenet.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.Shape;
import dev.lenet.api.network.AvgPool2d;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.LayerSpec;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Tanh;
import java.util.List;

/** What each kind of layer is in PyTorch, one operation a layer; {@link StepSource} has the same for training, and the way back. */
final class LayerFunction {
    private static final Shape NO_PADDING = new Shape(0, 0);
    private static final Shape NO_DILATION = new Shape(1, 1);

    private LayerFunction() {}

    /**
     * A layer's output; dropout passes everything through.
     *
     * @param x {@code [N, ...layer.input()]}
     * @param parameters of this layer, weight before bias
     * @return {@code [N, ...layer.output()]}, in the manager of x; x itself, if the layer does nothing
     */
    static NDArray forward(NamedLayer layer, NDArray x, List<NDArray> parameters) {
        LayerSpec spec = layer.spec();
        NDArrayEx functions = x.getNDArrayInternal();
        if (spec instanceof Conv2d conv) {
            Shape stride = square(conv.stride());
            Shape padding = square(conv.padding());
            return functions
                    .convolution(x, parameters.get(0), parameters.get(1), stride, padding, NO_DILATION, 1)
                    .singletonOrThrow();
        } else if (spec instanceof MaxPool2d pool) {
            return functions.maxPool(square(pool.kernelSize()), square(pool.stride()), NO_PADDING, false);
        } else if (spec instanceof AvgPool2d pool) {
            return functions.avgPool(square(pool.kernelSize()), square(pool.stride()), NO_PADDING, false, true);
        } else if (spec instanceof Linear) {
            return functions.linear(x, parameters.get(0), parameters.get(1)).singletonOrThrow();
        } else if (spec instanceof Relu) {
            return functions.relu();
        } else if (spec instanceof Tanh) {
            return functions.tanh();
        } else if (spec instanceof Flatten) {
            return x.reshape(-1, layer.output().size());
        } else if (spec instanceof Dropout) {
            return x;
        }
        throw new IllegalStateException("LayerSpec is sealed, and " + spec.kind() + " was forgotten here");
    }

    private static Shape square(int size) {
        return new Shape(size, size);
    }
}
