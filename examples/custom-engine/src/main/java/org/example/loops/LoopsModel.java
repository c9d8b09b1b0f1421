package org.example.loops;

import dev.lenet.api.Shape;
import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Layer;
import dev.lenet.api.engine.Lifetime;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A network and its weights.
 *
 * <p>Every array that a prediction fills is its own, so any number of threads predict at once.
 */
final class LoopsModel implements Model {
    private final LoopsEngine engine;
    private final Network network;
    private final Parameters parameters;
    private final List<LoopsLayer> chain;
    private final Lifetime lifetime;

    LoopsModel(LoopsEngine engine, Network network, Weights weights) {
        this.engine = engine;
        this.network = network;
        this.parameters = new Parameters(network);
        this.parameters.set(weights);
        this.chain = network.layers().stream()
                .map(layer -> new LoopsLayer(this, layer, Computation.of(layer, parameters)))
                .toList();
        this.lifetime = new Lifetime("Model", engine.lifetime());
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public List<Layer> layers() {
        return List.copyOf(chain);
    }

    @Override
    public Tensor predict(Tensor examples) {
        return run(chain, examples, "Model.predict");
    }

    @Override
    public Tensor predict(Batch batch) {
        batch.check(network.input());
        return run(chain, batch.size(), n -> read(batch, n));
    }

    /** Example n of a batch, [...network.input()]. */
    static float[] read(Batch batch, int n) {
        float[] x = new float[batch.dataset().exampleShape().size()];
        batch.read(n, x, 0);
        return x;
    }

    /**
     * What a part of the chain makes of a tensor of examples.
     *
     * @param where who received it, for the message if its shape is wrong
     */
    Tensor run(List<LoopsLayer> part, Tensor examples, String where) {
        float[] values = LoopsTensor.valuesOf(examples, engine); // [N, ...input]
        Shape input = part.get(0).spec().input();
        int count = input.countIn(examples.shape(), where);
        int size = input.size();
        return run(part, count, n -> Arrays.copyOfRange(values, n * size, (n + 1) * size));
    }

    private Tensor run(List<LoopsLayer> part, int count, IntFunction<float[]> example) {
        Shape output = part.get(part.size() - 1).spec().output().batchOf(count);
        return lifetime.use(() -> {
            float[] result = new float[output.size()]; // [N, ...output]
            for (int n = 0; n < count; n++) {
                float[] x = example.apply(n);
                for (LoopsLayer layer : part) {
                    x = layer.computation().forward(x);
                }
                System.arraycopy(x, 0, result, n * x.length, x.length);
            }
            return new LoopsTensor(engine, output, result);
        });
    }

    @Override
    public Weights weights() {
        return lifetime.use(parameters::toWeights);
    }

    @Override
    public void load(Weights weights) {
        weights.check(network);
        lifetime.run(() -> parameters.set(weights));
    }

    LoopsEngine engine() {
        return engine;
    }

    /** The weights themselves, which a trainer changes. */
    Parameters parameters() {
        return parameters;
    }

    /** The layers as this engine sees them. */
    List<LoopsLayer> chain() {
        return chain;
    }

    Lifetime lifetime() {
        return lifetime;
    }

    @Override
    public void close() {
        lifetime.close(() -> {});
    }
}
