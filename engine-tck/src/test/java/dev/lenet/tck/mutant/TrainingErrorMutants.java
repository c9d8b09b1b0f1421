package dev.lenet.tck.mutant;

import dev.lenet.api.DatasetException;
import dev.lenet.api.data.Batch;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.engine.TrainerState;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.reference.ReferenceEngine;
import dev.lenet.tck.reference.ReferenceModel;
import dev.lenet.tck.reference.ReferenceTrainer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Engines that take what does not fit, or refuse it badly or too late, in a training: the rules 7.3 and 7.6 to 7.9. */
final class TrainingErrorMutants {
    private TrainingErrorMutants() {}

    static List<Mutant> all() {
        return List.of(
                checking("7.3", "trains on batches of any shape", TrainingErrorMutants::sizeAndLabels),
                Planting.trainer("7.3", "looks at gradients of any shape", AnyGradients::new),
                checking("7.6", "makes room for batches of any size", TrainingErrorMutants::shapeAndLabels),
                checking("7.6", "takes a data set of fewer classes", TrainingErrorMutants::fewerClasses),
                Planting.trainer("7.6", "looks at a batch when it has trained on it", TrainingErrorMutants::lateCheck),
                Planting.trainer("7.6", "looks at gradients of any batch", AnyGradients::new),
                checking("7.7", "looks at the first label only", TrainingErrorMutants::firstLabel),
                Planting.trainer("7.7", "leaves out examples without a class", TrainingErrorMutants::leavingOut),
                Planting.trainer("7.7", "counts a step that it refuses", TrainingErrorMutants::countingRefusals),
                Planting.trainer(
                        "7.8", "restores the weights before it looks at the slots", TrainingErrorMutants::halfRestore),
                Planting.trainer("7.8", "takes zeros for slots that are missing", TrainingErrorMutants::missingSlots),
                Planting.trainer("7.8", "overlooks slots that are too many", TrainingErrorMutants::sparedSlots),
                Planting.trainer("7.9", "wraps what a data set throws", TrainingErrorMutants::wrapping),
                Planting.model(
                        "7.9", "reads on a thread that wraps what it catches", TrainingErrorMutants::readingApart),
                Planting.trainer("7.9", "counts a step that a data set ended", TrainingErrorMutants::countingFailures),
                Planting.trainer("7.9", "tries once more when a data set throws", TrainingErrorMutants::trying));
    }

    /** How a mutant checks the batch of a step, and of gradients. */
    private interface Check {
        void check(TrainingSpec spec, Network network, Batch batch);
    }

    private static Mutant checking(String rule, String defect, Check check) {
        return Planting.trainer(rule, defect, (model, spec) -> new ReferenceTrainer(model, spec) {
            @Override
            protected void check(Batch batch) {
                check.check(spec(), model().network(), batch);
            }
        });
    }

    private static void sizeAndLabels(TrainingSpec spec, Network network, Batch batch) {
        int values = batch.dataset().exampleShape().size();
        if (values != network.input().size()) {
            spec.check(network, batch);
        }
    }

    private static void shapeAndLabels(TrainingSpec spec, Network network, Batch batch) {
        new TrainingSpec(spec.optimizer(), spec.loss(), Math.max(batch.size(), spec.batchSize()), spec.seed())
                .check(network, batch);
    }

    private static void fewerClasses(TrainingSpec spec, Network network, Batch batch) {
        if (batch.dataset().classes() >= network.output().size()) {
            spec.check(network, batch);
        }
    }

    private static void firstLabel(TrainingSpec spec, Network network, Batch batch) {
        spec.check(network, new Batch(batch.dataset(), batch.order(), batch.offset(), 1));
    }

    private static final class AnyGradients extends ReferenceTrainer {
        private boolean stepping;

        AnyGradients(ReferenceModel model, TrainingSpec spec) {
            super(model, spec);
        }

        @Override
        public void step(Batch batch, double learningRate) {
            stepping = true;
            super.step(batch, learningRate);
        }

        @Override
        public Weights gradients(Batch batch) {
            stepping = false;
            return super.gradients(batch);
        }

        @Override
        protected void check(Batch batch) {
            if (stepping) {
                super.check(batch);
            }
        }
    }

