package dev.lenet.engine.jvm;

import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network.NamedLayer;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * Kernels on the Vector API, {@code jdk.incubator.vector}.
 *
 * <p>What is done to each element alone is left to {@link ScalarKernels} where C2 makes vector instructions of its loops by
 * itself.
 */
final class VectorKernels implements Kernels {
    private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
    private static final int LANES = VectorWidth.LANES;

    private final Kernels scalar = new ScalarKernels();

    /** Zeros, as many as a product had terms so far. */
    private volatile int[] offsets = new int[0];

    @Override
    public int register() {
        return LANES;
    }

    @Override
    public void warmUp() {
        VectorWarmUp.run();
    }

    @Override
    public String describe() {
        return SPECIES.vectorBitSize() + "-bit vector kernels";
    }

    @Override
    public void multiplyAdd(float[][] out, float[][] coefficients, float[][] in) {
        int[] none = offsets;
        if (none.length < in.length) {
            none = new int[in.length];
            offsets = none;
        }
        VectorProduct.multiplyAdd(out, coefficients, in, none);
    }

    @Override
    public void multiplyAdd(float[][] out, float[][] coefficients, float[][] in, int[] offsets, float[][] scratch) {
        VectorProduct.multiplyAdd(out, coefficients, in, offsets);
    }

    @Override
    public boolean readsAtOffsets() {
        return true;
    }

    @Override
    public ConvolutionForward convolution(
            NamedLayer layer, Activation input, Activation output, @Nullable MaxPool2d pool, boolean training) {
        return input.lanes() == Activation.LANES
                ? new VectorConvolution(this, layer, input, output, pool, training)
                : new PlaneConvolution(this, layer, input, output, pool, training);
    }

    @Override
    public ConvolutionBackward backward(PlaneConvolution forward, boolean withInputGradient) {
        NamedLayer layer = forward.layer();
        MaxPool2d pool = forward.pool();
        return VectorDenseBackward.suits(
                        (Conv2d) layer.spec(), layer.input().dimension(0), pool, withInputGradient, false)
                ? new VectorDenseBackward(this, forward, withInputGradient)
                : new PatchBackward(this, layer, forward.input(), forward.output(), pool, forward, withInputGradient);
    }

    @Override
    public void max(float[][][] planes, int plane, float[] out, float[] winner) {
        VectorPooling.max(planes, 1, plane, out, winner);
    }

    @Override
    public void addPatches(float[] sum, float[] values, int[] places, int count, float[] image, Patches patches) {
        VectorPatches.add(sum, values, places, count, image, patches);
    }

    @Override
    public void spreadPatch(
            float[] image, int[] places, float[] values, int count, float[] patch, Patches patches, float[] scratch) {
        VectorPatches.spread(image, places, values, count, patch, patches);
    }

    @Override
    public void add(float[] out, float[] in) {
        scalar.add(out, in);
    }

    @Override
    public void descend(float[] w, float[] g, float[] v, float rate, float momentum, float decay) {
        scalar.descend(w, g, v, rate, momentum, decay);
    }

    @Override
    public void scale(float[] x, float factor) {
        scalar.scale(x, factor);
    }

    @Override
    public double sumOfSquares(float[] x) {
        return scalar.sumOfSquares(x);
    }

    @Override
    public void average(float[] average, float[] x, float share) {
        scalar.average(average, x, share);
    }

    /** In one pass instead of two: the moments are used while they are in registers. */
    @Override
    public void adam(float[] w, float[] g, float[] m, float[] v, AdamStep step) {
        // Rows are padded to whole registers.
        for (int j = 0; j < w.length; j += LANES) {
            FloatVector weight = FloatVector.fromArray(SPECIES, w, j);
            FloatVector gradient = FloatVector.fromArray(SPECIES, g, j).add(weight.mul(step.decay()));
            FloatVector first = FloatVector.fromArray(SPECIES, m, j);
            first = first.add(gradient.sub(first).mul(step.forget1()));
            FloatVector second = FloatVector.fromArray(SPECIES, v, j).mul(step.beta2());
            second = second.add(gradient.mul(step.forget2()).mul(gradient));
            FloatVector root = second.sqrt().mul(step.varianceScale()).add(step.epsilon());
            first.intoArray(m, j);
            second.intoArray(v, j);
            weight.mul(step.keep()).sub(first.mul(step.rate()).div(root)).intoArray(w, j);
        }
    }
}
