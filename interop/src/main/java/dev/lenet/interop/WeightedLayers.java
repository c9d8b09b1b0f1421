package dev.lenet.interop;

import dev.lenet.api.ModelFormatException;
import dev.lenet.api.Shape;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.Size2d;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Layers with weights from nodes that multiply. */
final class WeightedLayers {
    /** Of a kernel that another one is put into. */
    private static final int LARGEST_KERNEL = 64;

    private static final String CONVOLUTION_LIMITS =
            " It would need a convolution with such a window: export another model.";

    static final String WEIGHT = "weight";

    static final String BIAS = "bias";

    private final Budget budget;

    WeightedLayers(Budget budget) {
        this.budget = budget;
    }

    /** {@code y = W x}, W as {@code [outputs, features]} or transposed, along one axis of what comes. */
    Flow linear(Flow flow, OnnxNode node, Constant matrix, boolean isTransposed, int axis, float factor) {
        if (matrix.rank() != 2) {
            throw new ModelFormatException("expected a matrix of weights, received " + Arrays.toString(matrix.dims())
                    + ". It would need a layer that multiplies along several axes: export another model.");
        }
        int features = matrix.dim(isTransposed ? 0 : 1);
        int outputs = matrix.dim(isTransposed ? 1 : 0);
        Flow begun = flow.begun();
        List<View.Atom> columns = begun.view().axes().get(axis);
        if (begun.isPadded()
                || features != begun.base().size()
                || outputs < 1
                || !columns.equals(begun.view().atoms())) {
            throw new ModelFormatException("expected " + features + " features of an example along one axis, received "
                    + Arrays.toString(flow.view().readableDims()) + ". It would need a layer that multiplies along"
                    + " some axes only: export another model.");
        }
        int[] order = order(columns, begun.base());
        float[] from = matrix.reals();
        float[] weight = new float[budget.take((long) outputs * features)];
        for (int o = 0; o < outputs; o++) {
            for (int j = 0; j < features; j++) {
                weight[o * features + order[j]] =
                        factor * (isTransposed ? from[j * outputs + o] : from[o * features + j]);
            }
        }
        Flow vector = begun.shape().rank() == 1 ? begun : begun.then(new Flatten(), "");
        View view = begun.view().with(axis, View.axis(1, outputs));
        return vector.then(Linear.of(outputs), node.name(), Map.of(WEIGHT, weight, BIAS, new float[outputs]), view);
    }

    /** Where each value that the graph sees, one after the other, lies in the layer's own order. */
    private int[] order(List<View.Atom> atoms, Shape base) {
        int[] stride = new int[base.rank() + 1];
        int size = 1;
        for (int id = base.rank(); id >= 1; id--) {
            stride[id] = size;
            size *= base.dimension(id - 1);
        }
        int[] order = new int[budget.take(size)];
        for (int j = 0; j < size; j++) {
            int rest = j;
            for (int i = atoms.size() - 1; i >= 0; i--) {
                View.Atom atom = atoms.get(i);
                order[j] += rest % atom.size() * atom.inner() * stride[atom.id()];
                rest /= atom.size();
            }
        }
        return order;
    }

