package dev.lenet.interop;

import dev.lenet.api.ModelFormatException;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.LayerSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What each operator makes of the input on its way through the graph. */
final class Operators {
    /** What may follow the choice of a class, and changes nothing about it. */
    private static final Set<String> BEHIND_CHOICE = Set.of(
            "Identity",
            "Cast",
            "Squeeze",
            "Unsqueeze",
            "Reshape",
            "Flatten",
            "Softmax",
            "LogSoftmax",
            "Log",
            "ArgMax",
            "ReduceMax");

    private final WeightedLayers weighted;
    private final ChannelScaling scaling;
    private final Normalizations normalizations;
    private final Set<String> shared;

    /**
     * @param isOurs whether the file was written here, so that its layers stay what they were
     * @param shared the names of values that more than one node takes
     */
    Operators(Budget budget, boolean isOurs, Set<String> shared) {
        weighted = new WeightedLayers(budget);
        scaling = new ChannelScaling(budget);
        normalizations = new Normalizations(scaling, isOurs);
        this.shared = shared;
    }

    /**
     * @param inputs at least one of which is not known
     */
    Value apply(OnnxNode node, List<@Nullable Value> inputs) {
        List<Flow> flows = inputs.stream()
                .filter(Flow.class::isInstance)
                .map(Flow.class::cast)
                .toList();
        if (flows.size() > 1) {
            return Branches.joined(node, flows);
        }
        if (inputs.get(0) instanceof Flow flow) {
            if (node.operator().equals("Shape")) {
                return shape(node, flow.view().dims());
            }
            if (flow.isDone()) {
                if (BEHIND_CHOICE.contains(node.operator())) {
                    return flow;
                }
                throw new ModelFormatException("expected nothing but the choice of a class behind a softmax, received"
                        + " another operator. It would need a softmax layer: export a model without.");
            }
            return ofFirst(node, flow, inputs);
        }
        Flow flow = (Flow) Objects.requireNonNull(inputs.get(1));
        Constant first = (Constant) Objects.requireNonNull(inputs.get(0));
        return ofSecond(node, flow, first, inputs);
    }

    private static Constant shape(OnnxNode node, long[] dims) {
        int start = (int) Math.max(0, Math.min(dims.length, from(node.whole("start", 0), dims.length)));
        int end = (int) Math.max(start, Math.min(dims.length, from(node.whole("end", dims.length), dims.length)));
        return Constant.vector(Arrays.copyOfRange(dims, start, end));
    }

    private static long from(long axis, int rank) {
        return axis < 0 ? axis + rank : axis;
    }

    private Flow ofFirst(OnnxNode node, Flow flow, List<@Nullable Value> inputs) {
        View view = flow.view();
        return switch (node.operator()) {
            case "Identity" -> flow;
            case "Cast" -> cast(node, flow);
            case "Conv" ->
                weighted.convolution(flow, node, NodeInputs.constant(inputs, 1), NodeInputs.optional(inputs, 2));
            case "Gemm" -> gemm(node, flow, inputs, true);
            case "MatMul" -> weighted.linear(flow, node, NodeInputs.constant(inputs, 1), true, last(view), 1);
            case "BatchNormalization" ->
                normalizations.ofBatch(flow, node, NodeInputs.constants(inputs, 1, 5), isShared(node, 0));
            case "InstanceNormalization" ->
                normalizations.ofInstances(flow, node, NodeInputs.constant(inputs, 1), NodeInputs.constant(inputs, 2));
            case "GroupNormalization" ->
                normalizations.ofGroups(flow, node, NodeInputs.constant(inputs, 1), NodeInputs.constant(inputs, 2));
            case "Add", "Sum" -> affine(node, flow, second(inputs), 1, 1, isShared(node, 0));
            case "Sub" -> affine(node, flow, second(inputs), 1, -1, isShared(node, 0));
            case "Mul" -> scaled(node, flow, second(inputs), false, isShared(node, 0));
            case "Div" -> scaled(node, flow, second(inputs), true, isShared(node, 0));
            case "Relu", "Gelu", "LeakyRelu", "PRelu", "Sigmoid", "Swish", "Tanh", "Clip", "Max" ->
                activation(node, flow, ActivationOperators.layer(node, inputs));
            case "Dropout" -> dropout(node, flow, inputs);
            case "MaxPool", "AveragePool" -> WindowOperators.pooling(node, flow);
            case "GlobalAveragePool" -> WindowOperators.globalAverage(node, flow);
            case "GlobalMaxPool" -> WindowOperators.globalMaximum(node, flow.asImage());
            case "ReduceMean" -> WindowOperators.mean(node, flow, inputs);
            case "Pad" -> WindowOperators.pad(node, flow, inputs);
            case "Flatten" ->
                flow.withView(view.flatten(View.axis(node.whole("axis", 1), view.rank() + 1)))
                        .flattenedIfVector(node.name());
            case "Reshape" -> reshape(node, flow, inputs);
            case "Squeeze" ->
                flow.withView(view.squeeze(Folding.axes(node, inputs, "axes"))).flattenedIfVector(node.name());
            case "Unsqueeze" -> flow.withView(view.unsqueeze(NodeInputs.required(Folding.axes(node, inputs, "axes"))));
            case "Transpose" -> flow.withView(view.transpose(permutation(node, view.rank())));
            case "Softmax", "LogSoftmax", "ArgMax" -> choice(node, flow);
            default -> throw Unsupported.operator(node);
        };
    }

