package dev.lenet.app.serve;

import java.util.Arrays;

/** The median of the last predictions' times: one that the garbage collector met does not show. Any thread may add to it. */
final class Latencies {
    private static final int KEPT = 31;

    private final long[] nanos = new long[KEPT];
    private int count;

    synchronized void add(long newest) {
        nanos[count++ % KEPT] = newest;
    }

    /** In microseconds; 0 before the first. */
    synchronized double medianMicros() {
        int filled = Math.min(count, KEPT);
        if (filled == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(nanos, filled);
        Arrays.sort(sorted);
        return sorted[filled / 2] * 1e-3;
    }
}
