package dev.lenet.tck.oracle;

/**
 * Mean and inverse standard deviation of numbers, and what an engine that normalises with them may be off by.
 *
 * <p>An engine may add up in two passes or in one that updates the mean (Welford), for which the variance of m numbers is off by
 * up to {@code m u kappa} of itself, {@code kappa^2 = 1 + mean^2 / variance} (Chan, Golub and LeVeque, "Algorithms for computing
 * the sample variance", The American Statistician 37, 1983); the difference of the mean square and the squared mean, which is off
 * by {@code m u kappa^2}, does not stay within that. And it may compute {@code scale * (x - mean)} or {@code scale * x - scale *
 * mean}: roundings are those of numbers as large as x and the mean.
 *
 * @param mean with its error
 * @param variance the sum of the squared distances over their number
 * @param inverse {@code 1 / sqrt(variance + epsilon)}
 * @param overflow whether float32 may not hold a sum of squares: nothing is known then
 */
record Moments(
        double mean,
        double meanError,
        double variance,
        double varianceError,
        double inverse,
        double inverseError,
        boolean overflow) {

    /**
     * @param x all numbers
     * @param indices those of them that are meant
     */
    static Moments of(Approximation x, int[] indices, double epsilon) {
        int count = indices.length;
        DotProduct sum = new DotProduct();
        for (int i : indices) {
            sum.add(x.value(i), x.error(i));
        }
        double mean = sum.value() / count;
        double meanError = sum.error() / count;
        meanError += Tolerance.roundings(2).of(Math.abs(mean) + meanError);
        double squares = 0;
        double carried = 0;
        double magnitude = 0;
        for (int i : indices) {
            double distance = x.value(i) - mean;
            squares += distance * distance;
            carried += x.error(i) * (2 * Math.abs(distance) + x.error(i));
            magnitude += (Math.abs(x.value(i)) + x.error(i)) * (Math.abs(x.value(i)) + x.error(i));
        }
        double variance = squares / count;
        double varianceError = carried / count;
        double size = variance + varianceError;
        varianceError += Tolerance.dot(count + 3).of(Math.sqrt(size) * Math.sqrt(size + mean * mean));
        double inverse = 1 / Math.sqrt(variance + epsilon);
        double least = 1 / Math.sqrt(variance + varianceError + epsilon);
        double most = 1 / Math.sqrt(Math.max(variance - varianceError, 0) + epsilon);
        double inverseError = Math.max(most - inverse, inverse - least);
        // The sum with epsilon, and the quotient, or the root of it.
        inverseError += Tolerance.function().of(most) + Tolerance.roundings(2).of(most);
        return new Moments(
                mean, meanError, variance, varianceError, inverse, inverseError, 2 * magnitude > Float.MAX_VALUE);
    }

    /** Those that are given and not computed. */
    static Moments given(double mean, double variance, double epsilon) {
        double inverse = 1 / Math.sqrt(variance + epsilon);
        double error = Tolerance.function().of(inverse) + Tolerance.roundings(2).of(inverse);
        return new Moments(mean, 0, variance, 0, inverse, error, false);
    }

    /** {@code (x[i] - mean) * inverse}. */
    double normalised(Approximation x, int i) {
        return (x.value(i) - mean) * inverse;
    }

    double normalisedError(Approximation x, int i) {
        if (overflow) {
            return Double.POSITIVE_INFINITY;
        }
        double distance = Math.abs(x.value(i) - mean);
        double distanceError = x.error(i) + meanError;
        double carried = distance * inverseError + inverse * distanceError + inverseError * distanceError;
        return carried + Tolerance.roundings(3).of(size(x, i) + carried);
    }

    /** As large as what may be rounded on the way to {@link #normalised}. */
    double size(Approximation x, int i) {
        return (Math.abs(x.value(i)) + x.error(i) + Math.abs(mean) + meanError) * (inverse + inverseError);
    }
}
