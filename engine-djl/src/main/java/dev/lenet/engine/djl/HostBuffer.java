package dev.lenet.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.lenet.api.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Memory that Java writes and PyTorch reads in place: allocated once, grown to the largest request.
 *
 * <p>On a CPU an array made from it is a window onto it: it must be gone before the buffer is written again, and nothing
 * that outlives the step may alias it.
 */
final class HostBuffer {
    /** A cache line, and what PyTorch aligns its own arrays to, in bytes. */
    private static final int ALIGNMENT = 64;

    private ByteBuffer memory = allocate(0);

    /** Room for {@code bytes} bytes, to be written from position 0; what was in it is lost. */
    ByteBuffer room(int bytes) {
        if (memory.capacity() < bytes) {
            memory = allocate(bytes);
        }
        memory.clear().limit(bytes);
        return memory;
    }

    /** The current content as an array. */
    NDArray array(NDManager scope, ai.djl.ndarray.types.Shape shape, DataType type) {
        return scope.create(memory.rewind(), shape, type);
    }

    /** A copy of the current content; on a GPU every array is one. */
    NDArray copy(NDManager scope, ai.djl.ndarray.types.Shape shape, DataType type) {
        NDArray array = array(scope, shape, type);
        return scope.getDevice().isGpu() ? array : array.duplicate();
    }

    private static ByteBuffer allocate(int bytes) {
        // alignedSlice cuts at both ends, so ask for whole lines, and one more.
        int lines = Math.addExact(bytes, 2 * ALIGNMENT - 1) / ALIGNMENT;
        return ByteBuffer.allocateDirect(Math.multiplyExact(lines, ALIGNMENT))
                .alignedSlice(ALIGNMENT)
                .order(ByteOrder.nativeOrder());
    }

    /** A new array that owns its memory. */
    static NDArray copyIn(NDManager scope, float[] values, Shape shape) {
        HostBuffer buffer = new HostBuffer();
        buffer.room(Math.multiplyExact(values.length, Float.BYTES))
                .asFloatBuffer()
                .put(values);
        try (NDArray window = buffer.array(scope, dimensions(shape), DataType.FLOAT32)) {
            return window.duplicate();
        }
    }

    /** Waits for an array's values, and copies them, row-major. */
    static float[] copyOut(NDArray array) {
        // What DJL makes on the way, for example a copy of a GPU's array, it leaves in the manager of the array. So it
        // is given an alias in a manager that ends here.
        try (NDManager scope = array.getManager().newSubManager()) {
            NDArray alias = alias(array, scope);
            float[] values = new float[Math.toIntExact(alias.size())];
            if (values.length > 0) {
                alias.toByteBuffer(true).asFloatBuffer().get(values);
            }
            return values;
        }
    }

    /** The same values under another handle: whatever is computed from it belongs to {@code scope}. */
    static NDArray alias(NDArray array, NDManager scope) {
        NDArray alias = array.stopGradient();
        alias.attach(scope);
        return alias;
    }

    static ai.djl.ndarray.types.Shape dimensions(Shape shape) {
        long[] dimensions = new long[shape.rank()];
        for (int axis = 0; axis < dimensions.length; axis++) {
            dimensions[axis] = shape.dimension(axis);
        }
        return new ai.djl.ndarray.types.Shape(dimensions);
    }
}
