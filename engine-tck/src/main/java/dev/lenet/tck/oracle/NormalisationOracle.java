package dev.lenet.tck.oracle;

/**
 * One set of numbers that are normalised together, {@code h[i] = (x[i] - mean) / sqrt(variance + epsilon)}, then scaled and
 * shifted, {@code y[i] = weight * h[i] + bias}, each channel by its own numbers; and the backward pass:
 *
 * <pre>
 * dWeight += sum over i of dY[i] * h[i],   dBias += sum over i of dY[i]
 * g[i] = weight * dY[i]
 * dX[i] = (g[i] - mean of g - h[i] * mean of g * h) / sqrt(variance + epsilon)
 * </pre>
 *
 * <p>Engines expand the products in different ways, and subtract numbers as large as x and the mean where the formula has h. So
 * sums and roundings are bounded by the magnitudes of all that.
 */
final class NormalisationOracle {
    private final Approximation x;
    private final int[] indices;
    private final Moments moments;

    /**
     * @param indices of x, those that are normalised together
     */
    NormalisationOracle(Approximation x, int[] indices, Moments moments) {
        this.x = x;
        this.indices = indices;
        this.moments = moments;
    }

    Moments moments() {
        return moments;
    }

    /** Which channel a number is of. */
    interface Channels {
        int of(int index);
    }

    void forward(Approximation y, double[] weight, double[] bias, Channels channels) {
        for (int i : indices) {
            double w = weight[channels.of(i)];
            double b = bias[channels.of(i)];
            double error = Math.abs(w) * moments.normalisedError(x, i);
            double size = Math.abs(w) * moments.size(x, i) + Math.abs(b);
            // Beyond that an engine may overflow, in one of the ways to compute it.
            boolean fits = size + error <= Float.MAX_VALUE;
            error = fits ? error + Tolerance.roundings(4).of(size + error) : Double.POSITIVE_INFINITY;
            y.set(i, w * moments.normalised(x, i) + b, error);
        }
    }

    void backward(
            Approximation dY,
            double[] weight,
            Channels channels,
            DotProduct[] dWeight,
            DotProduct[] dBias,
            Approximation dX) {
        DotProduct sum = new DotProduct();
        DotProduct product = new DotProduct();
        double sizes = 0;
        for (int i : indices) {
            int c = channels.of(i);
            double h = moments.normalised(x, i);
            // A product with x and one with the mean, each rounded as often as h.
            double hError = moments.normalisedError(x, i)
                    + Tolerance.dot(indices.length + 4).of(moments.size(x, i));
            dWeight[c].add(dY.value(i), dY.error(i), h, hError);
            dBias[c].add(dY.value(i), dY.error(i));
            double g = weight[c] * dY.value(i);
            double gError =
                    Math.abs(weight[c]) * dY.error(i) + Tolerance.roundings(1).of(Math.abs(g));
            sum.add(g, gError);
            product.add(g, gError, h, hError);
            sizes += (Math.abs(g) + gError) * moments.size(x, i);
        }
        int count = indices.length;
        double mean = sum.value() / count;
        double meanError = sum.error() / count;
        double slope = product.value() / count;
        double slopeError = product.error() / count;
        for (int i : indices) {
            double w = weight[channels.of(i)];
            double g = w * dY.value(i);
            double gError = Math.abs(w) * dY.error(i);
            double h = moments.normalised(x, i);
            double hError = moments.normalisedError(x, i);
            double difference = g - mean - h * slope;
            double error = gError + meanError + Math.abs(h) * slopeError + hError * (Math.abs(slope) + slopeError);
            double size = Math.abs(g) + Math.abs(mean) + moments.size(x, i) * (sizes / count) + error;
            error += Tolerance.roundings(10).of(size);
            DotProduct result = new DotProduct();
            result.add(difference, error, moments.inverse(), moments.inverseError());
            dX.set(i, result.value(), result.error());
        }
    }
}
