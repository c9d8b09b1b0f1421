package dev.lenet.engine.jvm;

import static java.util.Objects.requireNonNull;

import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Lifetime;
import dev.lenet.api.engine.StepMetrics;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainerState;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A training step in two rounds of tasks: gradients of parts of the batch, then the update of parts of the parameters.
 * Where gradients are clipped there is a round between them, which finds out how long the whole gradient is.
 *
 * <p>A network that normalises batches goes through them in {@link BlockRounds}; all others as follows.
 *
 * <p>The batch is cut into blocks, see {@link BatchCut}, and the blocks into at most {@link #MOST_PARTS} parts, each with
 * gradients of its own. Both cuts depend on the batch alone, and the parts are added in order: the result is the same to
 * the last bit for any number of threads.
 */
final class NativeTrainer implements Trainer {
    /** Bounds the memory for gradients, and how many threads a step can use. */
    private static final int MOST_PARTS = 16;

    /** How many parts are kept for the update, see {@link #isKept}. */
    private static final int MOST_KEPT = 2;

    /** Bounds the memory for plans: so many images may their blocks have together, for each worker. */
    private static final int MOST_LANES = 4 * Activation.LANES;

    private final NativeEngine engine;
    private final Kernels kernels;
    private final NativeModel model;
    private final Lifetime lifetime;
    private final TrainingSpec spec;
    /** Of each worker, or of each part that is kept for the update, by the size of a block. */
    private final List<@Nullable Plan[]> plans = new ArrayList<>();

    /** The plans of the current step's parts, if the update needs them. */
    private final List<Plan> kept = new ArrayList<>();

    private final List<LossFunction> lossFunctions = new ArrayList<>();
    private final List<NetworkParameters> partGradients = new ArrayList<>();
    private final double[] partLosses = new double[MOST_PARTS];
    private final ParameterUpdate update;

    /** For a network that looks at a batch as a whole; otherwise null. */
    private final @Nullable BlockRounds rounds;

    private final Workers.Task gradientTask = this::gradientsOfPart;
    private final Workers.Task sumTask = this::sumPart;
    private final Workers.Task updateTask = this::updatePart;

    private long step;
    private float[] losses = new float[1024];
    private int lossCount;

    /** What the tasks of the current step work on. */
    private @Nullable Batch current;

    private int parts;

    NativeTrainer(NativeEngine engine, NativeModel model, TrainingSpec spec) {
        this.engine = engine;
        this.model = model;
        this.lifetime = new Lifetime("Trainer", model.lifetime());
        this.spec = spec;
        this.kernels = engine.kernels().forTraining();
        int mostParts = partsOf(BatchCut.blocks(spec.batchSize()));
        boolean wholeBatches = !model.network().isAllTrainable();
        int owners = wholeBatches ? BatchCut.blocks(spec.batchSize()) : Math.max(engine.threads(), MOST_KEPT);
        for (int i = 0; i < owners; i++) {
            plans.add(new Plan[Activation.LANES + 1]);
        }
        for (int i = 0; i < engine.threads(); i++) {
            lossFunctions.add(
                    LossFunction.of(spec.loss(), model.network().output().size()));
        }
        for (int i = 0; i < mostParts; i++) {
            partGradients.add(new NetworkParameters(model.network()));
        }
        this.rounds =
                wholeBatches ? new BlockRounds(engine, this::planOf, lossFunctions, partGradients, partLosses) : null;
        if (!wholeBatches) {
            compilePlans(spec.batchSize());
        }
        this.update = new ParameterUpdate(kernels, model, spec, partGradients, engine.threads());
    }

    /** Makes the plans for full batches at once, so that the first step does not wait for them. */
    private void compilePlans(int images) {
        for (int block = 0; block < BatchCut.blocks(images); block++) {
            int size = BatchCut.size(images, block);
            if (isKept(images)) {
                planOf(block, size);
            }
            for (int worker = 0; worker < engine.threads() && !isKept(images); worker++) {
                planOf(worker, size);
            }
        }
    }

    /** Compiled when a size is met for the first time. */
    private Plan planOf(int owner, int lanes) {
        @Nullable Plan[] own = plans.get(owner);
        Plan plan = own[lanes];
        if (plan == null) {
            plan = new Plan(
                    kernels, model.network().layers(), model.parameters(), Plan.Purpose.training(spec.seed()), lanes);
            own[lanes] = plan;
        }
        return plan;
    }

    /** Where batches had many sizes, keeps the plans for full ones and for those of the present one alone. */
    private void forgetPlans(int images) {
        for (@Nullable Plan[] own : plans) {
            int kept = 0;
            for (int lanes = 1; lanes < own.length; lanes++) {
                kept += own[lanes] == null ? 0 : lanes;
            }
            for (int lanes = 1; lanes < own.length && kept > MOST_LANES; lanes++) {
                if (!BatchCut.contains(spec.batchSize(), lanes) && !BatchCut.contains(images, lanes)) {
                    own[lanes] = null;
                }
            }
        }
    }

    private static int partsOf(int blocks) {
        return Math.min(blocks, MOST_PARTS);
    }

    @Override
    public void step(Batch batch, double learningRate) {
        spec.check(model.network(), batch);
        lifetime.enter();
        try {
            stepOpen(batch, learningRate);
        } finally {
            lifetime.exit();
        }
    }

    private void stepOpen(Batch batch, double learningRate) {
        computeGradients(batch);
        update.prepare(step + 1, learningRate);
        if (update.clips()) {
            engine.run(update.tasks(), sumTask);
            update.clip();
        }
        engine.run(update.tasks(), updateTask);
        if (rounds != null) {
            rounds.keep();
        }
        step++;
        if (lossCount == losses.length) {
            losses = Arrays.copyOf(losses, 2 * losses.length);
        }
        losses[lossCount++] = meanLoss(batch.size());
    }

    private void sumPart(int index, int worker) {
        update.sum(index);
    }

    private void updatePart(int index, int worker) {
        update.run(index, worker);
    }

    /** Fills the gradients and losses of the parts. */
    private void computeGradients(Batch batch) {
        current = batch;
        parts = partsOf(BatchCut.blocks(batch.size()));
        if (batch.size() != spec.batchSize()) {
            forgetPlans(batch.size());
        }
        kept.clear();
        if (rounds != null) {
            rounds.run(batch, parts, step);
            update.take(parts, kept, false);
            current = null;
            return;
        }
        for (int part = 0; part < parts && isKept(batch.size()); part++) {
            kept.add(planOf(part, BatchCut.size(batch.size(), part)));
        }
        engine.run(parts, gradientTask);
        update.take(parts, kept, parts == 1 && !kept.isEmpty());
        current = null;
    }

    /**
     * Whether each part is one block, and small: its plan then keeps what the gradients of fully connected layers are made
     * of, and the update computes them row by row, on all threads: most parameters, of which nothing has to be cleared, written
     * and added up. Of a batch of one image, which one thread goes through, the update also goes backward through the
     * convolutions, so that another thread can begin with the fully connected layers.
     */
    private static boolean isKept(int images) {
        return images < MOST_KEPT * Activation.LANES;
    }

    private void gradientsOfPart(int part, int worker) {
        Batch batch = current;
        if (batch == null) {
            throw new IllegalStateException("no batch");
        }
        LossFunction loss = lossFunctions.get(worker);
        NetworkParameters gradients = partGradients.get(part);
        boolean keep = !kept.isEmpty();
        if (keep) {
            gradients.clearWithoutWeights();
        } else {
            gradients.clear();
        }
        int blocks = BatchCut.blocks(batch.size());
        double sum = 0;
        for (int block = part * blocks / parts; block < (part + 1) * blocks / parts; block++) {
            int first = BatchCut.first(batch.size(), block);
            int images = BatchCut.size(batch.size(), block);
            Plan plan = keep ? kept.get(part) : planOf(worker, images);
            for (int n = 0; n < images; n++) {
                plan.load(batch, n, first + n);
            }
            plan.forward(step, first);
            sum += loss.gradients(plan.output(), batch, first);
            if (keep) {
                plan.backwardToConvolutions(gradients);
                if (parts > 1) {
                    plan.backwardFromConvolutions(gradients);
                }
            } else {
                plan.backward(gradients);
            }
        }
        partLosses[part] = sum;
    }

    private float meanLoss(int images) {
        double sum = 0;
        for (int part = 0; part < parts; part++) {
            sum += partLosses[part];
        }
        return (float) (sum / images);
    }

    @Override
    public StepMetrics drainMetrics() {
        return lifetime.use(() -> {
            StepMetrics metrics = new StepMetrics(Arrays.copyOf(losses, lossCount));
            lossCount = 0;
            return metrics;
        });
    }

    @Override
    public Weights gradients(Batch batch) {
        spec.check(model.network(), batch);
        return lifetime.use(() -> {
            computeGradients(batch);
            return update.sumOfParts().toWeights();
        });
    }

    @Override
    public TrainerState state() {
        return lifetime.use(() -> {
            Map<String, Weights> slots = new LinkedHashMap<>();
            update.slots().forEach((name, slot) -> slots.put(name, slot.toWeights()));
            return new TrainerState(step, model.weights(), slots);
        });
    }

    @Override
    public void restore(TrainerState state) {
        state.check(model.network(), spec);
        lifetime.use(() -> {
            model.parameters().set(state.weights());
            // check() has made sure that every slot is there.
            update.slots()
                    .forEach((name, slot) ->
                            slot.set(requireNonNull(state.slots().get(name))));
            step = state.step();
            lossCount = 0;
            return step;
        });
    }

    @Override
    public void close() {
        lifetime.close(() -> {});
    }
}
