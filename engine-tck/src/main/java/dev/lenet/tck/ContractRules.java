package dev.lenet.tck;

import dev.lenet.api.engine.Device;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.EngineProvider;
import dev.lenet.api.engine.Loss;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.tck.sample.Sampling;
import java.util.List;
import java.util.stream.LongStream;

/** What the chapters of the contract have in common: the engine under test. */
interface ContractRules {

    /** The seed of all that is random here, and of the runs. */
    long SEED = 20261122;

    /** How many random networks each rule about them looks at, where {@link Sampling} leaves all. */
    int RANDOM_NETWORKS = 40;

    /** The seeds of random networks; each is the name of its test, which is how to get the network again. */
    static List<Long> seeds() {
        return Sampling.of(
                LongStream.range(SEED, SEED + RANDOM_NETWORKS).boxed().toList());
    }

    /** The engine under test. */
    EngineProvider provider();

    /** How it is opened; override for another device. */
    default EngineOptions options() {
        return new EngineOptions(Device.CPU, 2, true);
    }

    /** An engine, which the test closes. */
    default Engine open() {
        return provider().open(options());
    }

    /** What a trainer is told. */
    static TrainingSpec spec(Optimizer optimizer, int batchSize) {
        return new TrainingSpec(optimizer, new Loss.SoftmaxCrossEntropy(), batchSize, SEED);
    }
}
