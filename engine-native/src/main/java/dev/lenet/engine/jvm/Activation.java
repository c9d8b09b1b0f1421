package dev.lenet.engine.jvm;

import dev.lenet.api.Shape;

/**
 * The values between two stages for one block of images, and the loss's gradient with respect to them.
 *
 * <p>An image shape {@code [C, H, W]} is kept as {@code values[c * H + y][x * lanes + n]}: a row for each row of each
 * channel, with the images of the block innermost. What is done to a pixel is then done to all images of the block at
 * once, over a row that is long even where the picture has become small. Any other shape is kept image by image:
 * {@code values[n][i]}, i row-major, padded with zeros to whole registers.
 *
 * <p>There are as many lanes as the block has images: {@link #LANES} in a full one, and fewer in one that a small batch, or
 * the rest of a batch, is cut into.
 */
final class Activation {
    /**
     * Images of a full block. Sixteen floats fill a 512-bit register; and a batch of 32, the usual one, makes two blocks
     * for two threads.
     */
    static final int LANES = 16;

    private final Shape shape;
    private final int lanes;
    private final float[][] values;
    private final float[][] gradients;

    /**
     * @param lanes images of a block
     * @param withGradients whether a backward pass will come; otherwise there are no gradient rows
     */
    Activation(Shape shape, int lanes, boolean withGradients) {
        this(shape, lanes, rows(shape, lanes), withGradients ? rows(shape, lanes) : new float[0][]);
    }

    private Activation(Shape shape, int lanes, float[][] values, float[][] gradients) {
        this.shape = shape;
        this.lanes = lanes;
        this.values = values;
        this.gradients = gradients;
    }

    private static float[][] rows(Shape shape, int lanes) {
        return isImage(shape)
                ? new float[shape.dimension(0) * shape.dimension(1)][shape.dimension(2) * lanes]
                : new float[lanes][Kernels.padded(shape.size())];
    }

    Shape shape() {
        return shape;
    }

    /** Images of the block. */
    int lanes() {
        return lanes;
    }

    boolean isImage() {
        return isImage(shape);
    }

    private static boolean isImage(Shape shape) {
        return shape.rank() == 3;
    }

    /** The same rows under another shape of the same size; neither may be an image. */
    Activation reshaped(Shape newShape) {
        return new Activation(newShape, lanes, values, gradients);
    }

    /** The same values, with gradients of their own. */
    Activation fork() {
        return new Activation(shape, lanes, values, gradients.length == 0 ? gradients : rows(shape, lanes));
    }

    /** The gradients as values, for a stage that goes backward by going forward. */
    Activation ofGradients() {
        return new Activation(shape, lanes, gradients, new float[0][]);
    }

    /** The values' rows, in the layout above. */
    float[][] values() {
        return values;
    }

    /** The gradients' rows, in the same layout; empty without a backward pass. */
    float[][] gradients() {
        return gradients;
    }

    /** Writes image n of the block from {@code source[offset ...]}, row-major. */
    void put(int n, float[] source, int offset) {
        if (!isImage()) {
            System.arraycopy(source, offset, values[n], 0, shape.size());
            return;
        }
        int from = offset;
        for (float[] row : values) {
            for (int j = n; j < row.length; j += lanes) {
                row[j] = source[from++];
            }
        }
    }

    /** Reads image n of the block into {@code target[offset ...]}, row-major. */
    void get(int n, float[] target, int offset) {
        if (!isImage()) {
            System.arraycopy(values[n], 0, target, offset, shape.size());
            return;
        }
        int to = offset;
        for (float[] row : values) {
            for (int j = n; j < row.length; j += lanes) {
                target[to++] = row[j];
            }
        }
    }
}
