package dev.lenet.tck.oracle;

import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Loss;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A whole network in double precision: example after example, layer after layer. */
public final class NetworkOracle {
    private final Network network;
    private final List<LayerOracle> layers;

    public NetworkOracle(Network network, Weights weights) {
        this(network, doubles(weights));
    }

    /**
     * @param parameters by full name; not copied, so that they may change between two calls
     */
    NetworkOracle(Network network, Map<String, double[]> parameters) {
        this(
                network,
                network.layers().stream()
                        .map(layer -> LayerOracle.of(layer, parameters))
                        .toList());
    }

    /** With layers of one's own. */
    public NetworkOracle(Network network, List<LayerOracle> layers) {
        this.network = network;
        this.layers = List.copyOf(layers);
    }

    /** The values of every parameter by its full name, as {@link LayerOracle#of} takes them. */
    public static Map<String, double[]> doubles(Weights weights) {
        Map<String, double[]> doubles = new HashMap<>();
        weights.tensors()
                .forEach((name, tensor) ->
                        doubles.put(name, Approximation.exact(tensor.values()).values()));
        return doubles;
    }

    /** A layer as in prediction. */
    public LayerOracle layer(int index) {
        return layers.get(index);
    }

    /** The output for one example, row-major. */
    public Approximation predict(float[] example) {
        Approximation x = Approximation.exact(example);
        for (LayerOracle layer : layers) {
            x = layer.forward(x);
        }
        return x;
    }

    /**
     * The mean loss of a batch and its gradients.
     *
     * @param step the number of updates so far; it chooses the dropout masks
     */
    public BatchResult train(Batch batch, Loss loss, long seed, long step) {
        ParameterSums gradients = new ParameterSums(network);
        Map<String, Approximation> buffers = new HashMap<>();
        List<BatchOracle> training = layers.stream()
                .map(layer -> layer.trainingOnBatch(seed, step, buffers::put))
                .toList();
        List<List<Approximation>> inputs = new ArrayList<>();
        List<Approximation> x = examples(batch);
        for (BatchOracle layer : training) {
            inputs.add(x);
            x = layer.forward(x);
        }
        DotProduct losses = new DotProduct();
        List<Approximation> dX = new ArrayList<>();
        for (int n = 0; n < batch.size(); n++) {
            LossOracle end = LossOracle.of(loss, x.get(n), batch, n);
            losses.add(end.loss(), end.lossError());
            dX.add(end.gradient(batch.size()));
        }
        for (int i = layers.size() - 1; i >= 0; i--) {
            dX = training.get(i).backward(inputs.get(i), dX, gradients);
        }
        double mean = losses.value() / batch.size();
        double error = losses.error() / batch.size();
        error += Tolerance.roundings(2).of(Math.abs(mean) + error);
        return new BatchResult(
                new Approximation(new double[] {mean}, new double[] {error}), gradients.results(), buffers);
    }

    private List<Approximation> examples(Batch batch) {
        List<Approximation> examples = new ArrayList<>();
        for (int n = 0; n < batch.size(); n++) {
            float[] example = new float[network.input().size()];
            batch.read(n, example, 0);
            examples.add(Approximation.exact(example));
        }
        return examples;
    }
}
