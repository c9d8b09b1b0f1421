package dev.lenet.tck.reference;

import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.ParameterSpec;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.oracle.Approximation;
import dev.lenet.tck.oracle.AverageOracle;
import dev.lenet.tck.oracle.BatchResult;
import dev.lenet.tck.oracle.ClippingOracle;
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
    public BatchResult train(Network network, Weights weights, Batch batch, TrainingSpec spec, long step) {
        return network(network, weights).train(batch, spec.loss(), spec.seed(), step);
    }

    /** Whether the optimizer and the average have to do with a parameter. */
    public boolean trains(ParameterSpec parameter) {
        return parameter.trainable();
    }

    /**
     * The weights after a step, with what layers keep for themselves.
     *
     * @param trained after the update
     */
    public Weights buffers(Network network, Weights trained, BatchResult result) {
        return Weights.of(network, parameter -> {
            Approximation buffer = result.buffers().get(parameter.name());
            return buffer == null ? trained.get(parameter.name()) : ReferenceModel.rounded(buffer);
        });
    }

    /**
     * The gradients, shortened if they are too long.
     *
     * @param gradients of all parameters, by full name
     */
    public Map<String, Approximation> clip(double limit, Map<String, Approximation> gradients) {
        return ClippingOracle.clip(limit, gradients);
    }

    /**
     * What becomes of the average of one parameter.
     *
     * @param before the weights before the update
     * @param after the weights after it
     */
    public Approximation average(double decay, float[] average, float[] before, float[] after) {
        return AverageOracle.of(decay, average, after);
    }

    public OptimizerOracle optimizer(Optimizer optimizer) {
        return OptimizerOracle.of(optimizer);
    }
}
