package dev.lenet.engine.jvm;

/**
 * Where a convolution's window finds its values in one image that is laid out pixel by pixel, channels innermost: in
 * {@code kernelSize} runs, one a row of the window, of {@code kernelSize * channels} values each.
 *
 * <p>The image has its padding around it, so no window reaches outside. As an array by itself, a patch has a row for each
 * run, padded to whole registers.
 */
final class Patches {
    /** The fewest floats in a register. */
    private static final int NARROWEST = 4;

    private final int kernelSize;
    private final int length;
    private final int rowLength;
    private final int stride;

    /** {@link #offset} of every fourth value. */
    private final int[] offsets;

    /**
     * @param rowLength values in a row of the padded image
     */
    Patches(int kernelSize, int channels, int rowLength) {
        this.kernelSize = kernelSize;
        this.length = kernelSize * channels;
        this.rowLength = rowLength;
        this.stride = Kernels.padded(length);
        this.offsets = new int[size() / NARROWEST];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = i * NARROWEST / stride * rowLength + i * NARROWEST % stride;
        }
    }

    /** Runs in a patch. */
    int kernelSize() {
        return kernelSize;
    }

    /** Values in a run. */
    int length() {
        return length;
    }

    /** Values in a row of the padded image: from one run of a patch in it to the next. */
    int rowLength() {
        return rowLength;
    }

    /** From one run to the next in a patch by itself. */
    int stride() {
        return stride;
    }

    /** Values in a patch by itself, padding included. */
    int size() {
        return kernelSize * stride;
    }

    /**
     * Where in the image value i of a patch is, from the patch's place on.
     *
     * @param i a multiple of a register's width
     */
    int offset(int i) {
        return offsets[i / NARROWEST];
    }

    /** A patch of the image as an array by itself. */
    void copy(float[] image, int place, float[] patch) {
        for (int u = 0; u < kernelSize; u++) {
            System.arraycopy(image, place + u * rowLength, patch, u * stride, length);
        }
    }

    /** The backward pass. */
    void copyBack(float[] patch, float[] image, int place) {
        for (int u = 0; u < kernelSize; u++) {
            System.arraycopy(patch, u * stride, image, place + u * rowLength, length);
        }
    }
}
