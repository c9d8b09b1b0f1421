package dev.lenet.engine.jvm;

import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Layer;
import dev.lenet.api.engine.Lifetime;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.ParameterSpec;
import dev.lenet.api.network.TensorData;
import dev.lenet.api.network.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A network with its weights on the Java heap, predicted block by block on the engine's threads. */
final class NativeModel implements Model {
    private final NativeEngine engine;
    private final Network network;
    private final ModelParameters parameters;
    private final List<Layer> layers;

    /** Up to so many images are predicted one by one: a block takes about as long as ten of them, however few it has. */
    private static final int FEW = 8;

    /** Plans that no thread uses at the moment. */
    private final ConcurrentLinkedQueue<Plan> idle = new ConcurrentLinkedQueue<>();

    private final ConcurrentLinkedQueue<SingleImagePlan> idleSingles = new ConcurrentLinkedQueue<>();

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
                () -> predict(count, (example, target) -> System.arraycopy(values, example * size, target, 0, size)));
    }

    @Override
    public Tensor predict(Batch batch) {
        batch.check(network.input());
        return lifetime.use(() -> predict(batch.size(), (example, target) -> batch.read(example, target, 0)));
    }

    /** Writes an example, row-major. */
    private interface Source {
        void read(int example, float[] target);
    }

    private Tensor predict(int count, Source source) {
        int classes = network.output().size();
        float[] logits = new float[count * classes];
        int blocks = count <= FEW ? count : (count - 1) / Activation.LANES + 1;
        int block = count <= FEW ? 1 : Activation.LANES;
        engine.run(blocks, (index, worker) -> {
            int first = index * block;
            int images = Math.min(block, count - first);
            if (images <= FEW) {
                predictSingly(first, images, source, logits);
            } else {
                predictTogether(first, images, source, logits);
            }
        });
        return new HeapTensor(engine, network.output().batchOf(count), logits);
    }

    private void predictSingly(int first, int images, Source source, float[] logits) {
        Kernels kernels = engine.kernels().forPrediction();
        @Nullable SingleImagePlan plan = idleSingles.poll();
        if (plan == null || plan.kernels() != kernels) {
            plan = new SingleImagePlan(kernels, network.layers(), parameters);
        }
        for (int example = first; example < first + images; example++) {
            source.read(example, plan.example());
            plan.run(logits, example * network.output().size());
        }
        idleSingles.add(plan);
    }

    private void predictTogether(int first, int images, Source source, float[] logits) {
        Kernels kernels = engine.kernels().forPrediction();
        @Nullable Plan plan = idle.poll();
        if (plan == null || plan.kernels() != kernels) {
            plan = new Plan(kernels, network.layers(), parameters, Plan.Purpose.PREDICTION);
        }
        for (int n = 0; n < images; n++) {
            source.read(first + n, plan.example());
            plan.load(n);
        }
        plan.forward(0, first);
        for (int n = 0; n < images; n++) {
            plan.output().get(n, logits, (first + n) * network.output().size());
        }
        idle.add(plan);
    }

    @Override
    public Weights weights() {
        return lifetime.use(() -> parameters.weights().toWeights());
    }

    @Override
    public void load(Weights weights) {
        weights.check(network);
        lifetime.run(() -> parameters.set(weights));
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
        lifetime.close(() -> {
            idle.clear();
            idleSingles.clear();
        });
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
            Plan plan = new Plan(
                    model.engine.kernels().forPrediction(), List.of(spec), model.parameters, Plan.Purpose.PREDICTION);
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
            for (NamedLayer leaf : spec.leaves()) {
                for (ParameterSpec parameter : leaf.parameters()) {
                    float[] values = model.parameters.of(leaf).toArray(parameter.name());
                    copies.put(parameter.name(), new TensorData(parameter.shape(), values));
                }
            }
            return copies;
        }
    }
}
