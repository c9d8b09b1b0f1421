package dev.lenet.interop;

import java.util.Arrays;

/** A list of integers, or of the bits of other numbers, that grows. */
final class Numbers {
    private final int most;
    private final String what;
    private long[] values = {};
    private int size;

    /**
     * @param most how many it may hold
     * @param what they are called, for messages
     */
    Numbers(int most, String what) {
        this.most = most;
        this.what = what;
    }

    void add(long value) {
        if (size == most) {
            throw ProtoReader.damaged("at most " + most + " " + what, "more");
        }
        if (size == values.length) {
            values = Arrays.copyOf(values, Math.min(most, Math.max(8, size + size / 2)));
        }
        values[size++] = value;
    }

    int size() {
        return size;
    }

    long get(int index) {
        return values[index];
    }

    long[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
