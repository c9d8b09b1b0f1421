package dev.lenet.interop;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the atoms of a view under other dimensions, from both ends towards the dimension that takes what is left. */
final class Atoms {
    private final View view;
    private final List<View.Atom> atoms;
    private final boolean mayCut;
    private int begin;
    private int end;

    /**
     * @param mayCut whether a dimension may be put apart, as channels are into groups
     */
    Atoms(View view, boolean mayCut) {
        this.view = view;
        this.mayCut = mayCut;
        atoms = new ArrayList<>(view.axes().stream().flatMap(List::stream).toList());
        end = atoms.size();
    }

    /**
     * @param target as ONNX has it: 0 keeps a dimension, -1 takes what is left
     * @return null if the atoms do not make up those dimensions
     */
    @Nullable
    View under(long[] target) {
        List<List<View.Atom>> result = new ArrayList<>();
        for (int i = 0; i < target.length; i++) {
            result.add(List.of());
        }
        int rest = 0;
        while (rest < target.length && target[rest] != -1) {
            int from = begin;
            if (!take(rest, target[rest])) {
                return null;
            }
            result.set(rest++, List.copyOf(atoms.subList(from, begin)));
        }
        for (int i = target.length - 1; i > rest; i--) {
            int to = end;
            int size = atoms.size();
            if (!takeLast(i, target[i])) {
                return null;
            }
            result.set(i, List.copyOf(atoms.subList(end, to + atoms.size() - size)));
        }
        if (rest < target.length) {
            result.set(rest, List.copyOf(atoms.subList(begin, end)));
        } else if (begin != end) {
            return null;
        }
        return new View(result);
    }

    private long wanted(int axis, long dim) {
        return dim == 0 && axis < view.rank() ? view.dims()[axis] : dim;
    }

    /** The first atoms that are left, as many as make up a dimension. */
    private boolean take(int axis, long dim) {
        long wanted = wanted(axis, dim);
        long size = 1;
        while (size != wanted) {
            if (begin == end) {
                return false;
            }
            View.Atom next = atoms.get(begin);
            if (next.isAnyBatch()) {
                begin++;
                return isBatch(size, wanted);
            }
            if (wanted != Constant.BATCH && size * next.size() > wanted && !cut(begin, wanted / size, wanted % size)) {
                return false;
            }
            size *= atoms.get(begin++).size();
        }
        if (size == 1
                && axis == 0
                && dim == 1
                && begin < end
                && atoms.get(begin).isAnyBatch()) {
            begin++;
        }
        return true;
    }

    private boolean takeLast(int axis, long dim) {
        long wanted = wanted(axis, dim);
        long size = 1;
        while (size != wanted) {
            if (begin == end) {
                return false;
            }
            View.Atom next = atoms.get(end - 1);
            if (next.isAnyBatch()) {
                end--;
                return isBatch(size, wanted);
            }
            if (wanted != Constant.BATCH && size * next.size() > wanted) {
                long inner = wanted / size;
                if (inner < 1 || next.size() % inner != 0 || !cut(end - 1, next.size() / inner, wanted % size)) {
                    return false;
                }
            }
            size *= atoms.get(--end).size();
        }
        return true;
    }

    /** A graph that names a number here works for that one only; the layers do for any. */
    private static boolean isBatch(long size, long wanted) {
        return size == 1 && (wanted == Constant.BATCH || wanted > 1);
    }

    /** Puts an atom apart into an outer one of that size and an inner one. */
    private boolean cut(int index, long outer, long remainder) {
        View.Atom atom = atoms.get(index);
        if (!mayCut || remainder != 0 || outer < 1 || atom.size() % outer != 0) {
            return false;
        }
        int inner = (int) (atom.size() / outer);
        atoms.set(index, new View.Atom(atom.id(), (int) outer, atom.inner() * inner));
        atoms.add(index + 1, new View.Atom(atom.id(), inner, atom.inner()));
        end++;
        return true;
    }
}
