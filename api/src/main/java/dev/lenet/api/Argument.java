package dev.lenet.api;

/**
 * The check of an argument. Whatever refuses one says so in the same form: {@code WHERE: expected WHAT, received WHAT.
 * REMEDY}
 */
public final class Argument {
    private Argument() {}

    /**
     * @param where what refuses it, for example {@code Sgd}
     * @param expected with its article, for example {@code a momentum of at least 0 and below 1}
     * @param remedy what to do, a sentence
     * @throws IllegalArgumentException if it is not valid
     */
    public static void check(boolean valid, String where, String expected, Object received, String remedy) {
        if (!valid) {
            throw refusal(where, expected, received, remedy);
        }
    }

    /** As {@link #check}, for a number that has to be finite, too. */
    public static void checkFinite(boolean valid, String where, String expected, double received, String remedy) {
        check(valid && Double.isFinite(received), where, expected, received, remedy);
    }

    /**
     * @param where what has the elements, for example {@code Batch}
     * @param what one of them is called, for example {@code example}
     * @param size how many there are
     * @return the index
     * @throws IndexOutOfBoundsException if there is none of that index
     */
    public static int checkIndex(int index, int size, String where, String what) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException(where + ": expected "
                    + (size == 0 ? "no " + what + " to be asked for, as it is empty" : what + " 0 to " + (size - 1))
                    + ", received " + index + ". Ask for one that is there.");
        }
        return index;
    }

    /**
     * @param where what has the elements, for example {@code Batch}
     * @param size how many there are
     * @throws IndexOutOfBoundsException if there are not {@code count} from {@code from} on
     */
    public static void checkRange(int from, int count, int size, String where) {
        if (from < 0 || count < 0 || from > size - count) {
            throw new IndexOutOfBoundsException(where + ": expected a part of " + size + ", received " + count
                    + " from " + from + ". Ask for what is there.");
        }
    }

    /** What {@link #check} throws, for messages that are not to be put together where all is well. */
    public static IllegalArgumentException refusal(String where, String expected, Object received, String remedy) {
        return new IllegalArgumentException(
                where + ": expected " + expected + ", received " + received + ". " + remedy);
    }
}
