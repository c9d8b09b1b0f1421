package dev.lenet.tck;

import dev.lenet.api.Shape;
import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Layer;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import java.util.List;

/** What an engine makes whose classes no other engine knows. */
final class Foreign {
    private Foreign() {}

    /** Zeros. */
    record ZeroTensor(Shape shape) implements Tensor {
        @Override
        public float[] toArray() {
            return new float[shape.size()];
        }

        @Override
        public void close() {}
    }

    /** Predicts zeros. */
    record ZeroModel(Network network) implements Model {
        @Override
        public List<Layer> layers() {
            return List.of();
        }

        @Override
        public Tensor predict(Tensor examples) {
            return new ZeroTensor(network.output().batchOf(examples.shape().dimension(0)));
        }

        @Override
        public Tensor predict(Batch batch) {
            return new ZeroTensor(network.output().batchOf(batch.size()));
        }

        @Override
        public Weights weights() {
            return Weights.zeros(network);
        }

        @Override
        public void load(Weights weights) {}

        @Override
        public void close() {}
    }
}