    Flow convolution(Flow flow, OnnxNode node, Constant kernel, Constant bias) {
        if (kernel.rank() != 4 || kernel.size() == 0) {
            throw new ModelFormatException("expected a kernel [filters, C, K, K], received "
                    + Arrays.toString(kernel.dims())
                    + ". It would need a convolution along another number of axes: export a model of images.");
        }
        Flow image = flow.asImage();
        int groups = (int) node.whole("group", 1);
        int filters = kernel.dim(0);
        int channels = image.base().dimension(0);
        if (groups < 1 || filters % groups != 0 || (long) kernel.dim(1) * groups != channels) {
            throw new ModelFormatException("expected a kernel for " + channels + " channels, received " + kernel.dim(1)
                    + " in " + groups + " groups. The graph is wrong: export it again.");
        }
        Window window = Window.of(node, new int[] {kernel.dim(2), kernel.dim(3)}, image);
        if (image.shape().rank() == 1) {
            return pointwise(image, node, kernel, bias, window);
        }
        Conv2d layer = embedding(filters, window, image.shape()).withGroups(groups);
        Size2d size = layer.kernelSize();
        int each = kernel.dim(1);
        float[] from = kernel.reals();
        float[] weight = new float[budget.take((long) filters * each * size.height() * size.width())];
        for (int row = 0; row < filters * each * kernel.dim(2); row++) {
            int above = layer.padding().height() - window.above() + row % kernel.dim(2) * window.dilations()[0];
            int first = (row / kernel.dim(2) * size.height() + above) * size.width()
                    + layer.padding().width()
                    - window.left();
            for (int v = 0; v < kernel.dim(3); v++) {
                weight[first + v * window.dilations()[1]] = from[row * kernel.dim(3) + v];
            }
        }
        View view = image.imageView(layer.outputShape(image.shape()));
        Flow padded = image.withoutPadding();
        return bias.size() == 0
                ? padded.then(layer.withoutBias(), node.name(), Map.of(WEIGHT, weight), view)
                : padded.then(layer, node.name(), Map.of(WEIGHT, weight, BIAS, bias(bias, filters)), view);
    }

    private static float[] bias(Constant bias, int outputs) {
        if (bias.size() != 0 && bias.size() != outputs) {
            throw new ModelFormatException("expected a bias of " + outputs + " values, received " + bias.size()
                    + ". The graph is wrong: export it again.");
        }
        return bias.size() == 0 ? new float[outputs] : bias.reals().clone();
    }

    /** A kernel of 1x1 behind a vector is a fully connected layer. */
    private Flow pointwise(Flow flow, OnnxNode node, Constant kernel, Constant bias, Window window) {
        if (flow.base().rank() != 1 || kernel.dim(2) != 1 || kernel.dim(3) != 1 || window.isPadded()) {
            throw new ModelFormatException(
                    "expected an image, received a vector of " + flow.shape().size() + " values." + CONVOLUTION_LIMITS);
        }
        int filters = kernel.dim(0);
        float[] weight = kernel.reals().clone();
        budget.take(weight.length);
        if (weight.length != filters * flow.base().size()) {
            throw new ModelFormatException("expected one group, received several." + CONVOLUTION_LIMITS);
        }
        View view = flow.view().with(1, View.axis(1, filters));
        return flow.then(Linear.of(filters), node.name(), Map.of(WEIGHT, weight, BIAS, bias(bias, filters)), view);
    }

    /** The smallest window with the same padding on both sides that holds this one, with zeros around, and gives as many values. */
    private static Conv2d embedding(int filters, Window window, Shape image) {
        int[] stride = window.strides();
        if (stride[0] == stride[1]) {
            int[] rows = embedding(window, 0, image.dimension(1));
            int[] columns = embedding(window, 1, image.dimension(2));
            if (rows[0] > 0 && columns[0] > 0) {
                return Conv2d.of(filters, rows[0], columns[0])
                        .withStride(stride[0])
                        .withPadding(rows[1], columns[1]);
            }
        }
        throw new ModelFormatException("expected a window with one stride for rows and columns, received " + window
                + "." + CONVOLUTION_LIMITS);
    }

    /** Size and padding along one axis; 0 if there are none. */
    private static int[] embedding(Window window, int axis, int image) {
        int before = axis == 0 ? window.above() : window.left();
        int largest = Math.max(LARGEST_KERNEL, window.size()[axis]);
        for (int padding = before; padding < largest; padding++) {
            for (int side = Math.max(padding - before + window.extent(axis), padding + 1); side <= largest; side++) {
                if (positions(image, side, padding, window.strides()[axis]) == window.positions(axis)) {
                    return new int[] {side, padding};
                }
            }
        }
        return new int[2];
    }

    private static long positions(int size, int side, int padding, int stride) {
        long room = (long) size + 2L * padding - side;
        return room < 0 ? -1 : room / stride + 1;
    }
}
