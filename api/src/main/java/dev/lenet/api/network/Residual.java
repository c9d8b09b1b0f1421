package dev.lenet.api.network;

import dev.lenet.api.Argument;
import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import dev.lenet.api.network.Network.NamedLayer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Layers whose output is added to their input: they learn what to change, and gradients have a way past them.
 *
 * <pre>
 * y = layers(x) + x            or, with a projection,
 * y = layers(x) + projection(x)
 * </pre>
 *
 * A projection is needed where the layers change the shape: a 1x1 convolution with the same stride and as many filters. Nothing
 * follows the sum; put a rectifier behind this layer if there is to be one.
 *
 * <pre>{@code
 * Residual.of("conv1", Conv2d.of(32, 3).withPadding(1).withStride(2).withoutBias())
 *         .with("norm1", GroupNorm.of(4))
 *         .with("relu1", new Relu())
 *         .with("conv2", Conv2d.of(32, 3).withPadding(1))
 *         .withProjection(Conv2d.of(32, 1).withStride(2))
 * }</pre>
 *
 * <ul>
 *   <li>Input: what the first layer takes
 *   <li>Output: the shape that the layers, and the projection or else the input, have in common
 *   <li>Parameters: those of the layers, in order, and of the projection, named as nested modules of PyTorch:
 *       {@code conv1.weight}, {@code projection.weight}; in a network {@code block1.conv1.weight}
 * </ul>
 *
 * He, Zhang, Ren and Sun, "Deep residual learning for image recognition", CVPR 2016.
 *
 * @param layers at least one, with distinct names; residuals may be nested
 * @param projection what the input goes through before it is added, or null for nothing
 */
public record Residual(
        List<Part> layers, @LeftOutWhen("null") @Nullable Conv2d projection) implements LayerSpec {
    private static final String PROJECTION = "projection";

    /**
     * A layer of the block.
     *
     * @param name distinct in the block, without dots, and not {@code projection}
     */
    public record Part(String name, LayerSpec spec) {

        public Part {
            Argument.check(
                    !name.isBlank() && !name.contains(".") && !name.equals(PROJECTION),
                    "residual",
                    "a name without dots that is neither empty nor 'projection'",
                    "'" + name + "'",
                    "Parameters are named BLOCK.LAYER.weight and BLOCK.LAYER.bias.");
        }
    }

    public Residual {
        layers = List.copyOf(layers);
        Argument.check(!layers.isEmpty(), "residual", "at least one layer", "none", "Add one.");
        Set<String> names = new HashSet<>();
        for (Part layer : layers) {
            Argument.check(
                    names.add(layer.name()),
                    "residual",
                    "a name of its own for each layer",
                    "'" + layer.name() + "' again",
                    "Rename one of the two.");
        }
    }

    /** A block of one layer, without a projection. */
    public static Residual of(String name, LayerSpec layer) {
        return new Residual(List.of(new Part(name, layer)), null);
    }

    /** With one layer more, behind the others. */
    public Residual with(String name, LayerSpec layer) {
        List<Part> more = new ArrayList<>(layers);
        more.add(new Part(name, layer));
        return new Residual(more, projection);
    }

    public Residual withProjection(Conv2d newProjection) {
        return new Residual(layers, newProjection);
    }

    @Override
    public String kind() {
        return "residual";
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.visit(this);
    }

    @Override
    public Role role() {
        return Role.WEIGHTED;
    }

    @Override
    public Shape outputShape(Shape input) {
        Shape output = input;
        for (Part layer : layers) {
            output = outputShape(layer.name(), layer.spec(), output);
        }
        Shape added = projection == null ? input : outputShape(PROJECTION, projection, input);
        if (!added.equals(output)) {
            throw new ShapeException("expected layers that give " + added + " as "
                    + (projection == null ? "the input" : "the projection")
                    + " does, received " + output
                    + ". Give it a projection, a 1x1 convolution with the stride and the filters of the layers.");
        }
        return output;
    }

    private static Shape outputShape(String name, LayerSpec layer, Shape input) {
        try {
            return layer.outputShape(input);
        } catch (ShapeException e) {
            throw new ShapeException("its " + name + " (" + layer.kind() + "): " + e.getMessage(), e);
        }
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
        return parts("", input).stream()
                .flatMap(layer -> layer.spec().parameters(layer.input()).stream()
                        .map(parameter -> parameter.in(layer.name().substring(1))))
                .toList();
    }

    /** The layers, and behind them the projection if there is one, under their full names. */
    @Override
    public List<NamedLayer> parts(String name, Shape input) {
        List<NamedLayer> parts = new ArrayList<>(body(name, input));
        if (projection != null) {
            parts.add(projection(name, input, projection));
        }
        return parts;
    }

    /**
     * The layers alone.
     *
     * @param name of this layer in its network
     */
    public List<NamedLayer> body(String name, Shape input) {
        List<NamedLayer> body = new ArrayList<>();
        Shape before = input;
        for (Part layer : layers) {
            Shape after = layer.spec().outputShape(before);
            body.add(new NamedLayer(name + "." + layer.name(), body.size(), layer.spec(), before, after));
            before = after;
        }
        return body;
    }

    private NamedLayer projection(String name, Shape input, Conv2d conv) {
        return new NamedLayer(name + "." + PROJECTION, layers.size(), conv, input, conv.outputShape(input));
    }
}
