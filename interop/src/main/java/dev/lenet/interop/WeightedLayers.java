package dev.lenet.interop;

import dev.lenet.api.ModelFormatException;
import dev.lenet.api.Shape;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.GroupNorm;
import dev.lenet.api.network.LayerSpec;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.Size2d;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Layers with weights from nodes that multiply, and what is folded into them. */
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

    /**
     * {@code scale * x + shift} of each channel: by the layer with weights right before, or else, for images, by one of its own.
     *
     * @param scale one for all, or one for each channel; so is {@code shift}
     * @param isShared whether another node takes what that layer gives, too
     */
    Flow affine(Flow flow, OnnxNode node, double[] scale, double[] shift, boolean isShared) {
        boolean keeps = Arrays.stream(scale).allMatch(factor -> factor == 1);
        if (keeps && Arrays.stream(shift).allMatch(summand -> summand == 0)) {
            Step last = flow.last();
            return last != null && last.spec() instanceof GroupNorm ? flow.withLast(last.named(node.name())) : flow;
        }
        if (flow.isPadded()) {
            throw new ModelFormatException("expected a convolution behind a pad, received another operator."
                    + " It would need a layer that pads: let the convolution pad.");
        }
        if (flow.isInput()) {
            if (!isUniform(scale) || !isUniform(shift)) {
                throw new ModelFormatException("expected one normalisation for all pixels, received several numbers."
                        + " It would need one for each channel: normalise before the model.");
            }
            return flow.scaled(scale[0], shift[0]);
        }
        if (!isShared && isFoldable(flow)) {
            return folded(flow, node, scale, shift);
        }
        if (flow.shape().rank() == 3) {
            int channels = flow.shape().dimension(0);
            float[] weight = new float[budget.take(channels)];
            float[] bias = new float[budget.take(channels)];
            for (int c = 0; c < channels; c++) {
                weight[c] = (float) at(scale, c);
                bias[c] = (float) at(shift, c);
            }
            Conv2d each = Conv2d.of(channels, 1).withGroups(channels);
            return flow.then(each, node.name(), Map.of(WEIGHT, weight, BIAS, bias), null);
        }
        if (isFoldable(flow)) {
            return folded(flow, node, scale, shift);
        }
        throw new ModelFormatException(
                "expected a convolution or a fully connected layer right before, received a layer "
                        + Objects.requireNonNull(flow.last()).spec().kind()
                        + ". It would need a layer of its own that scales and shifts, a batch normalisation or bias: put it"
                        + " behind a layer with weights.");
    }

    /** The layer right before, but for flattening. */
    private static @Nullable Step weighted(Flow flow) {
        Step step = flow.last();
        while (step != null && step.spec() instanceof Flatten) {
            step = step.before();
        }
        return step;
    }

    /** Whether the layer before ends with a scale and a shift of each channel. */
    static boolean isFoldable(Flow flow) {
        Step step = weighted(flow);
        return step != null && step.values().containsKey(WEIGHT);
    }

    private Flow folded(Flow flow, OnnxNode node, double[] scale, double[] shift) {
        Step step = Objects.requireNonNull(weighted(flow));
        Step folded = folded(step, node, scale, shift);
        for (Step above : Step.between(step, flow.last())) {
            folded = above.behind(folded);
        }
        return flow.withLast(folded);
    }

    private static boolean isUniform(double[] values) {
        return Arrays.stream(values).allMatch(value -> value == values[0]);
    }

    /** Our own files write a group normalisation as several nodes, the last of which has its name. */
    private Step folded(Step step, OnnxNode node, double[] scale, double[] shift) {
        float[] weight = Objects.requireNonNull(step.values().get(WEIGHT));
        int outputs = step.output().dimension(0);
        int each = weight.length / outputs;
        Map<String, float[]> values = new HashMap<>(step.values());
        if (values.containsKey(BIAS) || Arrays.stream(shift).anyMatch(summand -> summand != 0)) {
            float[] old = values.getOrDefault(BIAS, new float[outputs]);
            float[] bias = new float[outputs];
            for (int o = 0; o < outputs; o++) {
                bias[o] = (float) (at(scale, o) * old[o] + at(shift, o));
            }
            values.put(BIAS, bias);
        }
        if (Arrays.stream(scale).anyMatch(factor -> factor != 1)) {
            float[] scaled = new float[budget.take(weight.length)];
            for (int i = 0; i < scaled.length; i++) {
                scaled[i] = (float) (at(scale, i / each) * weight[i]);
            }
            values.put(WEIGHT, scaled);
        }
        LayerSpec spec = step.spec() instanceof Conv2d conv && values.containsKey(BIAS)
                ? new Conv2d(conv.filters(), conv.kernelSize(), conv.stride(), conv.padding(), conv.groups(), true)
                : step.spec();
        return step.with(spec, step.spec() instanceof GroupNorm ? node.name() : step.node(), values);
    }

    private static double at(double[] values, int index) {
        return values[values.length == 1 ? 0 : index];
    }

    /**
     * A constant that a graph adds to what it sees, or multiplies with it: one value, or one for each channel.
     *
     * @throws ModelFormatException if it has another shape
     */
    double[] perChannel(Flow flow, Constant constant) {
        View view = flow.view();
        int varying = -1;
        boolean fits = constant.rank() <= view.rank() && constant.size() > 0;
        for (int axis = 0; fits && axis < constant.rank(); axis++) {
            if (constant.dim(axis) > 1) {
                fits = varying < 0;
                varying = axis;
            }
        }
        double[] values = new double[budget.take(constant.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = constant.real(i);
        }
        if (fits && varying >= 0) {
            List<View.Atom> axis = view.axes().get(varying + view.rank() - constant.rank());
            fits = axis.equals(View.axis(1, values.length)) && flow.base().dimension(0) == values.length;
        }
        if (flow.isInput() && values.length > 0 && isUniform(values)) {
            return new double[] {values[0]};
        }
        if (!fits) {
            throw new ModelFormatException("expected one number, or one for each channel, received "
                    + Arrays.toString(constant.dims()) + " for " + Arrays.toString(view.readableDims())
                    + ". It would need a layer of its own: export another model.");
        }
        return values;
    }
}
