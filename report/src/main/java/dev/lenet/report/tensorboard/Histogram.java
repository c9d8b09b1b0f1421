package dev.lenet.report.tensorboard;

/**
 * How often values occur: {@value #BUCKETS} buckets of equal width from the least to the greatest of them, as
 * TensorBoard's own writer makes them.
 *
 * <p>Each bucket reaches from its left edge up to, without, its right edge; the last holds the greatest value as well. If
 * all values are the same, every edge is that value and the last bucket has them all. Of values that are no finite
 * numbers nothing is shown; without any others, every edge and count is 0.
 *
 * @param left edges
 * @param right edges
 * @param counts of values
 */
record Histogram(double[] left, double[] right, long[] counts) {
    static final int BUCKETS = 30;

    static Histogram of(float[] values) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        long finite = 0;
        for (float value : values) {
            if (Float.isFinite(value)) {
                least = Math.min(least, value);
                most = Math.max(most, value);
                finite++;
            }
        }
        Histogram histogram = new Histogram(new double[BUCKETS], new double[BUCKETS], new long[BUCKETS]);
        if (finite > 0) {
            histogram.span(least, most);
            histogram.count(values, least, (most - least) / BUCKETS);
        }
        return histogram;
    }

    private void span(double least, double most) {
        double width = (most - least) / BUCKETS;
        for (int i = 0; i < BUCKETS; i++) {
            left[i] = i * width + least;
            right[i] = i == BUCKETS - 1 ? most : (i + 1) * width + least;
        }
    }

    private void count(float[] values, double least, double width) {
        for (float value : values) {
            if (Float.isFinite(value)) {
                int bucket = width == 0 ? BUCKETS - 1 : (int) Math.floor((value - least) / width);
                counts[Math.min(bucket, BUCKETS - 1)]++;
            }
        }
    }
}