    private static ReferenceTrainer lateCheck(ReferenceModel model, TrainingSpec spec) {
        return new ReferenceTrainer(model, spec) {
            @Override
            public void step(Batch batch, double learningRate) {
                super.step(batch, learningRate);
                super.check(batch);
            }

            @Override
            protected void check(Batch batch) {
                // That is done later.
            }
        };
    }

    /** Trains on the other examples: some libraries know a label that is to be ignored. */
    private static ReferenceTrainer leavingOut(ReferenceModel model, TrainingSpec spec) {
        return new ReferenceTrainer(model, spec) {
            @Override
            public void step(Batch batch, double learningRate) {
                Dataset dataset = batch.dataset();
                int[] rows = Arrays.stream(batch.order(), batch.offset(), batch.offset() + batch.size())
                        .filter(row -> dataset.label(row) >= 0)
                        .toArray();
                super.step(new Batch(dataset, rows, 0, rows.length), learningRate);
            }
        };
    }

    private static ReferenceTrainer countingRefusals(ReferenceModel model, TrainingSpec spec) {
        return new ReferenceTrainer(model, spec) {
            @Override
            protected void check(Batch batch) {
                try {
                    super.check(batch);
                } catch (DatasetException e) {
                    become(counted(current()));
                    throw e;
                }
            }
        };
    }

    private static TrainerState counted(TrainerState state) {
        return new TrainerState(state.step() + 1, state.weights(), state.slots());
    }

    private static ReferenceTrainer halfRestore(ReferenceModel model, TrainingSpec spec) {
        return new ReferenceTrainer(model, spec) {
            @Override
            public void restore(TrainerState state) {
                state.weights().check(model().network());
                TrainerState before = current();
                become(new TrainerState(state.step(), state.weights(), before.slots()));
                super.restore(state);
            }
        };
    }

    private static ReferenceTrainer missingSlots(ReferenceModel model, TrainingSpec spec) {
        return new ReferenceTrainer(model, spec) {
            @Override
            public void restore(TrainerState state) {
                Map<String, Weights> slots = new HashMap<>(state.slots());
                spec().slots().forEach(slot -> slots.computeIfAbsent(slot, name -> Weights.zeros(model().network())));
                super.restore(new TrainerState(state.step(), state.weights(), slots));
            }
        };
    }

    private static ReferenceTrainer sparedSlots(ReferenceModel model, TrainingSpec spec) {
        return new ReferenceTrainer(model, spec) {
            @Override
            public void restore(TrainerState state) {
                Map<String, Weights> slots = new HashMap<>(state.slots());
                if (slots.keySet().containsAll(spec().slots())) {
                    slots.keySet().retainAll(spec().slots());
                }
                super.restore(new TrainerState(state.step(), state.weights(), slots));
            }
        };
    }

    private static ReferenceTrainer wrapping(ReferenceModel model, TrainingSpec spec) {
        return new ReferenceTrainer(model, spec) {
            @Override
            public void step(Batch batch, double learningRate) {
                try {
                    super.step(batch, learningRate);
                } catch (UnsupportedOperationException e) {
                    throw new DatasetException(
                            "Batch: expected examples, received " + e + ". Correct the data set.", e);
                }
            }
        };
    }

    /** What a future throws is wrapped by who waits for it. */
    private static ReferenceModel readingApart(ReferenceEngine engine, Network network, Weights weights) {
        return new ReferenceModel(engine, network, weights) {
            @Override
            public Tensor predict(Batch batch) {
                return CompletableFuture.supplyAsync(() -> super.predict(batch)).join();
            }
        };
    }

    private static ReferenceTrainer countingFailures(ReferenceModel model, TrainingSpec spec) {
        return new ReferenceTrainer(model, spec) {
            @Override
            public void step(Batch batch, double learningRate) {
                try {
                    super.step(batch, learningRate);
                } catch (UnsupportedOperationException e) {
                    become(counted(current()));
                    throw e;
                }
            }
        };
    }

    private static ReferenceTrainer trying(ReferenceModel model, TrainingSpec spec) {
        return new ReferenceTrainer(model, spec) {
            @Override
            public Weights gradients(Batch batch) {
                try {
                    return super.gradients(batch);
                } catch (UnsupportedOperationException e) {
                    return super.gradients(batch);
                }
            }
        };
    }
}
