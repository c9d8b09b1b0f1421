package dev.lenet.tck.mutant;

import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.StepMetrics;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.oracle.Approximation;
import dev.lenet.tck.oracle.BatchResult;
import dev.lenet.tck.oracle.LayerOracle;
import dev.lenet.tck.reference.Mathematics;
import dev.lenet.tck.reference.ReferenceEngine;
import dev.lenet.tck.reference.ReferenceModel;
import dev.lenet.tck.reference.ReferenceTrainer;
import dev.lenet.tck.sample.OtherExamples;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Engines that are right for one thread: chapter 8. What they do wrongly they do for long, so that it shows every time. */
final class ConcurrencyMutants {
    private ConcurrencyMutants() {}

    static List<Mutant> all() {
        return List.of(
                Planting.model("8.1", "computes from memory that the predictions of a model share", SharedInput::new),
                Planting.model("8.1", "refuses a second thread", OneThread::new),
                Mutant.computing("8.2", "switches the whole engine to training in a step", TrainingMode::new),
                Mutant.of("8.2", "gathers batches and predictions in the same memory", OneMemory::new),
                Planting.trainer("8.3", "gathers the batches of all trainers in the same memory", StaticMemory::new),
                Planting.model("8.4", "closes a model on another thread", ConcurrencyMutants::closingLater),
                Planting.model(
                        "8.4", "asks whether a model is open, and then uses it", ConcurrencyMutants::askingFirst),
                Planting.trainer("8.4", "answers with zeros when it is closed", ConcurrencyMutants::zerosAfterwards),
                Mutant.of("8.4", "frees twice when it is closed twice at once", FreeingTwice::new),
                Mutant.of("8.5", "gathers a batch where the predictions of its data set gather theirs", OneMemory::new),
                Mutant.of("8.5", "holds a lock of the engine while it reads", GuardedEngine::oneLock),
                Mutant.of("8.5", "has memory for one step at a time", GuardedEngine::oneStep),
                Mutant.of("8.5", "lets no thread in while another waits to close", GuardedEngine::closingFirst),
                Planting.trainer("8.6", "looks at the labels again when it is asked for losses", LateReader::new));
    }

    private static final class LateReader extends ReferenceTrainer {
        private @Nullable Batch last;

        LateReader(ReferenceModel model, TrainingSpec spec) {
            super(model, spec);
        }

        @Override
        public void step(Batch batch, double learningRate) {
            super.step(batch, learningRate);
            last = batch;
        }

