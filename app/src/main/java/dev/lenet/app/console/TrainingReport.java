package dev.lenet.app.console;

import dev.lenet.api.inference.Evaluation;
import dev.lenet.api.training.EpochReport;
import dev.lenet.app.storage.RunJson;
import dev.lenet.report.TrainingHistory.Epoch;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells how training goes: a progress bar for whoever watches, a line an epoch for everybody, JSON for programs. */
final class TrainingReport extends ProgressReport {
    private final Console console;
    private final int logEvery;
    private final double guessing;
    private long epochs;
    private int stepsPerEpoch;
    private long step;
    private boolean warned;

    /**
     * @param logEvery steps between two printed losses, 0 for none
     * @param guessing the loss of who guesses; infinite if that depends on what is to be learnt
     */
    TrainingReport(Console console, int logEvery, double guessing) {
        super(console, "");
        this.console = console;
        this.logEvery = logEvery;
        this.guessing = guessing;
    }

    @Override
    public void started(long stepsBefore, long totalSteps, int stepsOfAnEpoch) {
        super.started(stepsBefore, totalSteps, stepsOfAnEpoch);
        step = stepsBefore;
        stepsPerEpoch = stepsOfAnEpoch;
        epochs = (totalSteps - 1) / stepsPerEpoch + 1;
    }

    @Override
    public void stepped(long newStep, int examples, double learningRate) {
        super.stepped(newStep, examples, learningRate);
        step = newStep;
    }

    @Override
    public void lossKnown(long itsStep, float loss) {
        super.lossKnown(itsStep, loss);
        if (logEvery > 0 && itsStep % logEvery == 0) {
            clearBar();
            console.progress("step %6d  loss %.6f", itsStep, loss);
            console.json(Console.event("event", "step", "step", itsStep, "loss", loss));
        }
    }

    @Override
    public void epochEnded(EpochReport report) {
        clearBar();
        console.progress(
                "epoch %2d/%d  loss %.4f%s  %,.0f images/s  %.1f s",
                report.epoch(),
                epochs,
                report.trainingLoss(),
                validation(report),
                report.examplesPerSecond(),
                report.seconds());
        Map<String, Object> event = Console.event("event", "epoch");
        event.putAll(RunJson.tree(Epoch.of(report)).getAsJsonObject().asMap());
        console.json(event);
        warnIfNothingIsLearnt(report);
    }

    /** Once, after a whole epoch: less of one may well have taught nothing yet. */
    private void warnIfNothingIsLearnt(EpochReport report) {
        if (warned || step % stepsPerEpoch != 0) {
            return;
        }
        @Nullable Evaluation validation = report.validation();
        String problem = null;
        if (validation != null && validation.accuracy() <= validation.chance()) {
            problem = String.format(
                    Locale.ROOT,
                    "expected a validation accuracy above %.2f %%, which the most frequent class alone gives, received"
                            + " %.2f %%",
                    100 * validation.chance(),
                    100 * validation.accuracy());
        } else if (validation == null && report.trainingLoss() >= guessing) {
            problem = String.format(
                    Locale.ROOT,
                    "expected a loss below %.4f, which guessing gives, received %.4f",
                    guessing,
                    report.trainingLoss());
        }
        if (problem != null) {
            warned = true;
            console.note("Epoch " + report.epoch() + ": " + problem
                    + ". Nothing was learnt so far: try another learning rate, and check that images and labels belong"
                    + " together.");
        }
    }
}
