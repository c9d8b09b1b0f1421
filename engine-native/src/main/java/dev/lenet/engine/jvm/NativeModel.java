package dev.lenet.engine.jvm;

import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Layer;
import dev.lenet.api.engine.Lifetime;
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

    private final Lifetime lifetime;

    NativeModel(NativeEngine engine, Network network, Weights weights) {
        this.engine = engine;
        this.network = network;
        this.parameters = new ModelParameters(network, weights);
        this.layers = network.layers().stream()
                .<Layer>map(layer -> new NativeLayer(this, layer))
                .toList();
        this.lifetime = new Lifetime("Model", engine.lifetime());
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
        float[] values = values(engine, examples);
        int count = network.input().countIn(examples.shape(), "Model.predict");
        int size = network.input().size();
        return lifetime.use(
                () -> predict(count, (plan, n, example) -> plan.input().put(n, values, example * size)));
    }

    @Override
    public Tensor predict(Batch batch) {
        batch.check(network.input());
        return lifetime.use(() -> predict(batch.size(), (plan, n, example) -> plan.load(batch, n, example)));
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
        return lifetime.use(() -> parameters.weights().toWeights());
    }

    NativeEngine engine() {
        return engine;
    }

    ModelParameters parameters() {
        return parameters;
    }

    /** The values of a tensor, which must be of this very engine. */
    private static float[] values(NativeEngine engine, Tensor tensor) {
        if (!(tensor instanceof HeapTensor own) || own.engine() != engine) {
            throw NativeEngine.foreign("tensor", tensor);
        }
        return own.values();
    }

    Lifetime lifetime() {
        return lifetime;
    }

    @Override
    public void close() {
        lifetime.close(idle::clear);
    }

    /** A layer, computed on its own by a plan of nothing else. */
    private record NativeLayer(NativeModel model, NamedLayer spec) implements Layer {

        @Override
        public Tensor forward(Tensor input) {
            float[] values = values(model.engine, input);
            int count = spec.input().countIn(input.shape(), spec.toString());
            return model.lifetime.use(() -> forward(values, count));
        }

        private Tensor forward(float[] values, int count) {
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
            return model.lifetime.use(this::copies);
        }

        private Map<String, TensorData> copies() {
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