    private Flow ofSecond(OnnxNode node, Flow flow, Constant first, List<@Nullable Value> inputs) {
        if (flow.isDone()) {
            throw Unsupported.operator(node);
        }
        return switch (node.operator()) {
            case "Add", "Sum" -> affine(node, flow, first, 1, 1, isShared(node, 1));
            case "Sub" -> affine(node, flow, first, -1, 1, isShared(node, 1));
            case "Mul" -> scaled(node, flow, first, false, isShared(node, 1));
            case "Max" -> activation(node, flow, ActivationOperators.layer(node, List.of(flow, first)));
            case "MatMul" ->
                weighted.linear(
                        flow, node, first, false, Math.max(0, flow.view().rank() - 2), 1);
            case "Gemm" -> gemm(node, flow, inputs, false);
            default -> throw Unsupported.operator(node);
        };
    }

    private boolean isShared(OnnxNode node, int input) {
        return shared.contains(node.inputs().get(input));
    }

    /** Of two. */
    private static Constant second(List<@Nullable Value> inputs) {
        if (inputs.size() > 2) {
            throw new ModelFormatException("expected two inputs, received " + inputs.size()
                    + ". It would need a layer that adds several: export another model.");
        }
        return NodeInputs.constant(inputs, 1);
    }

    private static int last(View view) {
        if (view.rank() == 0) {
            throw new ModelFormatException(
                    "expected a vector, received one number. The graph is wrong: export it again.");
        }
        return view.rank() - 1;
    }

    private static Flow cast(OnnxNode node, Flow flow) {
        long to = node.whole("to", OnnxFields.FLOAT);
        if (to != OnnxFields.FLOAT
                && to != OnnxFields.DOUBLE
                && to != OnnxFields.FLOAT16
                && to != OnnxFields.BFLOAT16) {
            throw new ModelFormatException("expected a cast to float32, received one to the type " + to
                    + ". It would need layers of integers: export a model without.");
        }
        return flow;
    }

    /** {@code alpha * A' * B' + beta * C}, where A or B is the input. */
    private Flow gemm(OnnxNode node, Flow flow, List<@Nullable Value> inputs, boolean isLeft) {
        Constant matrix = NodeInputs.constant(inputs, isLeft ? 1 : 0);
        boolean flowIsTransposed = node.whole(isLeft ? "transA" : "transB", 0) != 0;
        boolean isTransposed = node.whole(isLeft ? "transB" : "transA", 0) != 0;
        if (flow.view().rank() != 2) {
            throw new ModelFormatException("expected a matrix, received "
                    + Arrays.toString(flow.view().readableDims()) + ". The graph is wrong: export it again.");
        }
        Flow turned = flowIsTransposed ? flow.withView(flow.view().transpose(new int[] {1, 0})) : flow;
        Flow product =
                weighted.linear(turned, node, matrix, isLeft != isTransposed, isLeft ? 1 : 0, node.real("alpha", 1));
        Constant summand = NodeInputs.optional(inputs, 2);
        return summand.size() == 0 ? product : affine(node, product, summand, 1, node.real("beta", 1), false);
    }

