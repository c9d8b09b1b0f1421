package dev.lenet.tck.mutant;

import dev.lenet.api.Shape;
import dev.lenet.api.engine.Tensor;
import dev.lenet.tck.reference.Mathematics;
import dev.lenet.tck.reference.ReferenceEngine;
import dev.lenet.tck.reference.ReferenceTensor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps the memory of tensors that were closed for new ones of the same size; right in itself, if used rightly. */
class PoolingEngine extends ReferenceEngine {
    private final Map<Integer, Deque<float[]>> free = new HashMap<>();
    private final boolean eachTime;

    /**
     * @param eachTime a tensor is closed its memory is given back, and not only the first time
     */
    PoolingEngine(boolean eachTime) {
        super(new Mathematics());
        this.eachTime = eachTime;
    }

    @Override
    protected ReferenceTensor newTensor(Shape shape, float[] values) {
        float @Nullable [] used = free(shape.size()).poll();
        float[] place = used == null ? new float[values.length] : used;
        System.arraycopy(values, 0, place, 0, values.length);
        return new Pooled(shape, place);
    }

    /** A tensor of the same memory. */
    final ReferenceTensor view(Tensor tensor, Shape shape) {
        return new ReferenceTensor(this, shape, ((Pooled) tensor).place);
    }

    private Deque<float[]> free(int size) {
        return free.computeIfAbsent(size, any -> new ArrayDeque<>());
    }

    private final class Pooled extends ReferenceTensor {
        private final float[] place;
        private boolean givenBack;

        Pooled(Shape shape, float[] place) {
            super(PoolingEngine.this, shape, place);
            this.place = place;
        }

        @Override
        public void close() {
            super.close();
            if (eachTime || !givenBack) {
                givenBack = true;
                free(place.length).push(place);
            }
        }
    }
}