        @Override
        public StepMetrics drainMetrics() {
            if (last != null) {
                last.label(0);
            }
            return super.drainMetrics();
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // Only to make a mistake more frequent.
    private static void letOthersIn() {
        Thread.yield();
    }

    private static final class SharedInput extends ReferenceModel {
        private float[] shared = {};

        SharedInput(ReferenceEngine engine, Network network, Weights weights) {
            super(engine, network, weights);
        }

        @Override
        protected Tensor predict(float[] values, int count) {
            int inputs = network().input().size();
            int outputs = network().output().size();
            float[] memory = shared.length < values.length ? new float[values.length] : shared;
            shared = memory;
            System.arraycopy(values, 0, memory, 0, values.length);
            float[] results = new float[count * outputs];
            for (int n = 0; n < count; n++) {
                letOthersIn();
                float[] example = Arrays.copyOfRange(memory, n * inputs, (n + 1) * inputs);
                System.arraycopy(super.predict(example, 1).toArray(), 0, results, n * outputs, outputs);
            }
            return engine().tensor(network().output().batchOf(count), results);
        }
    }

    private static final class OneThread extends ReferenceModel {
        private final AtomicBoolean busy = new AtomicBoolean();

        OneThread(ReferenceEngine engine, Network network, Weights weights) {
            super(engine, network, weights);
        }

        @Override
        protected Tensor predict(float[] values, int count) {
            if (busy.getAndSet(true)) {
                throw new IllegalStateException("Model: expected one thread, received another. Use one thread.");
            }
            try {
                letOthersIn();
                return super.predict(values, count);
            } finally {
                busy.set(false);
            }
        }
    }

    private static final class TrainingMode extends Mathematics {
        private volatile boolean training;

        @Override
        public BatchResult train(Network network, Weights weights, Batch batch, TrainingSpec spec, long step) {
            training = true;
            try {
                letOthersIn();
                return super.train(network, weights, batch, spec, step);
            } finally {
                training = false;
            }
        }

        @Override
        public LayerOracle layer(NamedLayer layer, Map<String, double[]> parameters) {
            LayerOracle right = super.layer(layer, parameters);
            return !(layer.spec() instanceof Dropout)
                    ? right
                    : new AlteredLayer(right) {
                        @Override
                        public Approximation forward(Approximation x) {
                            return (training ? right.training(0, 0, 0) : right).forward(x);
                        }
                    };
        }
    }

    /** The same examples, from memory to which they are copied first. */
    private static Batch gathered(Batch batch, float[] memory) {
        int size = batch.dataset().exampleShape().size();
        for (int i = 0; i < batch.size(); i++) {
            batch.read(i, memory, i * size);
        }
        letOthersIn();
        return Batch.range(
                new OtherExamples(batch.dataset()) {
                    @Override
                    public int label(int row) {
                        return batch.label(row);
                    }

                    @Override
                    public void read(int row, float[] target, int offset) {
                        System.arraycopy(memory, row * size, target, offset, size);
                    }
                },
                0,
                batch.size());
    }

    private static final class OneMemory extends ReferenceEngine {
        private final float[] memory = new float[1 << 16];

        OneMemory() {
            super(new Mathematics());
        }

        @Override
        protected ReferenceModel newModel(Network network, Weights weights) {
            return new ReferenceModel(this, network, weights) {
                @Override
                protected Tensor predict(float[] values, int count) {
                    System.arraycopy(values, 0, memory, 0, values.length);
                    return super.predict(values, count);
                }
            };
        }

        @Override
        protected ReferenceTrainer newTrainer(ReferenceModel model, TrainingSpec spec) {
            return new ReferenceTrainer(model, spec) {
                @Override
                public void step(Batch batch, double learningRate) {
                    super.step(gathered(batch, memory), learningRate);
                }
            };
        }
    }

    private static final class StaticMemory extends ReferenceTrainer {
        private static final float[] MEMORY = new float[1 << 16];

        StaticMemory(ReferenceModel model, TrainingSpec spec) {
            super(model, spec);
        }

        @Override
        public void step(Batch batch, double learningRate) {
            super.step(gathered(batch, MEMORY), learningRate);
        }
    }

    private static ReferenceModel closingLater(ReferenceEngine engine, Network network, Weights weights) {
        return new ReferenceModel(engine, network, weights) {
            @Override
            public void close() {
                new Thread(super::close).start();
            }
        };
    }

    private static ReferenceModel askingFirst(ReferenceEngine engine, Network network, Weights weights) {
        return new ReferenceModel(engine, network, weights) {
            @Override
            public Tensor predict(Batch batch) {
                lifetime().enter();
                lifetime().exit();
                return predict(read(batch), batch.size());
            }
        };
    }

    private static ReferenceTrainer zerosAfterwards(ReferenceModel model, TrainingSpec spec) {
        return new ReferenceTrainer(model, spec) {
            @Override
            public Weights gradients(Batch batch) {
                try {
                    return super.gradients(batch);
                } catch (IllegalStateException e) {
                    return Weights.zeros(model().network());
                }
            }
        };
    }

    private static final class FreeingTwice extends ReferenceEngine {
        private static final long MOMENT_NANOS = 5_000_000;

        private final AtomicBoolean freed = new AtomicBoolean();
        private volatile boolean closed;

        FreeingTwice() {
            super(new Mathematics());
        }

        @Override
        public void close() {
            if (!closed) {
                // As long as it may take to free much memory.
                for (long start = System.nanoTime(); System.nanoTime() - start < MOMENT_NANOS; ) {
                    Thread.onSpinWait();
                }
                super.close();
                if (freed.getAndSet(true)) {
                    throw new IllegalStateException("freed twice");
                }
                closed = true;
            }
        }
    }
}
