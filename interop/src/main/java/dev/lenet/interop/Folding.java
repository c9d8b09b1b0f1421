package dev.lenet.interop;

import dev.lenet.api.ModelFormatException;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/** Operators on constants: what exporters leave of the arithmetic of shapes, and weights that are put in another form. */
final class Folding {
    private final Budget budget;
    private final TensorFolding tensors;

    Folding(Budget budget) {
        this.budget = budget;
        tensors = new TensorFolding(budget);
    }

    /**
     * @param inputs null for one that is left out
     * @return null if the operator is none of these
     */
    @Nullable
    Constant fold(OnnxNode node, List<@Nullable Constant> inputs) {
        if (inputs.isEmpty() || inputs.get(0) == null) {
            return null;
        }
        Constant x = inputs.get(0);
        return switch (node.operator()) {
            case "Identity", "Dropout" -> x;
            case "Cast" -> tensors.cast(x, node.whole("to", OnnxFields.FLOAT));
            case "Reshape" -> x.withDims(TensorFolding.reshaped(x, axes(node, inputs, "shape")));
            case "Flatten" -> {
                int axis = View.axis(node.whole("axis", 1), x.rank() + 1);
                int first = TensorFolding.product(x, 0, axis);
                yield x.withDims(first, first == 0 ? 0 : x.size() / first);
            }
            case "Squeeze" -> TensorFolding.squeezed(x, axes(node, inputs, "axes"));
            case "Unsqueeze" -> TensorFolding.unsqueezed(x, axes(node, inputs, "axes"));
            case "Transpose" -> tensors.transposed(x, node.wholes("perm"));
            case "Gather" -> tensors.gathered(x, second(inputs), node.whole("axis", 0));
            case "Slice" -> tensors.sliced(node, x, inputs);
            case "Concat" -> tensors.concatenated(node, inputs);
            case "Shape" ->
                Constant.vector(Arrays.stream(x.dims()).asLongStream().toArray());
            case "ConstantOfShape" -> tensors.filled(node, x);
            case "ReduceProd" ->
                Constant.vector(Arrays.stream(x.wholes()).reduce(1, (a, b) -> exact(a, b, Math::multiplyExact)));
            case "Add" -> both(x, inputs, Math::addExact, Double::sum);
            case "Sub" -> both(x, inputs, Math::subtractExact, (a, b) -> a - b);
            case "Mul" -> both(x, inputs, Math::multiplyExact, (a, b) -> a * b);
            case "Div" -> both(x, inputs, (a, b) -> b == 0 ? 0 : a / b, (a, b) -> a / b);
            case "Sqrt" -> each(x, Math::sqrt);
            case "Reciprocal" -> each(x, value -> 1 / value);
            case "Neg" -> each(x, value -> -value);
            default -> null;
        };
    }

    private static Constant second(List<@Nullable Constant> inputs) {
        Constant second = inputs.size() > 1 ? inputs.get(1) : null;
        if (second == null) {
            throw new ModelFormatException(
                    "expected a second input, received none. The graph is wrong: export it again.");
        }
        return second;
    }

    /** Integers that are an input in newer opsets and an attribute in older ones; null if neither is there. */
    static long @Nullable [] axes(OnnxNode node, List<? extends @Nullable Value> inputs, String attribute) {
        return inputs.size() > 1 && inputs.get(1) instanceof Constant constant
                ? constant.wholes()
                : node.wholes(attribute);
    }

    private Constant each(Constant x, DoubleUnaryOperator operator) {
        float[] values = new float[budget.take(x.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) operator.applyAsDouble(x.real(i));
        }
        return Constant.of(x.dims(), values);
    }

    /** With one of them spread along the other's axes where it has size 1. */
    private Constant both(
            Constant a, List<@Nullable Constant> inputs, LongBinaryOperator whole, DoubleBinaryOperator real) {
        Constant b = second(inputs);
        int rank = Math.max(a.rank(), b.rank());
        int[] dims = new int[rank];
        long size = 1;
        for (int axis = 0; axis < rank; axis++) {
            int ofA = axis < rank - a.rank() ? 1 : a.dim(axis - rank + a.rank());
            int ofB = axis < rank - b.rank() ? 1 : b.dim(axis - rank + b.rank());
            if (ofA != ofB && ofA != 1 && ofB != 1) {
                throw TensorFolding.wrong(
                        "shapes that fit", Arrays.toString(a.dims()) + " and " + Arrays.toString(b.dims()));
            }
            dims[axis] = ofA == 1 ? ofB : ofA;
            size = Math.min(size * dims[axis], Integer.MAX_VALUE);
        }
        boolean isWhole = a.isWhole() && b.isWhole();
        int count = budget.take(size);
        float[] floats = new float[isWhole ? 0 : count];
        long[] longs = new long[isWhole ? count : 0];
        for (int i = 0; i < count; i++) {
            int atA = at(a, dims, i);
            int atB = at(b, dims, i);
            if (isWhole) {
                longs[i] = exact(a.whole(atA), b.whole(atB), whole);
            } else {
                floats[i] = (float) real.applyAsDouble(a.real(atA), b.real(atB));
            }
        }
        return isWhole ? Constant.of(dims, longs) : Constant.of(dims, floats);
    }

    private static long exact(long a, long b, LongBinaryOperator operator) {
        if (a == Constant.BATCH || b == Constant.BATCH) {
            throw new ModelFormatException(
                    "expected arithmetic on fixed sizes, received the size of the batch, which is"
                            + " not fixed. Export the graph with a batch of 1.");
        }
        try {
            return operator.applyAsLong(a, b);
        } catch (ArithmeticException e) {
            throw TensorFolding.wrong("sizes that fit 64 bits", a + " and " + b);
        }
    }

    private static int at(Constant x, int[] dims, int index) {
        int rest = index;
        int position = 0;
        int stride = 1;
        for (int axis = dims.length - 1; axis >= dims.length - x.rank(); axis--) {
            int size = x.dim(axis - dims.length + x.rank());
            position += size == 1 ? 0 : rest % dims[axis] * stride;
            stride *= size;
            rest /= dims[axis];
        }
        return position;
    }
}
