package dev.lenet.interop;

import dev.lenet.api.Shape;
import dev.lenet.api.model.ProtoMessage;
import dev.lenet.api.network.AvgPool2d;
import dev.lenet.api.network.BatchNorm2d;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.Gelu;
import dev.lenet.api.network.GlobalAvgPool;
import dev.lenet.api.network.GroupNorm;
import dev.lenet.api.network.LayerVisitor;
import dev.lenet.api.network.LeakyRelu;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.ParameterSpec;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Residual;
import dev.lenet.api.network.Sigmoid;
import dev.lenet.api.network.Silu;
import dev.lenet.api.network.SmoothUnit;
import dev.lenet.api.network.Tanh;
import dev.lenet.api.network.Weights;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Adds the nodes of one layer to a graph, see <a href="https://onnx.ai/onnx/operators/">ONNX Operators</a>, and gives back the name of
 * what it computes. Layouts of parameters are the same there. The last node of a layer has its name.
 */
final class LayerNodes implements LayerVisitor<String>, SmoothUnit.Visitor<String> {
    /** What the node that takes the means is called behind the name of a global average pooling. */
    static final String MEANS = ".means";

    private final GraphWriter graph;
    private final Weights weights;
    private final NamedLayer layer;
    private final String x;
    private final String y;

    /**
     * @param x the name of what the layer is given
     * @param y the name of what it computes
     */
    private LayerNodes(GraphWriter graph, Weights weights, NamedLayer layer, String x, String y) {
        this.graph = graph;
        this.weights = weights;
        this.layer = layer;
        this.x = x;
        this.y = y;
    }

    static String add(GraphWriter graph, Weights weights, NamedLayer layer, String x, String y) {
        return layer.spec().accept(new LayerNodes(graph, weights, layer, x, y));
    }

    /** What a layer computes is called, unless it is the last. */
    static String output(String layer) {
        return layer + ".output";
    }

    @Override
    public String visit(Conv2d conv) {
        int rows = conv.padding().height();
        int columns = conv.padding().width();
        return withParameters(
                "Conv",
                GraphWriter.wholeNumbers(
                        "kernel_shape",
                        conv.kernelSize().height(),
                        conv.kernelSize().width()),
                GraphWriter.wholeNumbers("pads", rows, columns, rows, columns),
                square("strides", conv.stride()),
                GraphWriter.whole("group", conv.groups()));
    }

    @Override
    public String visit(MaxPool2d pool) {
        return simple("MaxPool", square("kernel_shape", pool.kernelSize()), square("strides", pool.stride()));
    }

    @Override
    public String visit(AvgPool2d pool) {
        return simple("AveragePool", square("kernel_shape", pool.kernelSize()), square("strides", pool.stride()));
    }

    /** Its result has sides of 1 there. */
    @Override
    public String visit(GlobalAvgPool pool) {
        String means = step(MEANS.substring(1), "GlobalAveragePool", x);
        return last("Flatten", List.of(means), GraphWriter.whole("axis", 1));
    }

    @Override
    public String visit(Linear linear) {
        return withParameters("Gemm", GraphWriter.whole("transB", 1));
    }

    @Override
    public String visit(Relu relu) {
        return simple("Relu");
    }

    @Override
    public String visit(LeakyRelu relu) {
        return simple("LeakyRelu", GraphWriter.real("alpha", relu.slope()));
    }

    @Override
    public String visit(Sigmoid sigmoid) {
        return simple("Sigmoid");
    }

    @Override
    public String visit(SmoothUnit unit) {
        return unit.accept((SmoothUnit.Visitor<String>) this);
    }

    @Override
    public String visit(Silu silu) {
        return last("Mul", List.of(x, step("sigmoid", "Sigmoid", x)));
    }

    /** {@code x * (1 + erf(x * sqrt(1/2))) / 2}: opsets before 20 have no operator of that name. */
    @Override
    public String visit(Gelu gelu) {
        String scaled = step("scaled", "Mul", x, constant("scale", (float) Math.sqrt(0.5)));
        String raised = step("raised", "Add", step("erf", "Erf", scaled), constant("one", 1));
        return last("Mul", List.of(x, step("share", "Mul", raised, constant("half", 0.5f))));
    }

