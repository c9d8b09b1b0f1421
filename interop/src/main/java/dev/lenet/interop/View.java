package dev.lenet.interop;

import dev.lenet.api.ModelFormatException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a graph sees what a layer gives: which axis of the graph's tensor is which of the layer's. So transposing and reshaping cost
 * nothing, and are undone where a layer takes the values in its own order.
 *
 * <p>Each axis is a product of atoms, outermost first. An atom is the batch, or one dimension of the layer or a part of it; those of
 * size 1 are left out, so that an axis without atoms has size 1. Parts that lie side by side are one again.
 */
record View(List<List<Atom>> axes) {

    /** The atom of the batch. */
    static final int BATCH = 0;

    /** Size of a batch that is not fixed. */
    private static final int ANY = -1;

    /**
     * @param id {@link #BATCH}, or the dimension's place in the layer's shape, from 1
     * @param inner how far apart two neighbours are in that dimension: 1 unless it was put apart and this is an outer part
     */
    record Atom(int id, int size, int inner) {
        boolean isAnyBatch() {
            return size == ANY;
        }

        private boolean isJustOutside(Atom next) {
            return id == next.id && id != BATCH && inner == next.size * next.inner;
        }
    }

    View {
        axes = axes.stream().map(View::joined).toList();
    }

    private static List<Atom> joined(List<Atom> axis) {
        List<Atom> joined = new ArrayList<>();
        for (Atom atom : axis) {
            Atom last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null && last.isJustOutside(atom)) {
                joined.set(joined.size() - 1, new Atom(atom.id(), last.size() * atom.size(), atom.inner()));
            } else if (atom.size() != 1) {
                joined.add(atom);
            }
        }
        return List.copyOf(joined);
    }

    /**
     * The batch and behind it each dimension as an axis.
     *
     * @param batch its size; if it is not 1, the layers take any, whatever the graph says
     */
    static View of(long batch, int... dims) {
        List<List<Atom>> axes = new ArrayList<>();
        axes.add(batch == 1 ? List.of() : List.of(new Atom(BATCH, ANY, 1)));
        for (int i = 0; i < dims.length; i++) {
            axes.add(axis(i + 1, dims[i]));
        }
        return new View(axes);
    }

    /** An axis that is one dimension of a layer. */
    static List<Atom> axis(int id, int size) {
        return size == 1 ? List.of() : List.of(new Atom(id, size, 1));
    }

    int rank() {
        return axes.size();
    }

    /** From 0, for an axis that may be counted from the end. */
    int axis(long axis) {
        return axis(axis, rank());
    }

    static int axis(long axis, int rank) {
        if (axis < -rank || axis >= rank) {
            throw new ModelFormatException(
                    "expected an axis of " + rank + ", received " + axis + ". The graph is wrong: export it again.");
        }
        return (int) (axis < 0 ? axis + rank : axis);
    }

    /** The dimensions as the graph sees them; {@link Constant#BATCH} for a batch of any size. */
    long[] dims() {
        return axes.stream().mapToLong(View::size).toArray();
    }

    private static long size(List<Atom> axis) {
        long size = 1;
        for (Atom atom : axis) {
            if (atom.isAnyBatch()) {
                return axis.size() == 1 ? Constant.BATCH : ANY;
            }
            size *= atom.size();
        }
        return size;
    }

    boolean isBatch(int axis) {
        return axes.get(axis).stream().allMatch(atom -> atom.id() == BATCH);
    }

    /** All but the batch, in the order in which the graph has them in memory. */
    List<Atom> atoms() {
        return axes.stream()
                .flatMap(List::stream)
                .filter(atom -> atom.id() != BATCH)
                .toList();
    }

    /** Whether these are in the order of the layer. */
    boolean inOrder() {
        List<Atom> atoms = atoms();
        for (int i = 1; i < atoms.size(); i++) {
            Atom before = atoms.get(i - 1);
            Atom atom = atoms.get(i);
            if (atom.id() < before.id() || (atom.id() == before.id() && atom.inner() >= before.inner())) {
                return false;
            }
        }
        return true;
    }

    View transpose(int[] permutation) {
        boolean[] seen = new boolean[rank()];
        List<List<Atom>> result = new ArrayList<>();
        for (int from : permutation) {
            if (from < 0 || from >= rank() || seen[from]) {
                break;
            }
            seen[from] = true;
            result.add(axes.get(from));
        }
        if (result.size() != rank() || permutation.length != rank()) {
            throw new ModelFormatException("expected a permutation of " + rank() + " axes, received "
                    + Arrays.toString(permutation) + ". The graph is wrong: export it again.");
        }
        return new View(result);
    }

    /** With that axis instead of the one there is. */
    View with(int axis, List<Atom> atoms) {
        List<List<Atom>> result = new ArrayList<>(axes);
        result.set(axis, atoms);
        return new View(result);
    }

    /**
     * Without axes of size 1.
     *
     * @param which null for all
     */
    View squeeze(long @Nullable [] which) {
        boolean[] drop = new boolean[rank()];
        if (which == null) {
            for (int axis = 0; axis < drop.length; axis++) {
                drop[axis] = axes.get(axis).isEmpty();
            }
        } else {
            for (long axis : which) {
                drop[axis(axis)] = true;
            }
        }
        List<List<Atom>> result = new ArrayList<>();
        for (int axis = 0; axis < drop.length; axis++) {
            if (!drop[axis]) {
                result.add(axes.get(axis));
            } else if (!axes.get(axis).isEmpty()) {
                throw new ModelFormatException("expected an axis of size 1 to drop, received "
                        + Arrays.toString(readableDims()) + ". The graph is wrong: export it again.");
            }
        }
        return new View(result);
    }

    /** With axes of size 1 at those places of the result. */
    View unsqueeze(long[] where) {
        int rank = rank() + where.length;
        boolean[] added = new boolean[Math.min(rank, OnnxTensor.HIGHEST_RANK)];
        for (long axis : where) {
            added[axis(axis, added.length)] = true;
        }
        List<List<Atom>> result = new ArrayList<>();
        int next = 0;
        for (boolean isNew : added) {
            result.add(isNew || next == rank() ? List.of() : axes.get(next++));
        }
        if (rank > OnnxTensor.HIGHEST_RANK || next != rank()) {
            throw new ModelFormatException("expected different axes to add, received " + Arrays.toString(where)
                    + ". The graph is wrong: export it again.");
        }
        return new View(result);
    }

    /** The axes before that one as one, and the others as one. */
    View flatten(int axis) {
        List<Atom> first = new ArrayList<>();
        List<Atom> second = new ArrayList<>();
        for (int i = 0; i < rank(); i++) {
            (i < axis ? first : second).addAll(axes.get(i));
        }
        return new View(List.of(first, second));
    }

    /**
     * Under other dimensions, as ONNX has them: 0 keeps one, -1 takes what is left.
     *
     * @param mayCut whether they may put dimensions of the layer apart
     * @return null if they do not fit, or cut what may not be cut
     */
    @Nullable
    View reshape(long[] target, boolean mayCut) {
        return new Atoms(this, mayCut).under(target);
    }

    /** For messages: -1 for a size that is not fixed. */
    long[] readableDims() {
        return Arrays.stream(dims())
                .map(size -> size == Constant.BATCH ? -1 : size)
                .toArray();
    }
}
