package dev.lenet.tck;

import dev.lenet.api.data.ArrayDataset;
import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Layer;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.oracle.NetworkOracle;
import dev.lenet.tck.sample.SampleWeights;
import java.util.Arrays;

/** What a network puts out, in each of the three ways to ask: from a tensor, from a batch, and layer by layer. */
final class Outputs {
    private Outputs() {}

    /** What is expected of one of the ways. */
    private interface Check {
        void of(String way, Tensor outputs);
    }

    /** Of that many examples that lie one after the other, with the initial weights: they must be the oracle's. */
    static void check(Engine engine, Network network, float[] values, int count) {
        check(engine, network, SampleWeights.of(network, ContractRules.SEED), values, count);
    }

    /** Of that many examples that lie one after the other: they must be the oracle's. */
    static void check(Engine engine, Network network, Weights weights, float[] values, int count) {
        try (Model model = engine.build(network, weights)) {
            check(engine, model, weights, batch(network, values, count));
        }
    }

    /**
     * They must be the oracle's.
     *
     * @param weights that the model should have
     */
    static void check(Engine engine, Model model, Weights weights, Batch batch) {
        NetworkOracle oracle = new NetworkOracle(model.network(), weights);
        inEachWay(engine, model, batch, (way, outputs) -> check(way, oracle, batch, outputs));
    }

    /** They must be the very values that went in. */
    static void checkPassedOn(Engine engine, Network network, float[] values, int count) {
        try (Model model = engine.build(network, Weights.zeros(network))) {
            inEachWay(
                    engine,
                    model,
                    batch(network, values, count),
                    (way, outputs) -> Bits.assertSameBits(way, outputs, values));
        }
    }

    /** Some outputs of a batch must be what the oracle says of its examples. */
    static void check(String what, NetworkOracle oracle, Batch batch, Tensor outputs) {
        float[] received = outputs.toArray();
        int size = received.length / batch.size();
        float[] values = Run.values(batch);
        int exampleSize = values.length / batch.size();
        for (int n = 0; n < batch.size(); n++) {
            float[] example = Arrays.copyOfRange(values, n * exampleSize, (n + 1) * exampleSize);
            Agreement.check(what + ", example " + n, received, n * size, size, oracle.predict(example));
        }
    }

    private static Batch batch(Network network, float[] values, int count) {
        return Batch.range(ArrayDataset.of(network.input(), values, new int[count], 2), 0, count);
    }

    private static void inEachWay(Engine engine, Model model, Batch batch, Check check) {
        try (Tensor input = Run.tensor(engine, batch);
                Tensor predicted = model.predict(input);
                Tensor ofBatch = model.predict(batch)) {
            check.of("predict(Tensor)", predicted);
            check.of("predict(Batch)", ofBatch);
        }
        Tensor x = Run.tensor(engine, batch);
        for (Layer layer : model.layers()) {
            try (Tensor input = x) {
                x = layer.forward(input);
            }
        }
        try (Tensor outputs = x) {
            check.of("layer by layer", outputs);
        }
    }
}
