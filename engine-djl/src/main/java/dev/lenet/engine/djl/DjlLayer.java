package dev.lenet.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.lenet.api.engine.Layer;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.ParameterSpec;
import dev.lenet.api.network.TensorData;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One layer of a model, with windows onto the model's weights. It lives as long as its model. */
final class DjlLayer implements Layer {
    private final DjlModel model;
    private final NamedLayer layer;
    private final List<NDArray> parameters;

    DjlLayer(DjlModel model, NamedLayer layer, List<NDArray> parameters) {
        this.model = model;
        this.layer = layer;
        this.parameters = parameters;
    }

    @Override
    public NamedLayer spec() {
        return layer;
    }

    @Override
    public Tensor forward(Tensor input) {
        DjlEngine engine = model.engine();
        DjlTensor tensor = engine.own(DjlTensor.class, input, "tensor");
        int count = layer.input().countIn(tensor.shape(), layer.toString());
        return engine.compute(model.lifetime(), () -> tensor.lifetime().use(() -> {
            try (NDManager scope = engine.root().newSubManager()) {
                NDArray output = model.forward().layer(layer.index(), tensor.array(), scope);
                return engine.adopt(output, layer.output().batchOf(count));
            }
        }));
    }

    @Override
    public Map<String, TensorData> parameters() {
        return model.engine().compute(model.lifetime(), () -> {
            Map<String, TensorData> copies = new LinkedHashMap<>();
            List<ParameterSpec> specs = layer.parameters();
            for (int i = 0; i < specs.size(); i++) {
                float[] values = HostBuffer.copyOut(parameters.get(i));
                copies.put(specs.get(i).name(), new TensorData(specs.get(i).shape(), values));
            }
            return Collections.unmodifiableMap(copies);
        });
    }
}
