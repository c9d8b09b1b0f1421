package dev.lenet.engine.jvm;

import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Layer;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.TensorData;
import dev.lenet.api.network.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A network with its weights on the Java heap, predicted block by block on the engine's threads. */
final class NativeModel implements Model {
    private final NativeEngine engine;
    private final Network network;
    private final ModelParameters parameters;
    private final List<Layer> layers;

    /** Plans that no thread uses at the moment. */
    private final ConcurrentLinkedQueue<Plan> idle = new ConcurrentLinkedQueue<>();

    private volatile boolean closed;

    NativeModel(NativeEngine engine, Network network, Weights weights) {
        this.engine = engine;
        this.network = network;
        this.parameters = new ModelParameters(network, weights);
        this.layers = network.layers().stream()
                .<Layer>map(layer -> new NativeLayer(this, layer))
                .toList();
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public List<Layer> layers() {
        return layers;
    }

    @Override
    public Tensor predict(Tensor examples) {
        checkOpen();
        int count = checkBatch(examples.shape(), network.input(), "predict");
        float[] values = values(engine, examples);
        int size = network.input().size();
        return predict(count, (plan, n, example) -> plan.input().put(n, values, example * size));
    }

    @Override
    public Tensor predict(Batch batch) {
        checkOpen();
        batch.check(network.input());
        return predict(batch.size(), (plan, n, example) -> plan.load(batch, n, example));
    }

    /** Writes an example as image n of a plan's block. */
    private interface Source {
        void load(Plan plan, int n, int example);
    }

    private Tensor predict(int count, Source source) {
        int classes = network.output().size();
        float[] logits = new float[count * classes];
        int blocks = (count - 1) / Activation.LANES + 1;
        engine.run(blocks, (block, worker) -> {
            Plan polled = idle.poll();
            Plan plan = polled != null
                    ? polled
                    : new Plan(engine.kernels(), network.layers(), parameters, Plan.Purpose.PREDICTION);
            int first = block * Activation.LANES;
            int images = Math.min(Activation.LANES, count - first);
            for (int n = 0; n < images; n++) {
                source.load(plan, n, first + n);
            }
            plan.forward(0, first);
            for (int n = 0; n < images; n++) {
                plan.output().get(n, logits, (first + n) * classes);
            }
            idle.add(plan);
        });
        return new HeapTensor(engine, network.output().batchOf(count), logits);
    }

    @Override
    public Weights weights() {
        checkOpen();
        return parameters.weights().toWeights();
    }

    NativeEngine engine() {
        return engine;
    }

    ModelParameters parameters() {
        return parameters;
    }

    /** The number of examples in a tensor, or an error if it does not hold such examples. */
    static int checkBatch(Shape shape, Shape example, String where) {
        if (shape.rank() == 0 || !shape.equals(example.batchOf(shape.dimension(0)))) {
            String expected = example.toString().replace("[", "[N, ");
            throw new ShapeException(where + ": expected examples of shape " + expected + ", received " + shape
                    + ". Put the batch in front, and check the network's input.");
        }
        return shape.dimension(0);
    }

    /** The values of a tensor, which must be of this very engine. */
    private static float[] values(NativeEngine engine, Tensor tensor) {
        if (!(tensor instanceof HeapTensor own) || own.engine() != engine) {
            throw new IllegalArgumentException("Engine 'native': expected a tensor of this very engine, received one of"
                    + " another. Make it with this engine.");
        }
        return own.values();
    }

    void checkOpen() {
        engine.checkOpen();
        if (closed) {
            throw new IllegalStateException("This model is closed.");
        }
    }

    @Override
    public void close() {
        closed = true;
        idle.clear();
    }

    /** A layer, computed on its own by a plan of nothing else. */
    private record NativeLayer(NativeModel model, NamedLayer spec) implements Layer {

        @Override
        public Tensor forward(Tensor input) {
            model.checkOpen();
            int count = checkBatch(input.shape(), spec.input(), spec.toString());
            float[] values = values(model.engine, input);
            float[] result = new float[count * spec.output().size()];
            Plan plan = new Plan(model.engine.kernels(), List.of(spec), model.parameters, Plan.Purpose.PREDICTION);
            for (int first = 0; first < count; first += Activation.LANES) {
                int images = Math.min(Activation.LANES, count - first);
                for (int n = 0; n < images; n++) {
                    plan.input().put(n, values, (first + n) * spec.input().size());
                }
                plan.forward(0, first);
                for (int n = 0; n < images; n++) {
                    plan.output().get(n, result, (first + n) * spec.output().size());
                }
            }
            return new HeapTensor(model.engine, spec.output().batchOf(count), result);
        }

        @Override
        public Map<String, TensorData> parameters() {
            model.checkOpen();
            Map<String, TensorData> copies = new LinkedHashMap<>();
            spec.parameters()
                    .forEach(parameter -> copies.put(
                            parameter.name(),
                            new TensorData(
                                    parameter.shape(), model.parameters.of(spec).toArray(parameter.name()))));
            return copies;
        }
    }
}
