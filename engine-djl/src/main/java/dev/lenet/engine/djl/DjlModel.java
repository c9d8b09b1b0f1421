package dev.lenet.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.lenet.api.Shape;
import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Layer;
import dev.lenet.api.engine.Lifetime;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** A network and its weights: one flat array, and the layers' parameters as windows onto it. */
final class DjlModel implements Model, DjlEngine.Owned {
    private final DjlEngine engine;
    private final Network network;
    private final Lifetime lifetime;
    private final NDManager manager;
    private final ParameterLayout layout;
    private final NDArray weights;
    private final List<DjlLayer> layers;
    private final ForwardPass forward;
    /** As many as there were threads that predicted batches at once; each is used by one thread at a time. */
    private final Queue<Batches> buffers = new ConcurrentLinkedQueue<>();

    DjlModel(DjlEngine engine, Network network, Weights weights) {
        this.engine = engine;
        this.network = network;
        this.lifetime = new Lifetime("Model", engine.lifetime());
        this.manager = engine.root().newSubManager();
        this.layout = new ParameterLayout(network);
        this.weights = vector(layout.flatten(weights));
        this.layers = new ArrayList<>();
        List<List<NDArray>> parameters = layout.cut(this.weights);
        for (Network.NamedLayer layer : network.layers()) {
            layers.add(new DjlLayer(this, layer, parameters.get(layer.index())));
        }
        this.forward = new ForwardPass(
                network, parameters.stream().flatMap(List::stream).toList(), manager);
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public List<Layer> layers() {
        return List.copyOf(layers);
    }

    @Override
    public Tensor predict(Tensor examples) {
        DjlTensor tensor = engine.own(DjlTensor.class, examples, "tensor");
        int count = network.input().countIn(tensor.shape(), "Model.predict");
        return engine.compute(lifetime, () -> tensor.lifetime().use(() -> predict(count, scope -> tensor.array())));
    }

    @Override
    public Tensor predict(Batch batch) {
        batch.check(network.input());
        return engine.compute(lifetime, () -> {
            Batches free = buffers.poll();
            Batches buffer = free == null
                    ? engine.batches(network.input(), engine.devices().get(0), manager)
                    : free;
            try {
                return predict(batch.size(), scope -> buffer.inputs(batch, scope));
            } finally {
                buffers.add(buffer);
            }
        });
    }

    private Tensor predict(int count, Function<NDManager, NDArray> inputs) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray output = forward.all(inputs.apply(scope), scope);
            return engine.adopt(output, network.output().batchOf(count));
        }
    }

    @Override
    public Weights weights() {
        return engine.compute(lifetime, () -> layout.unflatten(HostBuffer.copyOut(weights)));
    }

    @Override
    public void load(Weights newWeights) {
        newWeights.check(network);
        engine.compute(lifetime, () -> {
            write(newWeights, weights);
            return newWeights;
        });
    }

    /** Overwrites a flat array of this model's layout in place, so that windows onto it follow. */
    void write(Weights values, NDArray target) {
        if (layout.size() > 0) {
            try (NDManager scope = manager.newSubManager()) {
                target.set(new NDIndex(":"), HostBuffer.copyIn(scope, layout.flatten(values), Shape.of(layout.size())));
            }
        }
    }

    @Override
    public void close() {
        lifetime.close(() -> {
            forward.close();
            manager.close();
            engine.forget(this);
        });
    }

    @Override
    public DjlEngine engine() {
        return engine;
    }

    Lifetime lifetime() {
        return lifetime;
    }

    ForwardPass forward() {
        return forward;
    }

    ParameterLayout layout() {
        return layout;
    }

    /** All parameters; what is written here, predictions follow. */
    NDArray flatWeights() {
        return weights;
    }

    /** A new flat array in this model's manager. */
    private NDArray vector(float[] values) {
        // A network of layers without parameters is a network, too; there is no api shape for its empty array.
        return values.length == 0
                ? manager.zeros(new ai.djl.ndarray.types.Shape(0))
                : HostBuffer.copyIn(manager, values, Shape.of(values.length));
    }
}
