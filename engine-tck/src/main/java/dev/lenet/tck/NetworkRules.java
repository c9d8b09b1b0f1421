package dev.lenet.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Layer;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.oracle.Approximation;
import dev.lenet.tck.oracle.NetworkOracle;
import dev.lenet.tck.sample.Networks;
import dev.lenet.tck.sample.RandomExamples;
import dev.lenet.tck.sample.RandomNetworks;
import dev.lenet.tck.sample.SampleWeights;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Chapter 3 of the contract, continued: what whole networks predict. */
public interface NetworkRules extends ContractRules {

    /**
     * A whole network gives what its layers give one after the other: the oracle's results.
     *
     * <p>When it fails and rules 3.1 to 3.8 hold: look at where layers are fused, and at buffers that one layer writes
     * and another one reads. The seed in the test's name gives the network again.
     */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.lenet.tck.ContractRules#seeds")
    default void rule_3_9_aNetworkIsItsLayersOneAfterTheOther(long seed) {
        Network network = RandomNetworks.of(seed);
        Weights weights = SampleWeights.of(network, seed);
        NetworkOracle oracle = new NetworkOracle(network, weights);
        Batch batch = new RandomExamples(network.input(), 5, 2, seed).all();
        try (Engine engine = open();
                Model model = engine.build(network, weights)) {
            try (Tensor outputs = model.predict(batch)) {
                Outputs.check("predict, seed " + seed + "\n" + network, oracle, batch, outputs);
            }
            float[] values = Run.values(batch);
            for (int i = 0; i < model.layers().size(); i++) {
                Layer layer = model.layers().get(i);
                try (Tensor input = engine.tensor(layer.spec().input().batchOf(5), values);
                        Tensor output = layer.forward(input)) {
                    float[] received = output.toArray();
                    int inputSize = layer.spec().input().size();
                    int outputSize = layer.spec().output().size();
                    for (int n = 0; n < 5; n++) {
                        Approximation expected = oracle.layer(i)
                                .forward(Approximation.exact(
                                        Arrays.copyOfRange(values, n * inputSize, (n + 1) * inputSize)));
                        String what = layer.spec() + ", example " + n + ", seed " + seed;
                        Agreement.check(what, received, n * outputSize, outputSize, expected);
                    }
                    values = received;
                }
            }
        }
    }

    /**
     * Every example of a batch gives the same whatever the size of the batch.
     *
     * <p>When it fails: look at the rest that is left when the batch is cut into blocks; are lanes without an example
     * kept out of the results?
     */
    @ParameterizedTest(name = "{0} examples")
    @ValueSource(ints = {1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129})
    default void rule_3_10_anyNumberOfExamplesMayCome(int count) {
        Network network = Networks.everyLayer();
        Weights weights = SampleWeights.of(network, SEED);
        Batch batch = new RandomExamples(network.input(), count, 4, SEED).all();
        try (Engine engine = open();
                Model model = engine.build(network, weights);
                Tensor outputs = model.predict(batch)) {
            Outputs.check(count + " examples", new NetworkOracle(network, weights), batch, outputs);
        }
    }

    /**
     * A NaN in an example comes out of a whole network, too.
     *
     * <p>When it fails and the rule holds layer by layer: look at where layers are fused.
     */
    @Test
    default void rule_3_12_aNaNIsNotHiddenInAWholeNetwork() {
        Network network = Networks.rectified();
        float[] values = Run.values(new RandomExamples(network.input(), 3, 4, SEED).all());
        values[network.input().size() + network.input().size() / 2] = Float.NaN;
        try (Engine engine = open()) {
            Outputs.check(engine, network, values, 3);
        }
    }

    /**
     * The same prediction twice gives the same bits.
     *
     * <p>When it fails: do threads add to the same sum in the order in which they happen to come?
     */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.lenet.tck.ContractRules#seeds")
    default void rule_3_13_thePredictionCanBeRepeated(long seed) {
        Network network = RandomNetworks.of(seed);
        Batch batch = new RandomExamples(network.input(), 65, 2, seed).all();
        try (Engine engine = open();
                Model model = engine.build(network, SampleWeights.of(network, seed))) {
            float[] first;
            try (Tensor outputs = model.predict(batch)) {
                first = outputs.toArray();
            }
            for (int i = 0; i < 5; i++) {
                try (Tensor outputs = model.predict(batch)) {
                    assertThat(outputs.toArray()).as("seed %d", seed).containsExactly(first);
                }
            }
        }
    }
}
