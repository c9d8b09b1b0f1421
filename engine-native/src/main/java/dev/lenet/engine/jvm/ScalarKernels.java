package dev.lenet.engine.jvm;

import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network.NamedLayer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Kernels in the Java everyone reads, in the shape C2 vectorises: simple loops over at most five separate arrays.
 *
 * <p>Multiplication and addition stay separate operations. {@code Math.fma} is no faster in these loops, which wait for
 * the cache, and hundreds of times slower on a processor without the instruction. Terms are added to each other before
 * they are added to the sum: it is then rounded a quarter as often.
 */
class ScalarKernels implements Kernels {
    /** How many patches are added at a time. */
    private static final int PLACES = 64;

    @Override
    public int register() {
        return 8;
    }

    @Override
    public void warmUp() {
        // Loops over arrays need no objects, and are compiled while they work.
    }

    @Override
    public String describe() {
        return "scalar kernels";
    }

    @Override
    public void multiplyAdd(float[][] out, float[][] coefficients, float[][] in) {
        int terms = in.length;
        int t = 0;
        for (; t <= terms - 4; t += 4) {
            addFour(out, coefficients, t, in, t);
        }
        for (; t < terms; t++) {
            addOne(out, coefficients, t, in[t]);
        }
    }

    @Override
    public void multiplyAdd(float[][] out, float[][] coefficients, float[][] in, int[] offsets, float[][] scratch) {
        int t = 0;
        for (; t <= in.length - 4; t += 4) {
            for (int k = 0; k < 4; k++) {
                System.arraycopy(in[t + k], offsets[t + k], scratch[k], 0, scratch[k].length);
            }
            addFour(out, coefficients, t, scratch, 0);
        }
        for (; t < in.length; t++) {
            System.arraycopy(in[t], offsets[t], scratch[0], 0, scratch[0].length);
            addOne(out, coefficients, t, scratch[0]);
        }
    }

    @Override
    public boolean readsAtOffsets() {
        return false;
    }

    /** Four terms. Their rows of input serve all rows of output while they are in the first-level cache. */
    void addFour(float[][] out, float[][] coefficients, int t, float[][] in, int from) {
        for (int r = 0; r < out.length; r++) {
            float[] c = coefficients[r];
            multiplyAdd4(
                    out[r], c[t], in[from], c[t + 1], in[from + 1], c[t + 2], in[from + 2], c[t + 3], in[from + 3]);
        }
    }

    /** One term. */
    void addOne(float[][] out, float[][] coefficients, int t, float[] in) {
        for (int r = 0; r < out.length; r++) {
            multiplyAdd1(out[r], coefficients[r][t], in);
        }
    }

    static void multiplyAdd4(
            float[] out, float c0, float[] in0, float c1, float[] in1, float c2, float[] in2, float c3, float[] in3) {
        for (int j = 0; j < out.length; j++) {
            out[j] = out[j] + ((c0 * in0[j] + c1 * in1[j]) + (c2 * in2[j] + c3 * in3[j]));
        }
    }

    static void multiplyAdd1(float[] out, float c, float[] in) {
        for (int j = 0; j < out.length; j++) {
            out[j] = out[j] + c * in[j];
        }
    }

    @Override
    public ConvolutionForward convolution(
            NamedLayer layer, Activation input, Activation output, @Nullable MaxPool2d pool, boolean training) {
        return input.lanes() == Activation.LANES
                ? new ShiftedConvolution(this, layer, input, output, pool, training)
                : new PlaneConvolution(this, layer, input, output, pool, training);
    }

    @Override
    public ConvolutionBackward backward(PlaneConvolution forward, boolean withInputGradient) {
        return backward(forward.layer(), forward.input(), forward.output(), forward.pool(), forward, withInputGradient);
    }

    /** The backward pass that suits these kernels. */
    ConvolutionBackward backward(
            NamedLayer layer,
            Activation input,
            Activation output,
            @Nullable MaxPool2d pool,
            ConvolutionForward forward,
            boolean withInputGradient) {
        // Shorter runs than a register are added up one by one, see PatchBackward; a loop over them gains nothing.
        return ((Conv2d) layer.spec()).kernelSize().side() * layer.input().dimension(0) < WIDEST
                ? new PatchBackward(this, layer, input, output, pool, forward, withInputGradient)
                : new RegionBackward(layer, input, output, pool, forward, withInputGradient);
    }

    @Override
    public void max(float[][][] planes, int plane, float[] out, float[] winner) {
        System.arraycopy(planes[0][plane], 0, out, 0, out.length);
        for (int place = 1; place < planes.length; place++) {
            Elementwise.max(out, planes[place][plane]);
        }
        if (winner.length > 0) {
            Arrays.fill(winner, 0);
            for (int place = planes.length - 1; place >= 0; place--) {
                Elementwise.claimWhereEqual(planes[place][plane], out, place, winner);
            }
        }
    }

    @Override
    public void addPatches(float[] sum, float[] values, int[] places, int count, float[] image, Patches patches) {
        // Some places at a time, as all runs go over them: their part of the image stays in the first-level cache.
        for (int e = 0; e < count; e += PLACES) {
            addSome(sum, values, places, e, Math.min(count, e + PLACES), image, patches);
        }
    }