    private String constant(String name, float value) {
        return graph.constant(layer.name() + "." + name, Shape.of(), value);
    }

    @Override
    public String visit(Tanh tanh) {
        return simple("Tanh");
    }

    @Override
    public String visit(Flatten flatten) {
        return simple("Flatten", GraphWriter.whole("axis", 1));
    }

    /** Without the input that says training it hands on what comes. */
    @Override
    public String visit(Dropout dropout) {
        return last("Dropout", List.of(x, graph.constant(layer.name() + ".ratio", Shape.of(), dropout.rate())));
    }

    /** By the running statistics, as in a prediction. */
    @Override
    public String visit(BatchNorm2d norm) {
        return withParameters(
                "BatchNormalization",
                GraphWriter.real("epsilon", norm.epsilon()),
                GraphWriter.real("momentum", otherPart(norm.momentum())));
    }

    /** Of a momentum that counts the new batch one that counts the old ones, and back: 1 less it, in decimals. */
    static float otherPart(float momentum) {
        return BigDecimal.ONE.subtract(new BigDecimal(Float.toString(momentum))).floatValue();
    }

    /** Opset 17 has no operator for it: a group is normalised as an instance's channel, then each channel is scaled. */
    @Override
    public String visit(GroupNorm norm) {
        int groups = norm.groups();
        float[] ones = new float[groups];
        Arrays.fill(ones, 1);
        String grouped = step("grouped", "Reshape", x, graph.wholes(layer.name() + ".groups", 0, groups, -1));
        String normal = output(layer.name() + ".normal");
        graph.node(
                layer.name() + ".normal",
                "InstanceNormalization",
                List.of(
                        grouped,
                        graph.constant(layer.name() + ".ones", Shape.of(groups), ones),
                        graph.constant(layer.name() + ".zeros", Shape.of(groups), new float[groups])),
                normal,
                GraphWriter.real("epsilon", norm.epsilon()));
        int[] image = layer.input().toArray();
        String shape = graph.wholes(layer.name() + ".image", 0, image[0], image[1], image[2]);
        String back = step("back", "Reshape", normal, shape);
        String scaled = step("scaled", "Mul", back, channels(layer.parameters().get(0)));
        return last("Add", List.of(scaled, channels(layer.parameters().get(1))));
    }

    @Override
    public String visit(Residual residual) {
        String within = x;
        for (NamedLayer part : residual.body(layer.name(), layer.input())) {
            within = add(graph, weights, part, within, output(part.name()));
        }
        List<NamedLayer> all = residual.parts(layer.name(), layer.input());
        String added = x;
        if (residual.projection() != null) {
            NamedLayer projection = all.get(all.size() - 1);
            added = add(graph, weights, projection, x, output(projection.name()));
        }
        return last("Add", List.of(within, added));
    }

    private String simple(String operator, ProtoMessage... attributes) {
        return last(operator, List.of(x), attributes);
    }

    private String withParameters(String operator, ProtoMessage... attributes) {
        List<String> inputs = new ArrayList<>(List.of(x));
        for (ParameterSpec parameter : layer.parameters()) {
            inputs.add(graph.constant(parameter.name(), parameter.shape(), values(parameter)));
        }
        return last(operator, inputs, attributes);
    }

    /** A value for each channel, in a shape that meets images. */
    private String channels(ParameterSpec parameter) {
        return graph.constant(parameter.name(), Shape.of(parameter.shape().size(), 1, 1), values(parameter));
    }

    private float[] values(ParameterSpec parameter) {
        return weights.get(parameter.name());
    }

    /** A node before the last one. */
    private String step(String name, String operator, String... inputs) {
        String full = layer.name() + "." + name;
        graph.node(full, operator, List.of(inputs), output(full));
        return output(full);
    }

    private String last(String operator, List<String> inputs, ProtoMessage... attributes) {
        graph.node(layer.name(), operator, inputs, y, attributes);
        return y;
    }

    private static ProtoMessage square(String name, int side) {
        return GraphWriter.wholeNumbers(name, side, side);
    }
}
