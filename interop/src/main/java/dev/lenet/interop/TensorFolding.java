package dev.lenet.interop;

import dev.lenet.api.ModelFormatException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators on constants that put values in another shape, order or type, and compute none. */
final class TensorFolding {
    private final Budget budget;

    TensorFolding(Budget budget) {
        this.budget = budget;
    }

    Constant cast(Constant x, long to) {
        boolean toWhole = to >= OnnxFields.UINT8 && to <= OnnxFields.INT64;
        if (toWhole == x.isWhole()) {
            return x;
        }
        budget.take(x.size());
        if (!toWhole) {
            return Constant.of(x.dims(), x.reals());
        }
        long[] values = new long[x.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (long) x.real(i);
        }
        return Constant.of(x.dims(), values);
    }

    static ModelFormatException wrong(String expected, Object received) {
        return new ModelFormatException(
                "expected " + expected + ", received " + received + ". The graph is wrong: export it again.");
    }

    static int product(Constant x, int from, int to) {
        int product = 1;
        for (int axis = from; axis < to; axis++) {
            product *= x.dim(axis);
        }
        return product;
    }

    static int[] reshaped(Constant x, long @Nullable [] target) {
        if (target == null || target.length > OnnxTensor.HIGHEST_RANK) {
            throw wrong("a new shape", "none");
        }
        int[] dims = new int[target.length];
        int rest = -1;
        long size = 1;
        for (int i = 0; i < dims.length; i++) {
            long dim = target[i] == 0 && i < x.rank() ? x.dim(i) : target[i];
            if (dim == -1 && rest < 0) {
                rest = i;
            } else if (dim < 0 || dim > Math.max(1, x.size())) {
                throw wrong("a shape of " + x.size() + " values", Arrays.toString(target));
            } else {
                dims[i] = (int) dim;
                size = Math.min(size * dim, Integer.MAX_VALUE);
            }
        }
        if (rest >= 0 && size > 0) {
            dims[rest] = (int) (x.size() / size);
            size *= dims[rest];
        }
        if (size != x.size()) {
            throw wrong("a shape of " + x.size() + " values", Arrays.toString(target));
        }
        return dims;
    }

    static Constant squeezed(Constant x, long @Nullable [] axes) {
        List<Integer> dims = new ArrayList<>();
        for (int axis = 0; axis < x.rank(); axis++) {
            int each = axis;
            boolean named = axes != null && Arrays.stream(axes).anyMatch(a -> View.axis(a, x.rank()) == each);
            if (x.dim(axis) != 1 || (axes != null && !named)) {
                dims.add(x.dim(axis));
            }
        }
        return x.withDims(ints(dims));
    }

    private static int[] ints(List<Integer> dims) {
        return dims.stream().mapToInt(Integer::intValue).toArray();
    }

    static Constant unsqueezed(Constant x, long @Nullable [] axes) {
        if (axes == null || x.rank() + axes.length > OnnxTensor.HIGHEST_RANK) {
            throw wrong("axes to add", axes == null ? "none" : axes.length);
        }
        int rank = x.rank() + axes.length;
        boolean[] added = new boolean[rank];
        Arrays.stream(axes).forEach(axis -> added[View.axis(axis, rank)] = true);
        List<Integer> dims = new ArrayList<>();
        int next = 0;
        for (boolean isNew : added) {
            dims.add(isNew || next == x.rank() ? 1 : x.dim(next++));
        }
        return x.withDims(ints(dims));
    }

    Constant transposed(Constant x, long @Nullable [] permutation) {
        int rank = x.rank();
        int[] dims = new int[rank];
        int[] strides = new int[rank];
        boolean[] seen = new boolean[rank];
        for (int i = 0; i < rank; i++) {
            int from = permutation == null
                    ? rank - 1 - i
                    : permutation.length == rank && permutation[i] >= 0 ? View.axis(permutation[i], rank) : 0;
            dims[i] = x.dim(from);
            strides[i] = product(x, from + 1, rank);
            seen[from] = true;
        }
        for (boolean each : seen) {
            if (!each) {
                throw wrong("a permutation of " + rank + " axes", Arrays.toString(permutation));
            }
        }
        int[] positions = new int[budget.take(x.size())];
        for (int i = 0; i < positions.length; i++) {
            int rest = i;
            for (int axis = rank - 1; axis >= 0; axis--) {
                positions[i] += rest % dims[axis] * strides[axis];
                rest /= dims[axis];
            }
        }
        return x.pick(dims, positions);
    }

