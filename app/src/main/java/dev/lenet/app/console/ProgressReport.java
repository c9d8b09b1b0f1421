package dev.lenet.app.console;

import dev.lenet.api.inference.Evaluation;
import dev.lenet.api.training.EpochReport;
import dev.lenet.app.usecase.TrainingEvents;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A progress bar for whoever watches, and nothing for others. */
abstract class ProgressReport implements TrainingEvents.Watch {
    private final @Nullable ProgressBar bar;

    /** @param prefix what the bar's line begins with */
    ProgressReport(Console console, String prefix) {
        this.bar = console.isInteractive() ? new ProgressBar(console.err(), prefix) : null;
    }

    @Override
    public void started(long step, long totalSteps, int stepsPerEpoch) {
        if (bar != null) {
            bar.start(step, totalSteps, stepsPerEpoch);
        }
    }

    @Override
    public void stepped(long step, int examples, double learningRate) {
        if (bar != null) {
            bar.advance(step, examples, learningRate);
        }
    }

    @Override
    public void lossKnown(long step, float loss) {
        if (bar != null) {
            bar.loss(loss);
        }
    }

    /** Before a line is printed. */
    final void clearBar() {
        if (bar != null) {
            bar.clear();
        }
    }

    /** What goes on in the line of an epoch that was validated; empty if it was not. */
    static String validation(EpochReport report) {
        @Nullable Evaluation validation = report.validation();
        return validation == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        "  validation loss %.4f, accuracy %.2f %%",
                        validation.loss(),
                        100 * validation.accuracy());
    }

    @Override
    public void close() {
        clearBar();
    }
}
