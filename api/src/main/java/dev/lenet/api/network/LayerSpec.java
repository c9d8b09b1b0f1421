package dev.lenet.api.network;

import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import dev.lenet.api.network.Network.NamedLayer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a layer is, as data: an engine realises it, and may fuse it with its neighbours.
 *
 * <p>Shapes here are those of one example, without the batch: {@code [C, H, W]} or {@code [features]}. Every record is
 * pure: validating, printing, saving and comparing networks needs no engine.
 */
public sealed interface LayerSpec
        permits Conv2d,
                MaxPool2d,
                AvgPool2d,
                GlobalAvgPool,
                Linear,
                GroupNorm,
                BatchNorm2d,
                Relu,
                LeakyRelu,
                SmoothUnit,
                Tanh,
                Sigmoid,
                Flatten,
                Dropout,
                Residual {

    /** The records there are, one for each kind of layer. */
    static List<Class<?>> kinds() {
        return Arrays.stream(LayerSpec.class.getPermittedSubclasses())
                .<Class<?>>flatMap(type -> type.isRecord()
                        ? Stream.of(type)
                        : Arrays.stream(Objects.requireNonNull(type.getPermittedSubclasses())))
                .toList();
    }

    /** What part a layer plays in its network, for those who draw or list it. */
    enum Role {
        /** Multiplies with weights and adds: convolutions, fully connected layers, and blocks of them. */
        WEIGHTED,

        /** Gives values another mean and variance. */
        NORMALIZATION,

        /** Maps each value by itself. */
        ACTIVATION,

        /** Makes one value of many, without weights. */
        POOLING,

        /** Hands on the values that came, in a prediction: flatten, dropout. */
        PASSING
    }

    /** The name of this kind of layer in files and messages, for example {@code "conv2d"}. */
    String kind();

    /** What the visitor has for this kind of layer. */
    <R> R accept(LayerVisitor<R> visitor);

    Role role();

    /**
     * The shape of the output for an input of that shape.
     *
     * @throws ShapeException if this layer cannot take such an input; the message says what it expects
     */
    Shape outputShape(Shape input);

    /** The parameters of this layer for an input of that shape, weight before bias; most layers have none. */
    default List<ParameterSpec> parameters(Shape input) {
        return List.of();
    }

    /**
     * The multiplications, each with an addition, that a prediction of one example takes: those with weights. An output value is the
     * product of the inputs that it sees with a row of the weight.
     */
    default long multiplyAdds(Shape input) {
        List<NamedLayer> parts = parts("", input);
        if (!parts.isEmpty()) {
            return parts.stream().mapToLong(NamedLayer::multiplyAdds).sum();
        }
        long outputs = outputShape(input).size();
        return parameters(input).stream()
                .map(ParameterSpec::shape)
                .filter(shape -> shape.rank() > 1)
                .mapToLong(weight -> outputs * (weight.size() / weight.dimension(0)))
                .sum();
    }

    /**
     * The layers that this one is made of, in the order of their parameters, under their full names; most are made of none.
     *
     * @param name of this layer in its network
     */
    default List<NamedLayer> parts(String name, Shape input) {
        return List.of();
    }
}