    private Flow affine(OnnxNode node, Flow flow, Constant summand, double scale, double sign, boolean isShared) {
        double[] shift = scaling.perChannel(flow, summand);
        return scaling.affine(
                flow,
                node,
                new double[] {scale},
                Arrays.stream(shift).map(value -> sign * value).toArray(),
                isShared);
    }

    private Flow scaled(OnnxNode node, Flow flow, Constant factor, boolean divides, boolean isShared) {
        double[] factors = scaling.perChannel(flow, factor);
        double[] scale =
                divides ? Arrays.stream(factors).map(value -> 1 / value).toArray() : factors;
        return scaling.affine(flow, node, scale, new double[1], isShared);
    }

    private static Flow activation(OnnxNode node, Flow flow, LayerSpec spec) {
        return WindowOperators.unpadded(flow).begun().then(spec, node.name());
    }

    private static Flow dropout(OnnxNode node, Flow flow, List<? extends @Nullable Value> inputs) {
        if (NodeInputs.optional(inputs, 2).size() == 1
                && NodeInputs.optional(inputs, 2).real(0) != 0) {
            throw new ModelFormatException("expected dropout that hands everything on, received dropout for training."
                    + " It would need random numbers: export the model for predictions.");
        }
        Constant input = NodeInputs.optional(inputs, 1);
        float rate = input.size() == 1 ? input.real(0) : node.real("ratio", 0.5f);
        return rate > 0 && rate < 1
                ? WindowOperators.unpadded(flow).begun().flattenedIfVector("").then(new Dropout(rate), node.name())
                : flow;
    }

    private static Flow reshape(OnnxNode node, Flow flow, List<? extends @Nullable Value> inputs) {
        long[] target = NodeInputs.required(Folding.axes(node, inputs, "shape"));
        if (target.length > OnnxTensor.HIGHEST_RANK) {
            throw new ModelFormatException("expected at most " + OnnxTensor.HIGHEST_RANK + " dimensions, received "
                    + target.length + ". The graph is wrong: export it again.");
        }
        View view = flow.view().reshape(target, false);
        if (view != null) {
            return flow.withView(view).flattenedIfVector(node.name());
        }
        // An input that becomes an image, or else channels that are put into groups.
        Flow input = target.length >= 4 ? flow.reshapedInput(target) : null;
        if (input != null) {
            return input;
        }
        View cut = flow.view().reshape(target, true);
        input = cut == null || (flow.isInput() && flow.view().rank() < 4) ? flow.reshapedInput(target) : null;
        if (input == null && cut == null) {
            throw new ModelFormatException("expected a shape that joins dimensions or puts them apart again, received "
                    + Arrays.toString(target) + " for "
                    + Arrays.toString(flow.view().readableDims())
                    + ". It would need a layer that reshapes: export another model.");
        }
        return input != null ? input : flow.withView(Objects.requireNonNull(cut));
    }

    private static int[] permutation(OnnxNode node, int rank) {
        long[] axes = node.wholes("perm");
        int[] permutation = new int[axes == null ? rank : axes.length];
        for (int i = 0; i < permutation.length; i++) {
            permutation[i] = axes == null ? rank - 1 - i : (int) axes[i];
        }
        return permutation;
    }

    private static Flow choice(OnnxNode node, Flow flow) {
        View view = flow.view();
        int axis = view.axis(node.whole("axis", node.operator().equals("ArgMax") ? 0 : -1));
        boolean isOld = node.attributes().get("axis") == null && view.rank() == 2;
        List<View.Atom> classes = isOld ? view.atoms() : view.axes().get(axis);
        if (!classes.equals(view.atoms()) || flow.isInput()) {
            throw new ModelFormatException(
                    "expected a choice among all values of an example, received one along a part of"
                            + " them. It would need a softmax layer: export a model of one label for each image.");
        }
        return flow.done();
    }
}
