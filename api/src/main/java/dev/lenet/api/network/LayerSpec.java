package dev.lenet.api.network;

import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import java.util.List;

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
                Relu,
                LeakyRelu,
                Silu,
                Tanh,
                Sigmoid,
                Flatten,
                Dropout {

    /** What part a layer plays in its network, for those who draw or list it. */
    enum Role {
        /** Multiplies with weights and adds: convolutions and fully connected layers. */
        WEIGHTED,

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
        long outputs = outputShape(input).size();
        return parameters(input).stream()
                .map(ParameterSpec::shape)
                .filter(shape -> shape.rank() > 1)
                .mapToLong(weight -> outputs * (weight.size() / weight.dimension(0)))
                .sum();
    }
}
