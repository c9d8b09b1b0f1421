package dev.lenet.tck.reference;

import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.oracle.BatchResult;
import dev.lenet.tck.oracle.LayerOracle;
import dev.lenet.tck.oracle.NetworkOracle;
import dev.lenet.tck.oracle.OptimizerOracle;
import java.util.List;
import java.util.Map;

/** What the reference engine computes with: the oracle. A mutant overrides one method. */
public class Mathematics {

    /**
     * @param parameters by full name
     */
    public LayerOracle layer(NamedLayer layer, Map<String, double[]> parameters) {
        return LayerOracle.of(layer, parameters);
    }

    protected final NetworkOracle network(Network network, Weights weights) {
        Map<String, double[]> parameters = NetworkOracle.doubles(weights);
        List<LayerOracle> layers =
                network.layers().stream().map(layer -> layer(layer, parameters)).toList();
        return new NetworkOracle(network, layers);
    }

    /** The loss and the gradients of a batch. */
    public BatchResult train(Network network, Weights weights, Batch batch, int announced, long seed, long step) {
        return network(network, weights).train(batch, seed, step);
    }

    public OptimizerOracle optimizer(Optimizer optimizer) {
        return OptimizerOracle.of(optimizer);
    }
}
