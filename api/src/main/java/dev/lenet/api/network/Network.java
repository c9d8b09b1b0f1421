package dev.lenet.api.network;

import dev.lenet.api.Argument;
import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * An ordered list of named layers in which every shape fits: a network that exists is a valid one.
 *
 * <pre>{@code
 * Network network = Network.input(1, 28, 28)
 *         .layer("conv1", Conv2d.of(6, 5).withPadding(2))
 *         .layer("relu1", new Relu())
 *         .layer("flatten", new Flatten())
 *         .layer("fc1", Linear.of(10))
 *         .build();
 * }</pre>
 *
 * @param input the shape of one example
 * @param layers at least one, with distinct names
 */
public record Network(Shape input, List<NamedLayer> layers) {

    /**
     * One layer in its place.
     *
     * @param name distinct in the network; the prefix of its parameters' names
     * @param index from 0
     * @param spec what it does
     * @param input the shape of one example before it
     * @param output the shape of one example behind it
     */
    public record NamedLayer(String name, int index, LayerSpec spec, Shape input, Shape output) {

        /** The parameters under their full names, for example {@code conv1.weight}. */
        public List<ParameterSpec> parameters() {
            return spec.parameters(input).stream()
                    .map(parameter -> parameter.in(name))
                    .toList();
        }

        /** The number of its trainable values. */
        public int parameterCount() {
            return parameters().stream()
                    .filter(ParameterSpec::trainable)
                    .mapToInt(parameter -> parameter.shape().size())
                    .sum();
        }

        /** See {@link LayerSpec#multiplyAdds}. */
        public long multiplyAdds() {
            return spec.multiplyAdds(input);
        }

        /** This layer, or, of one that is made of others, all these, whatever they are made of in turn. */
        public List<NamedLayer> leaves() {
            List<NamedLayer> parts = spec.parts(name, input);
            return parts.isEmpty()
                    ? List.of(this)
                    : parts.stream().flatMap(part -> part.leaves().stream()).toList();
        }

        @Override
        public String toString() {
            return describe(name, index, spec);
        }
    }

    /**
     * Takes layers as a {@link Builder} made them; {@link #input(int...)} is the way to make a network.
     *
     * @throws IllegalArgumentException if there is no layer
     * @throws ShapeException if one does not take what the one before it gives
     */
    public Network {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw Argument.refusal("Network", "at least one layer", "none", "Add one with layer().");
        }
        Shape before = input;
        for (NamedLayer layer : layers) {
            if (!layer.input().equals(before)
                    || !layer.output().equals(layer.spec().outputShape(before))) {
                throw new ShapeException(layer + ": expected a layer from " + before + ", received one from "
                        + layer.input() + " to " + layer.output() + ". Make networks with Network.input().");
            }
            before = layer.output();
        }
    }

    /** Starts a network that takes examples of that shape. */
    public static Builder input(int... dimensions) {
        return new Builder(Shape.of(dimensions));
    }

    /** The shape of one example's output. */
    public Shape output() {
        return layers.get(layers.size() - 1).output();
    }

    /** The layers, and instead of those that are made of others, what they are made of. */
    public List<NamedLayer> leaves() {
        return layers.stream().flatMap(layer -> layer.leaves().stream()).toList();
    }

    /** All parameters in order, under their full names. */
    public List<ParameterSpec> parameters() {
        return layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
    }

    /** Whether all parameters are trainable; if not, a layer keeps something from step to step by itself. */
    public boolean isAllTrainable() {
        return parameters().stream().allMatch(ParameterSpec::trainable);
    }

    /** The number of trainable values. */
    public int parameterCount() {
        return parameters().stream()
                .filter(ParameterSpec::trainable)
                .mapToInt(parameter -> parameter.shape().size())
                .sum();
    }

    /** The multiplications, each with an addition, that a prediction of one example takes. */
    public long multiplyAdds() {
        return layers.stream().mapToLong(NamedLayer::multiplyAdds).sum();
    }

    /** What people call it: {@code LeNet-5}, or how many layers another network has. */
    public String title() {
        return LeNet5.is(this) ? "LeNet-5" : layers.size() == 1 ? "1 layer" : layers.size() + " layers";
    }

    /** One line a layer: name, kind, output shape, number of parameters. */
    @Override
    public String toString() {
        StringBuilder table = new StringBuilder();
        table.append(String.format("%-10s %-12s %-14s %10s%n", "input", "", input, ""));
        for (NamedLayer layer : layers) {
            int count = layer.parameterCount();
            table.append(String.format(
                    "%-10s %-12s %-14s %10s%n",
                    layer.name(), layer.spec().kind(), layer.output(), count == 0 ? "" : String.valueOf(count)));
        }
        return table.append(String.format(Locale.ROOT, "%-10s %-12s %-14s %10d%n", "total", "", "", parameterCount()))
                .toString();
    }

    private static String describe(String name, int index, LayerSpec spec) {
        return name + " (layer " + (index + 1) + ", " + spec.kind() + ")";
    }

    /** Collects layers and infers each shape as it comes. */
    public static final class Builder {
        private final Shape input;
        private final List<NamedLayer> layers = new ArrayList<>();
        private final Set<String> names = new HashSet<>();
        private long parameterCount;

        private Builder(Shape input) {
            this.input = input;
        }

        /**
         * Adds a layer behind the last one.
         *
         * @throws IllegalArgumentException if the name is empty, holds a dot, or was used before
         * @throws ShapeException if the layer cannot take what the one before it gives
         */
        public Builder layer(String name, LayerSpec spec) {
            int index = layers.size();
            String where = describe(name, index, spec);
            if (name.isBlank() || name.contains(".")) {
                throw Argument.refusal(
                        where,
                        "a name without dots that is not empty",
                        "'" + name + "'",
                        "Parameters are named LAYER.weight and LAYER.bias.");
            }
            if (!names.add(name)) {
                throw Argument.refusal(where, "a name of its own", "'" + name + "' again", "Rename one of the two.");
            }
            Shape before = index == 0 ? input : layers.get(index - 1).output();
            try {
                NamedLayer layer = new NamedLayer(name, index, spec, before, spec.outputShape(before));
                for (ParameterSpec parameter : layer.parameters()) {
                    parameterCount += parameter.shape().size();
                }
                if (parameterCount > Integer.MAX_VALUE) {
                    throw new ShapeException("expected at most " + Integer.MAX_VALUE
                            + " parameters up to this layer, received " + parameterCount
                            + ". Use smaller layers.");
                }
                layers.add(layer);
            } catch (ShapeException e) {
                throw new ShapeException(where + ": " + e.getMessage(), e);
            }
            return this;
        }

        /**
         * @throws IllegalArgumentException if there is no layer
         */
        public Network build() {
            return new Network(input, layers);
        }
    }
}
