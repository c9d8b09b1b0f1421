package dev.lenet.api.training;

import dev.lenet.api.DivergedException;
import dev.lenet.api.data.Batch;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.data.Prefetch;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainerState;
import dev.lenet.api.inference.Evaluation;
import dev.lenet.api.network.Weights;
import dev.lenet.api.training.Checkpoint.Best;
import dev.lenet.api.training.Checkpoint.Partial;
import dev.lenet.api.training.Checkpoint.Position;
import dev.lenet.api.training.TrainingResult.Ending;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What changes while a run goes on. A step allocates nothing but its batch.
 *
 * <p>The number of steps alone says where the run is: {@code step / stepsPerEpoch} whole epochs, and so many batches of
 * the next one as are left over.
 */
final class TrainingRun {
    private final Engine engine;
    private final Model model;
    private final Trainer trainer;
    private final TrainingSettings settings;
    /** From a batch as it is read to one as it is trained on. */
    private final Lesson lesson;

    private final Dataset training;
    private final Dataset validation;
    private final TrainingListener listener;
    private final @Nullable Consumer<Checkpoint> sink;
    private final BooleanSupplier stop;

    private final int stepsPerEpoch;

    /** Of all epochs, even where a limit ends the run before: schedules go by it. */
    private final long plannedSteps;

    private final long totalSteps;

    private final List<EpochReport> history = new ArrayList<>();
    private @Nullable Best best;

    /** Steps handed to the engine, and steps whose loss is known. */
    private long step;

    private long drained;

    /** Of the running epoch: its order, examples, the sum of their losses so far, and how many the last step saw. */
    private int[] order = new int[0];

    private Dataset examplesOfEpoch;

    private long examples;
    private double lossSum;
    private double seconds;

    /** When the steps began whose time is not among the seconds yet. */
    private long started;

    private int lastSize;

    /** Where a run that diverges is repeated from, to find out where: the start, or what was saved last. */
    private TrainerState good;

    TrainingRun(
            Engine engine,
            Model model,
            Trainer trainer,
            TrainingSettings settings,
            Lesson lesson,
            Dataset training,
            Dataset validation,
            TrainingListener listener,
            @Nullable Consumer<Checkpoint> sink,
            BooleanSupplier stop) {
        this.engine = engine;
        this.model = model;
        this.trainer = trainer;
        this.settings = settings;
        this.lesson = lesson;
        this.training = training;
        this.examplesOfEpoch = training;
        this.validation = validation;
        this.listener = listener;
        this.sink = sink;
        this.stop = stop;
        this.stepsPerEpoch = Position.of(settings, training.size()).stepsPerEpoch();
        this.plannedSteps = (long) settings.epochs() * stepsPerEpoch;
        this.totalSteps = settings.maxSteps() > 0 ? Math.min(plannedSteps, settings.maxSteps()) : plannedSteps;
        this.good = trainer.state();
    }

    void restore(Checkpoint checkpoint) {
        trainer.restore(checkpoint.state());
        good = checkpoint.state();
        step = good.step();
        drained = step;
        history.addAll(checkpoint.history());
        best = checkpoint.best();
        examples = checkpoint.partial().examples();
        lossSum = checkpoint.partial().lossSum();
        seconds = checkpoint.partial().seconds();
    }

    TrainingResult run() {
        listener.started(step, totalSteps, stepsPerEpoch);
        boolean stopped = false;
        while (true) {
            if (step >= totalSteps) {
                return finish(step >= plannedSteps ? Ending.COMPLETED : Ending.MAX_STEPS);
            } else if (patienceIsOver()) {
                return finish(Ending.EARLY_STOPPING);
            } else if (stopped) {
                return new TrainingResult(step, history, Ending.INTERRUPTED, 0);
            }
            stopped = steps();
            if (step % stepsPerEpoch == 0) {
                EpochReport report = report();
                history.add(report);
                compareWithBest(report);
                examples = 0;
                lossSum = 0;
                seconds = 0;
                save();
                listener.epochEnded(report);
            } else {
                save();
            }
        }
    }

    /** To the end of the epoch or of the run, or until asked to stop; tells whether it was asked. */
    private boolean steps() {
        started = System.nanoTime();
        enter((int) (step / stepsPerEpoch) + 1);
        int done = offset(step);
        int[] rest = done == 0 ? order : Arrays.copyOfRange(order, done, order.length);
        boolean stopped = false;
        try (Prefetch batches = new Prefetch(examplesOfEpoch, rest, settings.batchSize(), settings.prefetchThreads())) {
            stopped = steps(batches);
        }
        takeTime();
        return stopped;
    }

    private void takeTime() {
        seconds += (System.nanoTime() - started) * 1e-9;
    }

    private void enter(int epoch) {
        order = settings.order(training.size(), epoch);
        examplesOfEpoch = settings.examples(training, epoch);
    }

    private boolean steps(Prefetch batches) {
        boolean stopped = false;
        do {
            Batch batch = lesson.of(batches.next(), order, offset(step));
            double learningRate = learningRate(step);
            trainer.step(batch, learningRate);
            step++;
            lastSize = batch.size();
            examples += lastSize;
            listener.stepped(step, lastSize, learningRate);
            if (step % settings.reportEvery() == 0) {
                drain();
            }
            stopped = stop.getAsBoolean();
            if (!stopped && checkpointIsDue()) {
                drain();
                takeTime();
                save();
                started = System.nanoTime();
            }
        } while (step % stepsPerEpoch != 0 && step < totalSteps && !stopped);
        drain();
        return stopped;
    }

