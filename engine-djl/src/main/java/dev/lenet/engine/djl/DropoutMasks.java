package dev.lenet.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.lenet.api.RandomStream;
import dev.lenet.api.Shape;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Network.NamedLayer;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;

/** Which values each dropout layer keeps: computed here on the host, as no engine owns a generator. For one thread. */
final class DropoutMasks {
    private final long seed;
    /** One a layer, as a step needs the masks of all layers at once. */
    private final Map<String, HostBuffer> buffers = new HashMap<>();

    DropoutMasks(long seed) {
        this.seed = seed;
    }

    /**
     * What to multiply the layer's input with, {@code [count, ...layer.input()]}; valid until the next step.
     *
     * @param first the number of the first example in the whole batch
     */
    NDArray mask(NamedLayer layer, Dropout dropout, int first, int count, long step, NDManager scope) {
        Shape shape = layer.input().batchOf(count);
        RandomStream stream = Dropout.mask(seed, layer.name(), step);
        HostBuffer buffer = buffers.computeIfAbsent(layer.name(), name -> new HostBuffer());
        FloatBuffer mask =
                buffer.room(Math.multiplyExact(shape.size(), Float.BYTES)).asFloatBuffer();
        long from = (long) first * layer.input().size();
        for (int i = 0; i < shape.size(); i++) {
            mask.put(i, stream.uniform(from + i) >= dropout.rate() ? dropout.scale() : 0);
        }
        return buffer.array(scope, HostBuffer.dimensions(shape), DataType.FLOAT32);
    }
}
