package dev.lenet.interop;

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
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Residual;
import dev.lenet.api.network.Sigmoid;
import dev.lenet.api.network.Silu;
import dev.lenet.api.network.SmoothUnit;
import dev.lenet.api.network.Tanh;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The statements that call the loops of {@link JavaLoops} layer after layer, each of which makes an {@code x} of the last one. */
final class JavaCalls implements LayerVisitor<String>, SmoothUnit.Visitor<String> {
    private final StringBuilder text = new StringBuilder();
    private final Set<String> helpers = new TreeSet<>();
    private NamedLayer layer;
    /** Of the layers that are not made of others, in the order of {@link Network#leaves}. */
    private int number;

    private int shortcuts;

    JavaCalls(Network network) {
        layer = network.layers().get(0);
        network.layers().forEach(each -> add(each, "x"));
    }

    String text() {
        return text.toString();
    }

    /** The loops that are called. */
    Set<String> helpers() {
        return helpers;
    }

    /** What the constant of a parameter is called. */
    static String variable(int layer, String parameter) {
        return "LAYER" + layer + "_" + parameter.toUpperCase(Locale.ROOT);
    }

    private void add(NamedLayer next, String x) {
        layer = next;
        if (next.spec() instanceof Residual residual) {
            block(residual, next);
            return;
        }
        number++;
        String call = next.spec().accept(this);
        if (!call.isEmpty()) {
            text.append(x + " = " + call.replace("(x", "(" + x) + "; // " + next.output() + "\n");
        }
    }

    /** Its input is kept until the sum. */
    private void block(Residual residual, NamedLayer block) {
        String kept = "kept" + ++shortcuts;
        text.append("double[] " + kept + " = x;\n");
        residual.body(block.name(), block.input()).forEach(each -> add(each, "x"));
        if (residual.projection() != null) {
            List<NamedLayer> parts = residual.parts(block.name(), block.input());
            add(parts.get(parts.size() - 1), kept);
        }
        helpers.add(JavaLoops.SUM);
        text.append("x = add(x, " + kept + ");\n");
    }

    private String image() {
        return layer.input().dimension(0) + ", " + layer.input().dimension(1) + ", "
                + layer.input().dimension(2);
    }

    private String parameter(String name) {
        return variable(number, name);
    }

    private String each(String name, String formula) {
        helpers.add(String.format(JavaLoops.EACH, name, formula));
        return name + "(x)";
    }

    @Override
    public String visit(Conv2d conv) {
        helpers.add(JavaLoops.CONVOLUTION);
        return "convolve(x, " + image() + ", " + parameter("weight") + ", "
                + (conv.bias() ? parameter("bias") : "null") + ", " + conv.filters() + ", "
                + conv.kernelSize().height() + ", " + conv.kernelSize().width() + ", " + conv.stride() + ", "
                + conv.padding().height() + ", " + conv.padding().width() + ", " + conv.groups() + ")";
    }

    @Override
    public String visit(MaxPool2d pool) {
        helpers.add(String.format(
                JavaLoops.POOLING, "maximum", "Double.NEGATIVE_INFINITY", "result = Math.max(result, each)", ""));
        return "maximum(x, " + image() + ", " + pool.kernelSize() + ", " + pool.stride() + ")";
    }

    @Override
    public String visit(AvgPool2d pool) {
        helpers.add(String.format(JavaLoops.POOLING, "average", "0", "result += each", " / (k * k)"));
        return "average(x, " + image() + ", " + pool.kernelSize() + ", " + pool.stride() + ")";
    }

    @Override
    public String visit(GlobalAvgPool pool) {
        helpers.add(JavaLoops.MEANS);
        return "means(x, " + layer.input().dimension(0) + ")";
    }

    @Override
    public String visit(Linear linear) {
        helpers.add(JavaLoops.LINEAR);
        return "connect(x, " + parameter("weight") + ", " + parameter("bias") + ")";
    }

    @Override
    public String visit(BatchNorm2d norm) {
        helpers.add(JavaLoops.BATCH);
        return "normalizeBatch(x, " + parameter("weight") + ", " + parameter("bias") + ", " + parameter("running_mean")
                + ", " + parameter("running_var") + ", " + norm.epsilon() + "f)";
    }

    @Override
    public String visit(GroupNorm norm) {
        helpers.add(JavaLoops.MEANS);
        helpers.add(JavaLoops.GROUPS);
        return "normalizeGroups(x, " + norm.groups() + ", " + parameter("weight") + ", " + parameter("bias") + ", "
                + norm.epsilon() + "f)";
    }

    @Override
    public String visit(Relu relu) {
        return each("rectify", "Math.max(x[i], 0)");
    }

    @Override
    public String visit(LeakyRelu relu) {
        return each("rectify" + number, "x[i] > 0 ? x[i] : " + relu.slope() + "f * x[i]");
    }

    @Override
    public String visit(Sigmoid sigmoid) {
        return each("sigmoid", "1 / (1 + Math.exp(-x[i]))");
    }

    @Override
    public String visit(SmoothUnit unit) {
        return unit.accept((SmoothUnit.Visitor<String>) this);
    }

    @Override
    public String visit(Gelu gelu) {
        helpers.add(JavaLoops.NORMAL_PROBABILITY);
        return each("gelu", "x[i] * below(x[i])");
    }

    @Override
    public String visit(Silu silu) {
        return each("silu", "x[i] / (1 + Math.exp(-x[i]))");
    }

    @Override
    public String visit(Tanh tanh) {
        return each("tanh", "Math.tanh(x[i])");
    }

    @Override
    public String visit(Flatten flatten) {
        return "";
    }

    @Override
    public String visit(Dropout dropout) {
        return "";
    }

    @Override
    public String visit(Residual residual) {
        throw new IllegalStateException("a residual is no leaf");
    }
}
