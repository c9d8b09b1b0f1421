package dev.lenet.api.data;

import dev.lenet.api.Argument;
import dev.lenet.api.DatasetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The numbers that stand for classes in label files. Often they are 0, 1, 2 and so on; the letters of EMNIST are 1 to 26, and
 * other files have 10, 20, 30 or the codes of characters.
 *
 * <p>The labels to train on tell them. A model keeps them, as labels to evaluate with may lack any of the classes.
 *
 * @param codes that of class k is the k-th; ascending
 */
public record LabelCodes(List<Integer> codes) {
    /** How many of them a message names. */
    private static final int NAMED = 12;

    /**
     * @throws IllegalArgumentException if they are not ascending, or one is below 0
     */
    public LabelCodes {
        codes = List.copyOf(codes);
        int last = -1;
        for (int code : codes) {
            Argument.check(code > last, "Label codes", "ascending ones of at least 0", codes, "Sort them.");
            last = code;
        }
    }

    /** The classes themselves: 0 to {@code count - 1}. */
    public static LabelCodes from0(int count) {
        return new LabelCodes(IntStream.range(0, count).boxed().toList());
    }

    /** Those of the labels in a file, each that occurs. */
    public static LabelCodes of(IdxFile labels) {
        boolean[] occurs = new boolean[256];
        for (byte label : labels.values()) {
            occurs[label & 0xFF] = true;
        }
        return new LabelCodes(IntStream.range(0, occurs.length)
                .filter(code -> occurs[code])
                .boxed()
                .toList());
    }

    /** How many classes there are. */
    public int count() {
        return codes.size();
    }

    /** Whether each is the class itself. */
    public boolean areFrom0() {
        return equals(from0(count()));
    }

    /** Whether they are 1, 2, 3 and so on. */
    public boolean areFrom1() {
        return !codes.isEmpty() && codes.get(0) == 1 && codes.get(count() - 1) == count();
    }

    /** The codes as the names of the classes. */
    public ClassNames names() {
        return new ClassNames(codes.stream().map(String::valueOf).toList());
    }

    /**
     * The same labels with the classes in the place of their codes.
     *
     * @param file where they are from, for the message
     * @param labels as {@link IdxFile#labels} reads them
     * @throws DatasetException if there is one that stands for no class
     */
    public IdxFile classes(Path file, IdxFile labels) {
        int[] classOf = new int[256];
        Arrays.fill(classOf, -1);
        for (int k = 0; k < count() && codes.get(k) < classOf.length; k++) {
            classOf[codes.get(k)] = k;
        }
        byte[] classes = new byte[labels.values().length];
        for (int row = 0; row < classes.length; row++) {
            int code = labels.values()[row] & 0xFF;
            if (classOf[code] < 0) {
                throw new DatasetException(
                        file + ": expected the labels of the training data, " + this + ", received "
                                + code + " for example " + row
                                + ", counted from 0. The file is damaged, or of other classes: use the one that belongs to them.");
            }
            classes[row] = (byte) classOf[code];
        }
        return new IdxFile(labels.dimensions(), classes, labels.sha256());
    }

    /** For people: {@code 0 to 9}, or {@code 10, 20, 30}. */
    @Override
    public String toString() {
        int last = count() - 1;
        if (last >= 1 && codes.get(last) - codes.get(0) == last) {
            return codes.get(0) + " to " + codes.get(last);
        }
        List<String> named =
                new ArrayList<>(codes.stream().limit(NAMED).map(String::valueOf).toList());
        if (count() > NAMED) {
            named.add("... up to " + codes.get(last));
        }
        return String.join(", ", named);
    }
}
