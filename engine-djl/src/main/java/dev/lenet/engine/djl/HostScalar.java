package dev.lenet.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;

/**
 * A number as PyTorch operand, rounded to float32 once: an array without dimensions in host memory, which PyTorch reads
 * as it starts an operation, also one on a GPU.
 *
 * <p>Java writes the memory in place. DJL's own operations with a number, as {@code muli(0.9)}, allocate such an array
 * with a direct buffer behind it at every call.
 */
final class HostScalar {
    private final HostBuffer buffer = new HostBuffer();
    private final ByteBuffer memory;
    private final NDArray array;

    /**
     * @param host a manager on the CPU
     */
    HostScalar(NDManager host, double value) {
        memory = buffer.room(Float.BYTES);
        memory.putFloat(0, (float) value);
        array = buffer.array(host, new Shape(), DataType.FLOAT32);
    }

    NDArray array() {
        return array;
    }

    /** The array, with another value. */
    NDArray set(double value) {
        memory.putFloat(0, (float) value);
        return array;
    }
}
