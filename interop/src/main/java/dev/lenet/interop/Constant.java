package dev.lenet.interop;

import static dev.lenet.interop.OnnxFields.*;

import dev.lenet.api.ModelFormatException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A tensor whose values are known while a graph is read: integers, or anything else as float32. Row-major; not to be changed.
 */
final class Constant implements Value {
    /** In the place of the batch's size in shapes, where the graph takes any. */
    static final long BATCH = -7_001_002_003_004L;

    private final int[] dims;
    private final float @Nullable [] floats;
    private final long @Nullable [] longs;

    private Constant(int[] dims, float @Nullable [] floats, long @Nullable [] longs) {
        this.dims = dims;
        this.floats = floats;
        this.longs = longs;
    }

    static Constant of(int[] dims, float[] values) {
        return new Constant(dims, values, null);
    }

    static Constant of(int[] dims, long[] values) {
        return new Constant(dims, null, values);
    }

    static Constant vector(long... values) {
        return of(new int[] {values.length}, values);
    }

    private static boolean isWhole(int type) {
        return type != FLOAT && type != FLOAT16 && type != BFLOAT16 && type != DOUBLE;
    }

    static Constant of(int[] dims, int type, ByteBuffer raw) {
        int width = type == DOUBLE || type == INT64 ? 8 : type == FLOAT || type == INT32 ? 4 : 0;
        int count = raw.remaining()
                / (width > 0 ? width : type == UINT8 || type == INT8 || type == BOOL ? Byte.BYTES : Short.BYTES);
        if (isWhole(type)) {
            long[] values = new long[count];
            for (int i = 0; i < count; i++) {
                values[i] = switch (type) {
                    case INT64 -> raw.getLong();
                    case INT32 -> raw.getInt();
                    case INT16 -> raw.getShort();
                    case UINT16 -> raw.getShort() & 0xFFFF;
                    case INT8 -> raw.get();
                    default -> raw.get() & 0xFF;
                };
            }
            return of(dims, values);
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = switch (type) {
                case DOUBLE -> (float) raw.getDouble();
                case FLOAT16 -> half(raw.getShort());
                case BFLOAT16 -> Float.intBitsToFloat(raw.getShort() << 16);
                default -> raw.getFloat();
            };
        }
        return of(dims, values);
    }

    /** Of a list in the file, where small types stand as integers. */
    static Constant of(int[] dims, int type, Numbers bits) {
        if (isWhole(type)) {
            return of(dims, bits.toArray());
        }
        float[] values = new float[bits.size()];
        for (int i = 0; i < values.length; i++) {
            long each = bits.get(i);
            values[i] = switch (type) {
                case DOUBLE -> (float) Double.longBitsToDouble(each);
                case FLOAT16 -> half((short) each);
                case BFLOAT16 -> Float.intBitsToFloat((int) each << 16);
                default -> Float.intBitsToFloat((int) each);
            };
        }
        return of(dims, values);
    }

    /** IEEE 754, binary16. */
    private static float half(short bits) {
        int exponent = bits >> 10 & 0x1F;
        int fraction = bits & 0x3FF;
        float magnitude = exponent == 0
                ? fraction * 0x1p-24f
                : exponent == 31
                        ? (fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN)
                        : Math.scalb(1 + fraction * 0x1p-10f, exponent - 15);
        return bits < 0 ? -magnitude : magnitude;
    }

    int rank() {
        return dims.length;
    }

    int dim(int axis) {
        return dims[axis];
    }

    int[] dims() {
        return dims.clone();
    }

    int size() {
        return floats != null ? floats.length : longs().length;
    }

    boolean isWhole() {
        return longs != null;
    }

    private long[] longs() {
        if (longs == null) {
            throw new ModelFormatException(
                    "expected integers, received fractions. The graph is wrong: export it again.");
        }
        return longs;
    }

    /** An integer, possibly {@link #BATCH}. */
    long whole(int index) {
        return longs()[index];
    }

    long[] wholes() {
        return longs().clone();
    }

    float real(int index) {
        return floats != null ? floats[index] : (float) checked(longs()[index]);
    }

    private static long checked(long value) {
        if (value == BATCH) {
            throw new ModelFormatException("expected a number, received the size of the batch, which is not fixed."
                    + " Export the graph with a batch of 1.");
        }
        return value;
    }

    /** As float32; not to be changed. */
    float[] reals() {
        if (floats != null) {
            return floats;
        }
        float[] values = new float[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = real(i);
        }
        return values;
    }

    /** The same values under other dimensions. */
    Constant withDims(int... newDims) {
        return new Constant(newDims, floats, longs);
    }

    /** The values at those positions, in that order. */
    Constant pick(int[] newDims, int[] positions) {
        if (floats != null) {
            float[] picked = new float[positions.length];
            for (int i = 0; i < picked.length; i++) {
                picked[i] = floats[positions[i]];
            }
            return of(newDims, picked);
        }
        return of(newDims, Arrays.stream(positions).mapToLong(this::whole).toArray());
    }
}
