package dev.lenet.interop;

import dev.lenet.api.ModelFormatException;
import dev.lenet.api.Shape;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.Linear;
import dev.lenet.interop.Flow.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Layers with weights from nodes that multiply, and what is folded into them. */
final class WeightedLayers {
    /** Of a kernel that another one is put into. */
    private static final int LARGEST_KERNEL = 64;

    private static final String CONVOLUTION_LIMITS =
            " It would need a convolution with such a window: export another model.";

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
        return vector.then(Linear.of(outputs), node.name(), weight, new float[outputs], view);
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
                order[j] += rest % atom.size() * stride[atom.id()];
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
        Conv2d layer = embedding(filters, window, image.shape());
        int side = layer.kernelSize().side();
        float[] from = kernel.reals();
        float[] weight = new float[budget.take((long) filters * channels * side * side)];
        int each = kernel.dim(1);
        for (int o = 0; o < filters; o++) {
            int firstChannel = o / (filters / groups) * each;
            for (int c = 0; c < each; c++) {
                for (int u = 0; u < kernel.dim(2); u++) {
                    for (int v = 0; v < kernel.dim(3); v++) {
                        int row = layer.padding().side() - window.above() + u * window.dilations()[0];
                        int column = layer.padding().side() - window.left() + v * window.dilations()[1];
                        weight[((o * channels + firstChannel + c) * side + row) * side + column] =
                                from[((o * each + c) * kernel.dim(2) + u) * kernel.dim(3) + v];
                    }
                }
            }
        }
        View view = image.imageView(layer.outputShape(image.shape()));
        return image.withoutPadding().then(layer, node.name(), weight, bias(bias, filters), view);
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
        return flow.then(Linear.of(filters), node.name(), weight, bias(bias, filters), view);
    }

    /** The smallest square window with the same padding on all sides that holds this one, with zeros around, and gives as many values. */
    private static Conv2d embedding(int filters, Window window, Shape image) {
        int[] stride = window.strides();
        if (stride[0] == stride[1]) {
            for (int padding = Math.max(window.above(), window.left()); padding < LARGEST_KERNEL; padding++) {
                int least = Math.max(
                        Math.max(
                                padding - window.above() + window.extent(0),
                                padding - window.left() + window.extent(1)),
                        padding + 1);
                for (int side = least; side <= LARGEST_KERNEL; side++) {
                    if (positions(image.dimension(1), side, padding, stride[0]) == window.positions(0)
                            && positions(image.dimension(2), side, padding, stride[0]) == window.positions(1)) {
                        return new Conv2d(filters, side, stride[0], padding);
                    }
                }
            }
        }
        throw new ModelFormatException("expected a window that a square one holds, with one stride and the same padding"
                + " on all sides, received " + window + "." + CONVOLUTION_LIMITS);
    }

    private static long positions(int size, int side, int padding, int stride) {
        long room = (long) size + 2L * padding - side;
        return room < 0 ? -1 : room / stride + 1;
    }

    /**
     * {@code scale * x + shift} of each channel, by the layer with weights right before.
     *
     * @param scale one for all, or one for each channel; so is {@code shift}
     */
    Flow affine(Flow flow, double[] scale, double[] shift) {
        boolean keeps = Arrays.stream(scale).allMatch(factor -> factor == 1);
        if (keeps && Arrays.stream(shift).allMatch(summand -> summand == 0)) {
            return flow;
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
        List<Step> above = new ArrayList<>();
        Step step = flow.last();
        while (step != null && step.spec() instanceof Flatten) {
            above.add(0, step);
            step = step.before();
        }
        if (step == null || step.weight().length == 0) {
            throw new ModelFormatException("expected a convolution or a fully connected layer right before, received "
                    + (step == null ? "the input" : "a layer " + step.spec().kind())
                    + ". It would need a layer of its own that scales and shifts, a batch normalisation or bias: put it"
                    + " behind a layer with weights.");
        }
        Step folded = folded(step, scale, shift);
        for (Step each : above) {
            folded =
                    new Step(folded, each.spec(), each.node(), each.weight(), each.bias(), each.output(), each.count());
        }
        return flow.withLast(folded);
    }

    private static boolean isUniform(double[] values) {
        return Arrays.stream(values).allMatch(value -> value == values[0]);
    }

    private Step folded(Step step, double[] scale, double[] shift) {
        int outputs = step.bias().length;
        int each = step.weight().length / outputs;
        float[] bias = new float[outputs];
        for (int o = 0; o < outputs; o++) {
            bias[o] = (float) (at(scale, o) * step.bias()[o] + at(shift, o));
        }
        if (Arrays.stream(scale).allMatch(factor -> factor == 1)) {
            return step.with(step.weight(), bias);
        }
        float[] weight = new float[budget.take(step.weight().length)];
        for (int i = 0; i < weight.length; i++) {
            weight[i] = (float) (at(scale, i / each) * step.weight()[i]);
        }
        return step.with(weight, bias);
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
            fits = axis.size() == 1 && axis.get(0).id() == 1 && axis.get(0).size() == values.length;
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

    /** Folds a normalisation by known means and variances. */
    Flow batchNormalization(Flow flow, OnnxNode node, List<Constant> parameters) {
        double epsilon = node.real("epsilon", 1e-5f);
        Constant gamma = Objects.requireNonNull(parameters.get(0));
        int channels = gamma.size();
        double[] scale = new double[channels];
        double[] shift = new double[channels];
        boolean fits = parameters.stream().allMatch(each -> each.size() == channels)
                && flow.view().rank() >= 2;
        List<View.Atom> axis = flow.view().axes().get(Math.min(1, flow.view().rank() - 1));
        if (!fits || node.whole("training_mode", 0) != 0 || !axis.equals(View.axis(1, channels))) {
            throw new ModelFormatException("expected a batch normalisation of the channels as in a prediction, received"
                    + " one of another kind. It would need a layer of its own: export the model for predictions.");
        }
        for (int c = 0; c < channels; c++) {
            scale[c] = gamma.real(c) / Math.sqrt(parameters.get(3).real(c) + epsilon);
            shift[c] = parameters.get(1).real(c) - scale[c] * parameters.get(2).real(c);
        }
        return affine(flow, scale, shift);
    }
}
