package dev.lenet.interop;

import dev.lenet.api.ModelFormatException;

/**
 * How many values may be computed while a graph is read: a multiple of those that its file holds. So a small file cannot ask for much
 * memory, or for much time.
 */
final class Budget {
    /** What any file may ask for: kernels that become larger, weights that are put in another order. */
    private static final long BASE = 3_000_000;

    private long left;

    /**
     * @param bytes of the file
     */
    Budget(long bytes) {
        left = BASE + bytes;
    }

    /** For another file that is read. */
    void grow(long bytes) {
        left += bytes;
    }

    /**
     * @return the number of values, as it was given
     * @throws ModelFormatException if that is too much
     */
    int take(long values) {
        left -= values;
        if (values < 0 || left < 0) {
            throw new ModelFormatException("expected a graph that computes about as many values as its file holds,"
                    + " received one that makes many more of them. Let the exporter fold constants.");
        }
        return (int) values;
    }
}