    /** Inside the epoch; one is saved anyway where it or the run ends. */
    private boolean checkpointIsDue() {
        return settings.checkpointEvery() > 0
                && step % settings.checkpointEvery() == 0
                && step % stepsPerEpoch != 0
                && step < totalSteps;
    }

    /** The batch of that step of the running epoch, counted from 0; the same as was read ahead, to be read again. */
    private Batch batch(long index) {
        int offset = offset(index);
        int size = Math.min(settings.batchSize(), order.length - offset);
        return lesson.of(new Batch(examplesOfEpoch, order, offset, size), order, offset);
    }

    /** Where the batch of that step begins in the order of its epoch. */
    private int offset(long index) {
        return (int) (index % stepsPerEpoch) * settings.batchSize();
    }

    private double learningRate(long index) {
        return settings.learningRate() * settings.schedule().factor(index, plannedSteps);
    }

    /** Every batch since the last drain is full, except perhaps the last one. */
    private void drain() {
        float[] losses = trainer.drainMetrics().losses();
        for (int i = 0; i < losses.length; i++) {
            drained++;
            if (!Float.isFinite(losses[i])) {
                throw diverged("loss", String.valueOf(losses[i]), drained, cause(drained));
            }
            lossSum += (double) losses[i] * (i == losses.length - 1 ? lastSize : settings.batchSize());
            listener.lossKnown(drained, losses[i]);
        }
    }

    /** Of the running epoch, whole or cut short. */
    private EpochReport report() {
        int epoch = history.size() + 1;
        listener.gradients(epoch, () -> {
            // A run may go on from a checkpoint right to its end, without a step of its own.
            enter(epoch);
            return trainer.gradients(batch(step - 1));
        });
        @Nullable Evaluation evaluation = validation.size() == 0 ? null : evaluate();
        if (evaluation != null && !Double.isFinite(evaluation.loss())) {
            @Nullable String cause = FirstNonFinite.in(engine, model, validation);
            throw diverged("validation loss", String.valueOf(evaluation.loss()), step, cause);
        }
        return new EpochReport(epoch, seconds, examples, lossSum / examples, evaluation);
    }

    /** Of the averaged weights if there are any; the trainer goes on from its own. */
    private Evaluation evaluate() {
        if (settings.averageDecay() == 0) {
            return Evaluation.of(model, validation);
        }
        TrainerState state = trainer.state();
        model.load(averaged(state));
        Evaluation evaluation = Evaluation.of(model, validation);
        model.load(state.weights());
        return evaluation;
    }

    private Weights averaged(TrainerState state) {
        return state.averaged(model.network(), settings.spec());
    }

    private void compareWithBest(EpochReport report) {
        @Nullable Evaluation evaluation = report.validation();
        if (settings.earlyStopping().on()
                && evaluation != null
                && (best == null
                        || evaluation.loss()
                                < best.loss() - settings.earlyStopping().minDelta())) {
            best = new Best(report.epoch(), evaluation.loss(), trainer.state());
        }
    }

    private boolean patienceIsOver() {
        return settings.earlyStopping().on()
                && best != null
                && history.size() - best.epoch() >= settings.earlyStopping().patience();
    }

    private void save() {
        TrainerState state = trainer.state();
        @Nullable String cause = FirstNonFinite.in(state.weights());
        if (cause != null) {
            throw diverged("weight", "NaN or infinity", step, cause);
        }
        good = state;
        if (sink != null) {
            sink.accept(new Checkpoint(
                    model.network(),
                    state,
                    Position.of(settings, training.size()),
                    new Partial(examples, lossSum, seconds),
                    history,
                    best));
        }
    }

    private TrainingResult finish(Ending ending) {
        List<EpochReport> reports = new ArrayList<>(history);
        if (examples > 0) {
            EpochReport cutShort = report();
            reports.add(cutShort);
            compareWithBest(cutShort);
            listener.epochEnded(cutShort);
        }
        @Nullable Best chosen = settings.earlyStopping().on() ? best : null;
        if (chosen != null || settings.averageDecay() > 0) {
            model.load(averaged(chosen == null ? trainer.state() : chosen.state()));
        }
        return new TrainingResult(step, reports, ending, chosen == null ? 0 : chosen.epoch());
    }

    /**
     * Where a loss that is not finite comes from. By the time it is known, steps have been made that spread it to every
     * weight; so the run is repeated, without reports, from where it was good last to just before that step.
     *
     * @param bad the step, from 1
     */
    private @Nullable String cause(long bad) {
        trainer.restore(good);
        for (long index = good.step(); index < bad - 1; index++) {
            trainer.step(batch(index), learningRate(index));
        }
        trainer.drainMetrics();
        return FirstNonFinite.in(engine, model, batch(bad - 1));
    }

    private DivergedException diverged(String what, String received, long at, @Nullable String cause) {
        return new DivergedException("Training: expected a finite " + what + ", received " + received + " at step " + at
                + (cause == null ? "" : ", first in " + cause) + ". Lower the learning rate (now "
                + settings.learningRate() + ").");
    }
}
