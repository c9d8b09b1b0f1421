package dev.lenet.app.console;

import java.io.PrintStream;
import java.util.Locale;

/**
 * One line on a terminal that redraws itself: how far the run is, the loss, the learning rate, images a second, and the
 * time it still takes.
 *
 * <p>It needs nothing of the terminal but the carriage return and "erase to the end of the line".
 */
final class ProgressBar {
    private static final String ERASE_LINE = "\r\u001b[K";
    private static final int WIDTH = 30;
    private static final long REDRAW_NANOS = 100_000_000;

    /** Weight of the newest loss in the shown one: about the last hundred steps count. */
    private static final double NEWEST = 0.02;

    private final PrintStream terminal;
    private final String prefix;
    private long started;
    private long drawn;
    private long firstStep;
    private long totalSteps;
    private int stepsPerEpoch;
    private long examples;
    private double loss = Double.NaN;

    /** @param prefix what each line begins with */
    ProgressBar(PrintStream terminal, String prefix) {
        this.terminal = terminal;
        this.prefix = prefix;
    }

    /** @param step how many steps were made before, at another time */
    void start(long step, long newTotalSteps, int newStepsPerEpoch) {
        firstStep = step;
        totalSteps = newTotalSteps;
        stepsPerEpoch = newStepsPerEpoch;
        started = System.nanoTime();
        drawn = started;
    }

    void loss(float newest) {
        loss = Double.isNaN(loss) ? newest : loss + NEWEST * (newest - loss);
    }

    void advance(long step, int newExamples, double learningRate) {
        examples += newExamples;
        long now = System.nanoTime();
        if (now - drawn >= REDRAW_NANOS) {
            drawn = now;
            terminal.print(ERASE_LINE + line(step, learningRate, (now - started) * 1e-9));
            terminal.flush();
        }
    }

    void clear() {
        terminal.print(ERASE_LINE);
        terminal.flush();
    }

    /** What is shown after that many steps in that many seconds. */
    String line(long step, double learningRate, double seconds) {
        int filled = (int) (WIDTH * step / totalSteps);
        long secondsLeft = Math.round(seconds / (step - firstStep) * (totalSteps - step));
        return String.format(
                Locale.ROOT,
                "%sepoch %d/%d [%s%s] %3d %%  loss %s  rate %.3g  %,.0f images/s  %d:%02d left",
                prefix,
                (step - 1) / stepsPerEpoch + 1,
                (totalSteps - 1) / stepsPerEpoch + 1,
                "=".repeat(filled),
                " ".repeat(WIDTH - filled),
                100 * step / totalSteps,
                Double.isNaN(loss) ? "-" : String.format(Locale.ROOT, "%.4f", loss),
                learningRate,
                examples / seconds,
                secondsLeft / 60,
                secondsLeft % 60);
    }
}