    /** Of vectors, and of tensors along the first axis. */
    Constant gathered(Constant x, Constant indices, long axis) {
        if (x.rank() == 0 || View.axis(axis, x.rank()) != 0) {
            throw wrong("to gather along the first axis", axis);
        }
        int each = x.dim(0) == 0 ? 0 : x.size() / x.dim(0);
        int[] positions = new int[budget.take((long) indices.size() * each)];
        for (int i = 0; i < indices.size(); i++) {
            int from = View.axis(indices.whole(i), x.dim(0));
            for (int j = 0; j < each; j++) {
                positions[i * each + j] = from * each + j;
            }
        }
        List<Integer> dims = new ArrayList<>();
        Arrays.stream(indices.dims()).forEach(dims::add);
        Arrays.stream(x.dims()).skip(1).forEach(dims::add);
        if (dims.size() > OnnxTensor.HIGHEST_RANK) {
            throw wrong("at most " + OnnxTensor.HIGHEST_RANK + " axes", dims.size());
        }
        return x.pick(ints(dims), positions);
    }

    /** Of vectors. */
    Constant sliced(OnnxNode node, Constant x, List<@Nullable Constant> inputs) {
        boolean old = inputs.size() < 3;
        long @Nullable [] starts = old ? node.wholes("starts") : wholes(inputs, 1);
        long @Nullable [] ends = old ? node.wholes("ends") : wholes(inputs, 2);
        long @Nullable [] axes = old ? node.wholes("axes") : wholes(inputs, 3);
        long @Nullable [] steps = old ? null : wholes(inputs, 4);
        if (starts == null
                || ends == null
                || x.rank() != 1
                || starts.length != 1
                || ends.length != 1
                || (axes != null && (axes.length != 1 || View.axis(axes[0], 1) != 0))
                || (steps != null && (steps.length != 1 || steps[0] != 1))) {
            throw wrong("a part of a vector", "another slice");
        }
        int from = bound(starts[0], x.size());
        int to = Math.max(from, bound(ends[0], x.size()));
        int[] positions = new int[budget.take(to - from)];
        Arrays.setAll(positions, i -> from + i);
        return x.pick(new int[] {positions.length}, positions);
    }

    private static int bound(long index, int size) {
        return (int) Math.max(0, Math.min(index < 0 ? index + size : index, size));
    }

    private static long @Nullable [] wholes(List<@Nullable Constant> inputs, int index) {
        Constant input = index < inputs.size() ? inputs.get(index) : null;
        return input == null ? null : input.wholes();
    }

    /** Of vectors of integers. */
    Constant concatenated(OnnxNode node, List<@Nullable Constant> inputs) {
        long size = 0;
        for (Constant input : inputs) {
            if (input == null || input.rank() != 1 || node.whole("axis", 0) > 0) {
                throw wrong("vectors to put one behind the other", input == null ? "none" : "other constants");
            }
            size += input.size();
        }
        long[] values = new long[budget.take(size)];
        int next = 0;
        for (Constant input : inputs) {
            for (int i = 0; input != null && i < input.size(); i++) {
                values[next++] = input.whole(i);
            }
        }
        return Constant.vector(values);
    }

    Constant filled(OnnxNode node, Constant shape) {
        long size = 1;
        for (long dim : shape.wholes()) {
            if (dim < 0 || dim > Integer.MAX_VALUE || shape.size() > OnnxTensor.HIGHEST_RANK) {
                throw wrong("a shape", Arrays.toString(shape.wholes()));
            }
            size = Math.min(size * dim, Integer.MAX_VALUE);
        }
        int[] dims = Arrays.stream(shape.wholes()).mapToInt(dim -> (int) dim).toArray();
        OnnxNode.Attribute attribute = node.attributes().get("value");
        Constant value = attribute == null || attribute.tensor() == null
                ? Constant.of(new int[] {1}, new float[1])
                : attribute.tensor().decodeInline();
        if (value.size() != 1) {
            throw wrong("one value", value.size());
        }
        return value.pick(dims, new int[budget.take(size)]);
    }
}