    private static void addSome(
            float[] sum, float[] values, int[] places, int from, int to, float[] image, Patches patches) {
        int length = patches.length();
        for (int u = 0; u < patches.kernelSize(); u++) {
            int run = u * patches.rowLength();
            int at = u * patches.stride();
            int k = 0;
            for (; k <= length - 5; k += 5) {
                addRun5(sum, at + k, values, places, from, to, image, run + k);
            }
            for (; k < length; k++) {
                addRun1(sum, at + k, values, places, from, to, image, run + k);
            }
        }
    }

    /** Five sums in registers, as wide as the usual kernel; C2 makes no vector instructions of runs that begin anywhere. */
    private static void addRun5(
            float[] sum, int at, float[] values, int[] places, int from, int to, float[] image, int offset) {
        float s0 = sum[at];
        float s1 = sum[at + 1];
        float s2 = sum[at + 2];
        float s3 = sum[at + 3];
        float s4 = sum[at + 4];
        for (int e = from; e < to; e++) {
            float value = values[e];
            int place = places[e] + offset;
            s0 += value * image[place];
            s1 += value * image[place + 1];
            s2 += value * image[place + 2];
            s3 += value * image[place + 3];
            s4 += value * image[place + 4];
        }
        sum[at] = s0;
        sum[at + 1] = s1;
        sum[at + 2] = s2;
        sum[at + 3] = s3;
        sum[at + 4] = s4;
    }

    private static void addRun1(
            float[] sum, int at, float[] values, int[] places, int from, int to, float[] image, int offset) {
        float s = sum[at];
        for (int e = from; e < to; e++) {
            s += values[e] * image[places[e] + offset];
        }
        sum[at] = s;
    }

    @Override
    public void spreadPatch(
            float[] image, int[] places, float[] values, int count, float[] patch, Patches patches, float[] scratch) {
        // C2 makes vector instructions of loops over whole arrays alone.
        for (int e = 0; e < count; e++) {
            patches.copy(image, places[e], scratch);
            multiplyAdd1(scratch, values[e], patch);
            patches.copyBack(scratch, image, places[e]);
        }
    }

    /** The sum of the first values, in eight chains that the processor can overlap. */
    static float sum(float[] values, int length) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        int j = 0;
        for (; j <= length - 8; j += 8) {
            s0 += values[j];
            s1 += values[j + 1];
            s2 += values[j + 2];
            s3 += values[j + 3];
            s4 += values[j + 4];
            s5 += values[j + 5];
            s6 += values[j + 6];
            s7 += values[j + 7];
        }
        float sum = ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
        for (; j < length; j++) {
            sum += values[j];
        }
        return sum;
    }

    @Override
    public void add(float[] out, float[] in) {
        for (int j = 0; j < out.length; j++) {
            out[j] = out[j] + in[j];
        }
    }

    @Override
    public void descend(float[] w, float[] g, float[] v, float rate, float momentum, float decay) {
        for (int j = 0; j < w.length; j++) {
            g[j] = g[j] + decay * w[j];
        }
        if (v != g) {
            for (int j = 0; j < w.length; j++) {
                v[j] = momentum * v[j] + g[j];
            }
        }
        for (int j = 0; j < w.length; j++) {
            w[j] = w[j] - rate * v[j];
        }
    }

    @Override
    public void adam(float[] w, float[] g, float[] m, float[] v, AdamStep step) {
        float beta2 = step.beta2();
        float forget1 = step.forget1();
        float forget2 = step.forget2();
        float decay = step.decay();
        float keep = step.keep();
        for (int j = 0; j < w.length; j++) {
            float gradient = g[j] + decay * w[j];
            m[j] = m[j] + forget1 * (gradient - m[j]);
            v[j] = beta2 * v[j] + forget2 * gradient * gradient;
        }
        float rate = step.rate();
        float varianceScale = step.varianceScale();
        float epsilon = step.epsilon();
        for (int j = 0; j < w.length; j++) {
            w[j] = keep * w[j] - rate * m[j] / ((float) Math.sqrt(v[j]) * varianceScale + epsilon);
        }
    }

    @Override
    public void scale(float[] x, float factor) {
        for (int j = 0; j < x.length; j++) {
            x[j] = factor * x[j];
        }
    }

    /** In four chains that the processor can overlap. */
    @Override
    public double sumOfSquares(float[] x) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int j = 0;
        for (; j <= x.length - 4; j += 4) {
            s0 += (double) x[j] * x[j];
            s1 += (double) x[j + 1] * x[j + 1];
            s2 += (double) x[j + 2] * x[j + 2];
            s3 += (double) x[j + 3] * x[j + 3];
        }
        for (; j < x.length; j++) {
            s0 += (double) x[j] * x[j];
        }
        return (s0 + s1) + (s2 + s3);
    }

    @Override
    public void average(float[] average, float[] x, float share) {
        for (int j = 0; j < average.length; j++) {
            average[j] = average[j] + share * (x[j] - average[j]);
        }
    }
}
