package dev.lenet.engine.jvm;

import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network.NamedLayer;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic that all the time goes into: a product of matrices, the two products of a convolution's backward pass, and
 * the optimizers' updates, as pure functions on arrays.
 *
 * <p>A matrix is an array of rows. Rows rather than one long array, because HotSpot's C2 turns a loop over separate
 * arrays into vector instructions, and gives up on unknown offsets into one: on the same convolution 55 GFLOP/s a core
 * against 12 ({@code java benchmarks/src/main/java/dev/lenet/benchmarks/RowLoops.java} on an AVX-512 machine, JDK 17).
 *
 * <p>Every function adds in a fixed order that depends on the sizes alone. Outputs never alias inputs.
 */
interface Kernels {

    /** Floats in the widest registers. */
    int WIDEST = 16;

    /** Rows of scratch that a product with offsets wants at most. */
    int SCRATCH = 4;

    /** The length of a row of that many values that vector instructions go through without a rest; the rest is zeros. */
    static int padded(int length) {
        return (length + WIDEST - 1) / WIDEST * WIDEST;
    }

    /** Floats that these kernels go through at a time: rows whose length is a multiple of it have no rest. */
    int register();

    /** Makes sure that no time is lost with kernels that are not compiled yet, where that matters. */
    void warmUp();

    /** For people: the instruction set in use. */
    String describe();

    /**
     * {@code out[r][j] += sum over t of coefficients[r][t] * in[t][j]}
     *
     * @param out [R][J], accumulated into
     * @param coefficients [R][T]
     * @param in [T][J or longer]
     */
    void multiplyAdd(float[][] out, float[][] coefficients, float[][] in);

    /**
     * {@code out[r][j] += sum over t of coefficients[r][t] * in[t][offsets[t] + j]}
     *
     * @param out [R][J], accumulated into
     * @param coefficients [R][T]
     * @param in [T][offset + J or longer]
     * @param offsets [T]
     * @param scratch [T or {@link #SCRATCH}, the smaller][J], overwritten; may be empty if these kernels read at offsets
     */
    void multiplyAdd(float[][] out, float[][] coefficients, float[][] in, int[] offsets, float[][] scratch);

    /** Whether rows that begin anywhere are as fast as those that begin an array; if not, they are copied. */
    boolean readsAtOffsets();

    /**
     * The forward pass of a convolution in the layout that suits these kernels.
     *
     * @param pool what is right behind it, if that is a max-pooling with windows that touch
     * @param output of the pooling, or else of the convolution
     */
    ConvolutionForward convolution(
            NamedLayer layer, Activation input, Activation output, @Nullable MaxPool2d pool, boolean training);

    /** The backward pass of a convolution whose forward pass is in planes. */
    ConvolutionBackward backward(PlaneConvolution forward, boolean withInputGradient);

    /**
     * The largest value of each window; the first of equals, in the order of the places.
     *
     * @param planes [place][plane][J], {@code planes[p][plane]} is place p of all windows; may be overwritten
     * @param out [J], overwritten
     * @param winner [J], overwritten with the places of the largest; empty if they are not wanted
     */
    void max(float[][][] planes, int plane, float[] out, float[] winner);

    /**
     * {@code sum[i] += sum over e of values[e] * image[places[e] + patches.offset(i)]} for each value i of a patch.
     *
     * @param sum a patch by itself, accumulated into; what is beyond the length of a run may be anything
     * @param values [count or longer]
     * @param places [count or longer] where patches begin in the image
     * @param image with {@link #WIDEST} values more than the last patch needs
     */
    void addPatches(float[] sum, float[] values, int[] places, int count, float[] image, Patches patches);

    /**
     * {@code image[places[e] + patches.offset(i)] += values[e] * patch[i]} for each e, and each value i of the patch.
     *
     * @param image with {@link #WIDEST} values more than the last patch needs, accumulated into
     * @param values [count or longer]
     * @param places [count or longer] where patches begin in the image
     * @param patch by itself, 0 beyond the length of a run
     * @param scratch a patch by itself, overwritten
     */
    void spreadPatch(
            float[] image, int[] places, float[] values, int count, float[] patch, Patches patches, float[] scratch);

    /**
     * {@code out[j] += in[j]}
     *
     * @param out [J], accumulated into
     * @param in [J]
     */
    void add(float[] out, float[] in);

    /**
     * One update by gradient descent: {@code g += decay * w; v = momentum * v + g; w -= rate * v}.
     *
     * @param w [J] weights, updated
     * @param g [J] gradients, overwritten
     * @param v [J] velocities, updated; the same array as g where there is no momentum
     */
    void descend(float[] w, float[] g, float[] v, float rate, float momentum, float decay);

    /**
     * One update by Adam: {@code g += decay * w; w *= keep; m += forget1 * (g - m); v = beta2 * v + forget2 * g * g; w -=
     * rate * m / (sqrt(v) * varianceScale + epsilon)}.
     *
     * @param w [J] weights, updated
     * @param g [J] gradients, overwritten
     * @param m [J] first moments, updated
     * @param v [J] second moments, updated
     */
    void adam(float[] w, float[] g, float[] m, float[] v, AdamStep step);

    /**
     * {@code x[j] *= factor}
     *
     * @param x [J], overwritten
     */
    void scale(float[] x, float factor);

    /**
     * The sum of the squares, in double precision: those of floats are exact there, and none overflows.
     *
     * @param x [J]
     */
    double sumOfSquares(float[] x);

    /**
     * {@code average[j] += share * (x[j] - average[j])}: whatever the share was rounded to, the weights of all terms add up to 1
     *
     * @param average [J], updated
     * @param x [J]
     */
    void average(float[] average, float[] x, float share);

    /**
     * The numbers of one Adam step.
     *
     * @param rate the learning rate over the first bias correction
     * @param keep what decoupled weight decay multiplies weights with, 1 without
     * @param decay coupled weight decay, 0 without
     * @param forget1 1 - beta1, subtracted in double precision: in float, 1 - 0.999 is off by 1e-5 of its value
     * @param beta2 decay of the second moment
     * @param forget2 1 - beta2, likewise
     * @param varianceScale 1 over the square root of the second bias correction
     * @param epsilon keeps the division finite
     */
    record AdamStep(
            float rate,
            float keep,
            float decay,
            float forget1,
            float beta2,
            float forget2,
            float varianceScale,
            float epsilon) {}
}
