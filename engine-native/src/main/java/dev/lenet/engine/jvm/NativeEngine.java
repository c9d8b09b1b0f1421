package dev.lenet.engine.jvm;

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
import java.util.concurrent.locks.ReentrantLock;

/** The engine in plain Java: its threads, and what is made on them. */
final class NativeEngine implements Engine {
    static final String NAME = "native";

    private final EngineKernels kernels;
    private final Workers workers;
    private final ReentrantLock workersInUse = new ReentrantLock();
    private final Lifetime lifetime = new Lifetime("Engine '" + NAME + "'", null);

    NativeEngine(Simd simd, int threads) {
        this.kernels = new EngineKernels(simd);
        this.workers = new Workers(threads);
    }

    static String detail(String kernels, int threads) {
        return "plain Java, " + kernels + ", " + threads + (threads == 1 ? " thread" : " threads");
    }

    @Override
    public EngineDescription describe() {
        return new EngineDescription(NAME, "cpu", detail(kernels.describe(), workers.size()));
    }

    @Override
    public Tensor tensor(Shape shape, float[] values) {
        TensorData checked = new TensorData(shape, values);
        return lifetime.use(() -> new HeapTensor(this, shape, checked.values().clone()));
    }

    @Override
    public Model build(Network network, Weights weights) {
        weights.check(network);
        return lifetime.use(() -> new NativeModel(this, network, weights));
    }

    @Override
    public Trainer trainer(Model model, TrainingSpec spec) {
        if (!(model instanceof NativeModel own) || own.engine() != this) {
            throw foreign("model", model);
        }
        spec.check(own.network());
        return own.lifetime().use(() -> new NativeTrainer(this, own, spec));
    }

    EngineKernels kernels() {
        return kernels;
    }

    int threads() {
        return workers.size();
    }

    /**
     * Runs tasks on the engine's threads, or on the caller's alone while another caller has them. The results are the
     * same. Callers that may meet keep what a task needs for themselves: both then have a worker 0.
     */
    void run(int tasks, Workers.Task task) {
        // A task that comes back here, say from a data set that asks another model, must not start a run within its
        // own.
        if (workersInUse.isHeldByCurrentThread() || !workersInUse.tryLock()) {
            for (int index = 0; index < tasks; index++) {
                task.run(index, 0);
            }
            return;
        }
        try {
            workers.run(tasks, task);
        } finally {
            workersInUse.unlock();
        }
    }

    Lifetime lifetime() {
        return lifetime;
    }

    /** What to throw at something that another engine made. */
    static IllegalArgumentException foreign(String what, Object received) {
        return new IllegalArgumentException("Engine '" + NAME + "': expected a " + what
                + " of this very engine, received " + received.getClass().getName()
                + " of another one. Make it with this engine.");
    }

    @Override
    public void close() {
        lifetime.close(workers::close);
    }
}
