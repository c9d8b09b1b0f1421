package dev.lenet.api;

import java.nio.charset.StandardCharsets;

/**
 * A named, counter-based stream of random numbers: the value at an index depends on the seed, the name and the index
 * alone.
 *
 * <p>Initial weights, shuffling, dropout masks and augmentation each draw from a stream of their own. Drawing more
 * from one therefore never shifts another, values can be computed in any order and on any thread, and a resumed run
 * needs no generator state beyond the index it had reached.
 *
 * <p>The generator is SplitMix64 read at random access: the finaliser applied to {@code key + (index + 1) * gamma}
 * (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014). A name is hashed with
 * 64-bit FNV-1a.
 */
public final class RandomStream {
    /** 2^64 divided by the golden ratio, odd: the increment of SplitMix64. */
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private static final long FNV_OFFSET = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;

    private final long key;

    private RandomStream(long key) {
        this.key = key;
    }

    /** The stream of that name, for example {@code "init/conv1.weight"}. */
    public static RandomStream of(long seed, String name) {
        long hash = FNV_OFFSET;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
        }
        return new RandomStream(mix(mix(seed) ^ hash));
    }

    /** An independent stream for each index, for example one an epoch. */
    public RandomStream substream(long index) {
        return new RandomStream(mix(bits(index) ^ GAMMA));
    }

    /** 64 uniformly distributed bits. */
    public long bits(long index) {
        return mix(key + (index + 1) * GAMMA);
    }

    /** A multiple of 2^-24 in [0, 1): every value is exactly a {@code float}. */
    public float uniform(long index) {
        return (bits(index) >>> 40) * 0x1p-24f;
    }

    /** The numbers 0 to {@code size - 1} in random order (Fisher and Yates; Knuth's algorithm P). */
    public int[] permutation(int size) {
        Argument.check(size >= 0, "Permutation", "a size of at least 0", size, "Give the number of elements.");
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        for (int i = size - 1; i > 0; i--) {
            // The high half of a 64 x 32 bit product: unbiased to within 2^-32, without a rejection loop.
            int j = (int) Math.multiplyHigh(bits(i) >>> 1, (i + 1L) << 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }

    private static long mix(long z) {
        long mixed = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
