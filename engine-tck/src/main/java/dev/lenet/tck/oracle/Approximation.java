package dev.lenet.tck.oracle;

/**
 * What an engine should compute, and how far it may be off: exact values, and for each the bound that float32 explains.
 *
 * <p>A bound takes in everything on the way, so that it is neither guessed nor tuned: each layer takes over the errors of
 * its input and adds its own.
 *
 * @param values in double precision, row-major
 * @param errors at least 0, one for each value; 0 where an engine has to be exact
 */
public record Approximation(double[] values, double[] errors) {

    public Approximation {
        if (values.length != errors.length) {
            throw new IllegalArgumentException(
                    "expected an error for each of " + values.length + " values, received " + errors.length);
        }
    }

    /** Numbers that are given and not computed. */
    public static Approximation exact(double[] values) {
        return new Approximation(values, new double[values.length]);
    }

    /** Numbers that are given and not computed. */
    public static Approximation exact(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return exact(doubles);
    }

    /** The results of sums. */
    static Approximation of(DotProduct[] sums) {
        Approximation result = zeros(sums.length);
        for (int i = 0; i < sums.length; i++) {
            result.set(i, sums[i].value(), sums[i].error());
        }
        return result;
    }

    static Approximation zeros(int size) {
        return exact(new double[size]);
    }

    public int size() {
        return values.length;
    }

    public double value(int i) {
        return values[i];
    }

    public double error(int i) {
        return errors[i];
    }

    void set(int i, double value, double error) {
        values[i] = value;
        errors[i] = error;
    }
}
