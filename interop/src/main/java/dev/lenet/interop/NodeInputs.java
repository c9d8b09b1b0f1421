package dev.lenet.interop;

import dev.lenet.api.ModelFormatException;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The inputs of a node that have to be constants. */
final class NodeInputs {
    private NodeInputs() {}

    static Constant constant(List<? extends @Nullable Value> inputs, int index) {
        if (index < inputs.size() && inputs.get(index) instanceof Constant constant) {
            return constant;
        }
        throw new ModelFormatException("expected a constant as input " + (index + 1)
                + ", received none. The graph is wrong: export it again.");
    }

    /** A constant without values if it is left out. */
    static Constant optional(List<? extends @Nullable Value> inputs, int index) {
        return index < inputs.size() && inputs.get(index) != null
                ? constant(inputs, index)
                : Constant.of(new int[] {0}, new float[0]);
    }

    static long[] required(long @Nullable [] axes) {
        if (axes == null) {
            throw new ModelFormatException("expected axes, received none. The graph is wrong: export it again.");
        }
        return axes;
    }

    /** Those from one index up to another, which is not among them. */
    static List<Constant> constants(List<? extends @Nullable Value> inputs, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(index -> constant(inputs, index))
                .toList();
    }
}
