package dev.lenet.engine.djl;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.lenet.api.Shape;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineDescription;
import dev.lenet.api.engine.Lifetime;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.TensorData;
import dev.lenet.api.network.Weights;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Runs networks on PyTorch. It owns the root of all native memory, and knows what it made that is still open. */
final class DjlEngine implements Engine {
    private final Torch torch;
    private final int threads;
    private final NDManager root;
    private final Lifetime lifetime = new Lifetime("Engine '" + DjlEngineProvider.NAME + "'", null);
    private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();

    /** For each device that trains, the first of them also predicts. */
    private final List<DeviceDatasets> devices;

    private final boolean gathersOnDevice;

    DjlEngine(Torch torch, int threads) {
        this(torch, threads, torch.device().isGpu());
    }

    /**
     * @param gathersOnDevice whether data sets are copied to the device; on a CPU reading them in place is faster
     */
    DjlEngine(Torch torch, int threads, boolean gathersOnDevice) {
        this.torch = torch;
        this.threads = threads;
        this.root = torch.library().newBaseManager(torch.device());
        this.devices = torch.replicas().stream()
                .map(device -> new DeviceDatasets(root.newSubManager(device)))
                .toList();
        this.gathersOnDevice = gathersOnDevice;
    }

    @Override
    public EngineDescription describe() {
        return new EngineDescription(DjlEngineProvider.NAME, torch.deviceName(), torch.describe(threads));
    }

    @Override
    public Tensor tensor(Shape shape, float[] values) {
        TensorData checked = new TensorData(shape, values);
        return compute(lifetime, () -> {
            try (NDManager scope = root.newSubManager()) {
                return adopt(HostBuffer.copyIn(scope, checked.values(), shape), shape);
            }
        });
    }

    @Override
    public Model build(Network network, Weights weights) {
        weights.check(network);
        return compute(lifetime, () -> {
            DjlModel model = new DjlModel(this, network, weights);
            open.add(model);
            return model;
        });
    }

    @Override
    public Trainer trainer(Model model, TrainingSpec spec) {
        DjlModel own = own(DjlModel.class, model, "model");
        spec.check(own.network());
        return compute(own.lifetime(), () -> {
            DjlTrainer trainer = new DjlTrainer(this, own, spec);
            open.add(trainer);
            return trainer;
        });
    }

    @Override
    public void close() {
        lifetime.close(() -> {
            List.copyOf(open).forEach(DjlEngine::close);
            root.close();
        });
    }

    private static void close(AutoCloseable made) {
        try {
            made.close();
        } catch (Exception e) {
            throw new IllegalStateException("models, trainers and tensors close without checked exceptions", e);
        }
    }

    Lifetime lifetime() {
        return lifetime;
    }

    /** Where everything this engine allocates is accounted for. */
    NDManager root() {
        return root;
    }

    /** The devices that batches are shared out to, with what is kept there. */
    List<DeviceDatasets> devices() {
        return devices;
    }

    /**
     * A way for batches of such examples to a device.
     *
     * @param manager of that device, owns what is kept there
     */
    Batches batches(Shape example, DeviceDatasets datasets, NDManager manager) {
        return gathersOnDevice ? new DeviceBatches(example, datasets, manager) : new HostBatches(example);
    }

    /** Does work on something open, with this engine's number of threads. */
    <T> T compute(Lifetime used, Supplier<T> work) {
        return used.use(() -> withThreads(torch.device(), work));
    }

    /**
     * Does work on the calling thread, with this engine's number of threads.
     *
     * @param device that it is done on, for what is said if it fails
     */
    <T> T withThreads(Device device, Supplier<T> work) {
        // PyTorch keeps the number per thread (an OpenMP setting), and starts a new thread with whatever any engine set
        // last. Asking costs 0.1 microseconds.
        if (JniUtils.getNumThreads() != threads) {
            JniUtils.setNumThreads(threads);
        }
        try {
            return work.get();
        } catch (EngineException e) {
            throw DeviceFailure.explain(e, Torch.name(device));
        }
    }

    /** Makes a tensor of an array, which it moves out of its scope. */
    DjlTensor adopt(NDArray array, Shape shape) {
        array.attach(root);
        DjlTensor tensor = new DjlTensor(this, array, shape);
        open.add(tensor);
        return tensor;
    }

    /** A closed thing needs no closing any more. */
    void forget(AutoCloseable made) {
        open.remove(made);
    }

    /**
     * @throws IllegalArgumentException if something was made by another engine
     */
    <T extends Owned> T own(Class<T> type, Object made, String what) {
        if (!type.isInstance(made) || type.cast(made).engine() != this) {
            throw new IllegalArgumentException("Engine '" + DjlEngineProvider.NAME + "': expected a " + what
                    + " of this very engine, received " + made.getClass().getName()
                    + " of another one. Make it with this engine.");
        }
        return type.cast(made);
    }

    /** What an engine made, and which one. */
    interface Owned {
        DjlEngine engine();
    }
}
