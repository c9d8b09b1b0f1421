package dev.lenet.interop;

import static dev.lenet.interop.WeightedLayers.BIAS;
import static dev.lenet.interop.WeightedLayers.WEIGHT;

import dev.lenet.api.ModelFormatException;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.GroupNorm;
import dev.lenet.api.network.LayerSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Numbers that a graph multiplies channels with, or adds to them: they become part of a layer with weights, or one of their own. */
final class ChannelScaling {
    private final Budget budget;

    ChannelScaling(Budget budget) {
        this.budget = budget;
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
