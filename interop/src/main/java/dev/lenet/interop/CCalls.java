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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The statements that call the functions of {@link CLoops} layer after layer. Two buffers on the stack are enough: layers with weights go
 * from one to the other, the rest works in place. Pooling in place never overwrites what a later window reads, as the place it writes to
 * is not behind the window's first. A residual keeps its input in a buffer of its own.
 */
final class CCalls implements LayerVisitor<String>, SmoothUnit.Visitor<String> {
    private final StringBuilder text = new StringBuilder();
    private final Set<String> helpers = new TreeSet<>();
    /** Values that each buffer holds. */
    private final TreeMap<String, Integer> buffers = new TreeMap<>();

    private NamedLayer layer;
    private int number;
    private int depth;
    private String x = "a";
    private String y = "b";

    CCalls(Network network) {
        layer = network.layers().get(0);
        grow("a", network.input().size());
        grow("b", 1);
        network.layers().forEach(this::add);
    }

    String text() {
        return text.toString();
    }

    /** The functions that are called. */
    Set<String> helpers() {
        return helpers;
    }

    /** The buffer in which the last layer leaves its values. */
    String result() {
        return x;
    }

    /** Their declarations. */
    String buffers() {
        StringBuilder declared = new StringBuilder();
        buffers.forEach((name, size) -> declared.append("    float " + name + "[" + size + "];\n"));
        return declared.append("    (void) b;\n").toString();
    }

    long stackBytes() {
        return buffers.values().stream().mapToLong(size -> size).sum() * Float.BYTES;
    }

    /** What the constant of a parameter is called. */
    static String variable(int layer, String parameter) {
        return "NAME_layer" + layer + "_" + parameter;
    }

    private void grow(String buffer, int values) {
        buffers.merge(buffer, values, Math::max);
    }

    private void call(String statement) {
        text.append("    NAME_").append(statement).append(";\n");
    }

    private void add(NamedLayer next) {
        layer = next;
        if (next.spec() instanceof Residual residual) {
            block(residual, next);
            return;
        }
        number++;
        String statement = next.spec().accept(this);
        if (!statement.isEmpty()) {
            call(statement);
        }
        if (next.spec() instanceof Conv2d || next.spec() instanceof Linear) {
            grow(y, next.output().size());
            String before = x;
            x = y;
            y = before;
        }
    }

    private void block(Residual residual, NamedLayer block) {
        depth++;
        String kept = "kept" + depth;
        helpers.add(CLoops.COPY);
        helpers.add(CLoops.SUM);
        grow(kept, block.input().size());
        call("copy(" + x + ", " + kept + ", " + block.input().size() + ")");
        residual.body(block.name(), block.input()).forEach(this::add);
        String shortcut = kept;
        if (residual.projection() != null) {
            List<NamedLayer> parts = residual.parts(block.name(), block.input());
            layer = parts.get(parts.size() - 1);
            number++;
            grow(y, block.output().size());
            call(convolve(residual.projection(), kept, y));
            shortcut = y;
        }
        call("add(" + x + ", " + shortcut + ", " + block.output().size() + ")");
        depth--;
    }

    private String image() {
        return layer.input().dimension(0) + ", " + layer.input().dimension(1) + ", "
                + layer.input().dimension(2);
    }

    private String parameter(String name) {
        return variable(number, name);
    }

    private String each(String name, String formula) {
        helpers.add(String.format(CLoops.EACH, name, formula));
        return name + "(" + x + ", " + layer.input().size() + ")";
    }

    private String convolve(Conv2d conv, String from, String to) {
        helpers.add(CLoops.CONVOLUTION);
        return "convolve(" + from + ", " + to + ", " + image() + ", " + parameter("weight") + ", "
                + (conv.bias() ? parameter("bias") : "0") + ", " + conv.filters() + ", "
                + conv.kernelSize().height() + ", " + conv.kernelSize().width() + ", " + conv.stride() + ", "
                + conv.padding().height() + ", " + conv.padding().width() + ", " + conv.groups() + ")";
    }

    @Override
    public String visit(Conv2d conv) {
        return convolve(conv, x, y);
    }

    @Override
    public String visit(MaxPool2d pool) {
        helpers.add(String.format(CLoops.POOLING, "maximum", "*first", "each > result ? each : result", ""));
        return "maximum(" + x + ", " + image() + ", " + pool.kernelSize() + ", " + pool.stride() + ")";
    }

    @Override
    public String visit(AvgPool2d pool) {
        helpers.add(String.format(CLoops.POOLING, "average", "0", "result + each", " / (float) (k * k)"));
        return "average(" + x + ", " + image() + ", " + pool.kernelSize() + ", " + pool.stride() + ")";
    }

    @Override
    public String visit(GlobalAvgPool pool) {
        helpers.add(CLoops.MEANS);
        int channels = layer.input().dimension(0);
        return "means(" + x + ", " + channels + ", " + layer.input().size() / channels + ")";
    }

    @Override
    public String visit(Linear linear) {
        helpers.add(CLoops.LINEAR);
        return "connect(" + x + ", " + y + ", " + layer.input().size() + ", " + parameter("weight") + ", "
                + parameter("bias") + ", " + linear.outputs() + ")";
    }

    @Override
    public String visit(BatchNorm2d norm) {
        helpers.add(CLoops.SCALE);
        int channels = layer.input().dimension(0);
        return "scale(" + x + ", " + channels + ", " + layer.input().size() / channels + ", " + parameter("scale")
                + ", " + parameter("shift") + ")";
    }

    @Override
    public String visit(GroupNorm norm) {
        helpers.add(CLoops.GROUPS);
        int size = layer.input().size();
        return "normalize(" + x + ", " + norm.groups() + ", " + size / norm.groups() + ", "
                + size / layer.input().dimension(0) + ", " + parameter("weight") + ", " + parameter("bias") + ", "
                + norm.epsilon() + "f)";
    }

    @Override
    public String visit(Relu relu) {
        return each("rectify", "x[i] > 0 ? x[i] : 0");
    }

    @Override
    public String visit(LeakyRelu relu) {
        return each("rectify" + number, "x[i] > 0 ? x[i] : " + relu.slope() + "f * x[i]");
    }

    @Override
    public String visit(Sigmoid sigmoid) {
        return each("sigmoid", "1 / (1 + expf(-x[i]))");
    }

    @Override
    public String visit(SmoothUnit unit) {
        return unit.accept((SmoothUnit.Visitor<String>) this);
    }

    @Override
    public String visit(Gelu gelu) {
        return each("gelu", "0.5f * x[i] * (1 + erff(0.70710678f * x[i]))");
    }

    @Override
    public String visit(Silu silu) {
        return each("silu", "x[i] / (1 + expf(-x[i]))");
    }

    /** By the exponential function, of a number that is never above 0. */
    @Override
    public String visit(Tanh tanh) {
        return each("tanh", "x[i] < 0 ? 1 - 2 / (1 + expf(2 * x[i])) : 2 / (1 + expf(-2 * x[i])) - 1");
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
