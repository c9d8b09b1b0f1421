package dev.lenet.tck.reference;

import dev.lenet.api.Shape;
import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Layer;
import dev.lenet.api.engine.Lifetime;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.TensorData;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.oracle.Approximation;
import dev.lenet.tck.oracle.NetworkOracle;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A network and its weights, which a trainer, or whoever loads others, replaces. */
public class ReferenceModel implements Model {
    private final ReferenceEngine engine;
    private final Network network;
    private final Lifetime lifetime;
    private volatile Weights weights;

    public ReferenceModel(ReferenceEngine engine, Network network, Weights weights) {
        this.engine = engine;
        this.network = network;
        this.weights = weights;
        this.lifetime = engine.newLifetime("Model", engine.lifetime());
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public List<Layer> layers() {
        return network.layers().stream().map(this::newLayer).toList();
    }

    protected Layer newLayer(NamedLayer layer) {
        return new ReferenceLayer(this, layer);
    }

    @Override
    public Tensor predict(Tensor examples) {
        float[] values = values(examples);
        int count = network.input().countIn(examples.shape(), "Model.predict");
        return lifetime.use(() -> predict(values, count));
    }

    @Override
    public Tensor predict(Batch batch) {
        batch.check(network.input());
        return lifetime.use(() -> predict(read(batch), batch.size()));
    }

    /** The examples of a batch, one after the other. */
    protected final float[] read(Batch batch) {
        int size = network.input().size();
        float[] values = new float[batch.size() * size];
        for (int i = 0; i < batch.size(); i++) {
            batch.read(i, values, i * size);
        }
        return values;
    }

    /** The outputs of examples that lie one after the other. */
    protected Tensor predict(float[] values, int count) {
        NetworkOracle oracle = engine.mathematics().network(network, weights);
        return each(values, count, network.input(), network.output(), example -> oracle.predict(rounded(example)));
    }

    @Override
    public Weights weights() {
        return lifetime.use(() -> ReferenceEngine.copyOf(network, weights));
    }

    @Override
    public void load(Weights newWeights) {
        newWeights.check(network);
        lifetime.run(() -> replace(ReferenceEngine.copyOf(network, newWeights)));
    }

    @Override
    public void close() {
        lifetime.close(() -> {});
    }

    protected final ReferenceEngine engine() {
        return engine;
    }

    protected final Lifetime lifetime() {
        return lifetime;
    }

    /** The weights themselves. */
    protected final Weights current() {
        return weights;
    }

    /** Predicts with other weights from now on. */
    protected void replace(Weights newWeights) {
        weights = newWeights;
    }

    final float[] values(Tensor tensor) {
        if (!(tensor instanceof ReferenceTensor own) || own.engine() != engine) {
            throw ReferenceEngine.foreign("tensor", tensor);
        }
        return own.values();
    }

    private Tensor each(float[] values, int count, Shape input, Shape output, UnaryOperator<Approximation> function) {
        float[] results = new float[count * output.size()];
        for (int n = 0; n < count; n++) {
            float[] example = Arrays.copyOfRange(values, n * input.size(), (n + 1) * input.size());
            float[] result = rounded(function.apply(Approximation.exact(example)));
            System.arraycopy(result, 0, results, n * output.size(), result.length);
        }
        return engine.newTensor(output.batchOf(count), results);
    }

    static float[] rounded(Approximation exact) {
        float[] rounded = new float[exact.size()];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) exact.value(i);
        }
        return rounded;
    }

    /** One layer alone. */
    private record ReferenceLayer(ReferenceModel model, NamedLayer spec) implements Layer {

        @Override
        public Tensor forward(Tensor input) {
            float[] values = model.values(input);
            int count = spec.input().countIn(input.shape(), spec.toString());
            return model.lifetime.use(() -> {
                NetworkOracle oracle = model.engine.mathematics().network(model.network, model.weights);
                return model.each(values, count, spec.input(), spec.output(), oracle.layer(spec.index())::forward);
            });
        }

        @Override
        public Map<String, TensorData> parameters() {
            return model.lifetime.use(() -> {
                Map<String, TensorData> copies = new LinkedHashMap<>();
                spec.parameters()
                        .forEach(parameter -> copies.put(
                                parameter.name(),
                                new TensorData(
                                        parameter.shape(),
                                        model.weights.get(parameter.name()).clone())));
                return copies;
            });
        }
    }
}
