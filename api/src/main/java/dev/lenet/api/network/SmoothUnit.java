package dev.lenet.api.network;

import dev.lenet.api.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A rectifier without a corner: a smooth function of each value by itself, without parameters. It is told by its formula, in double
 * precision; whoever has nothing faster computes that, and needs to know no single one of them.
 *
 * <p>Input and output: any shape, the same.
 */
public sealed interface SmoothUnit extends LayerSpec permits Silu, Gelu {

    /**
     * Something that depends on which function it is: what a library calls it, or how exactly it is to be computed.
     *
     * @param <R> what there is for each
     */
    interface Visitor<R> {

        R visit(Silu unit);

        R visit(Gelu unit);
    }

    /** All of them. */
    static List<SmoothUnit> all() {
        return Arrays.stream(SmoothUnit.class.getPermittedSubclasses())
                .map(type -> {
                    try {
                        return (SmoothUnit) type.getConstructor().newInstance();
                    } catch (ReflectiveOperationException e) {
                        throw new IllegalStateException("smooth units are public records without components", e);
                    }
                })
                .toList();
    }

    /** {@code y} of {@code x}; the same bits on every JVM. */
    double value(double x);

    /** The derivative at {@code x}; the same bits on every JVM. */
    double slope(double x);

    /** What the visitor has for this function. */
    <R> R accept(Visitor<R> visitor);

    @Override
    default String kind() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    @Override
    default <R> R accept(LayerVisitor<R> visitor) {
        return visitor.visit(this);
    }

    @Override
    default Role role() {
        return Role.ACTIVATION;
    }

    @Override
    default Shape outputShape(Shape input) {
        return input;
    }
}
