package org.example.loops;

import dev.lenet.api.engine.Layer;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.TensorData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One layer of a model: the view from outside, and what it computes. */
record LoopsLayer(LoopsModel model, NamedLayer spec, Computation computation) implements Layer {

    @Override
    public Tensor forward(Tensor input) {
        return model.run(List.of(this), input, spec.toString());
    }

    @Override
    public Map<String, TensorData> parameters() {
        Map<String, TensorData> copies = model.weights().tensors();
        Map<String, TensorData> own = new LinkedHashMap<>();
        spec.parameters().forEach(parameter -> own.put(parameter.name(), copies.get(parameter.name())));
        return own;
    }
}
