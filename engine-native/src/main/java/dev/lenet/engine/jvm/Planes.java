package dev.lenet.engine.jvm;

/**
 * Images of a block whose rows follow each other in one array for each channel, a plane: {@code values[c][(y * pitch + x) *
 * lanes + n]}. A loop over it is long even where few images lie beside each other.
 */
final class Planes {
    private final float[][] values;
    private final int height;
    private final int rowLength;

    /**
     * @param values [channels][height * rowLength or longer]
     * @param rowLength from a row of a plane to the next, {@code pitch * lanes}
     */
    Planes(float[][] values, int height, int rowLength) {
        this.values = values;
        this.height = height;
        this.rowLength = rowLength;
    }

    float[][] values() {
        return values;
    }

    /** Takes the rows of an image activation; what is between them in the planes is left alone. */
    void gather(float[][] rows) {
        for (int r = 0; r < rows.length; r++) {
            System.arraycopy(rows[r], 0, values[r / height], r % height * rowLength, rows[r].length);
        }
    }

    /** The backward pass. */
    void scatter(float[][] rows) {
        for (int r = 0; r < rows.length; r++) {
            System.arraycopy(values[r / height], r % height * rowLength, rows[r], 0, rows[r].length);
        }
    }
}
