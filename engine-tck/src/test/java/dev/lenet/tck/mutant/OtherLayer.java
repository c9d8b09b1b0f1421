package dev.lenet.tck.mutant;

import dev.lenet.api.engine.Layer;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.TensorData;
import java.util.Map;

/** A right layer of a model, of which a mutant overrides one method. */
class OtherLayer implements Layer {
    private final Layer right;

    OtherLayer(Layer right) {
        this.right = right;
    }

    @Override
    public NamedLayer spec() {
        return right.spec();
    }

    @Override
    public Tensor forward(Tensor input) {
        return right.forward(input);
    }

    @Override
    public Map<String, TensorData> parameters() {
        return right.parameters();
    }
}
