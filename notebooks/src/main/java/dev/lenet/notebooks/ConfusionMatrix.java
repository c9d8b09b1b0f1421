package dev.lenet.notebooks;

import dev.lenet.api.inference.Evaluation;
import dev.lenet.notebooks.Canvas.Align;
import java.awt.Color;
import java.util.Locale;

/** Which class was taken for which: a row for each true class, a column for each predicted one. */
public final class ConfusionMatrix {
    private static final int CELL = 38;
    private static final int LEFT = 64;
    private static final int TOP = 48;
    private static final int RIGHT = 70;

    private final Evaluation evaluation;

    public ConfusionMatrix(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    public Picture picture() {
        int[][] counts = evaluation.confusion();
        int classes = counts.length;
        int most = mostConfused(counts);
        double right = LEFT + classes * CELL;
        Canvas canvas = new Canvas((int) right + RIGHT, TOP + classes * CELL + 12);
        canvas.text("predicted", Canvas.BOLD, Palette.INK, Align.CENTRE, LEFT + classes * CELL / 2.0, 16);
        canvas.text("true", Canvas.BOLD, Palette.INK, Align.LEFT, 8, TOP + classes * CELL / 2.0 + 4);
        canvas.text("found", Canvas.BOLD, Palette.INK, Align.RIGHT, right + RIGHT - 8, 38);
        for (int k = 0; k < classes; k++) {
            double middle = CELL * k + CELL / 2.0;
            canvas.text(String.valueOf(k), Canvas.PLAIN, Palette.GREY, Align.CENTRE, LEFT + middle, 38);
            canvas.text(String.valueOf(k), Canvas.PLAIN, Palette.GREY, Align.RIGHT, LEFT - 10, TOP + middle + 4);
            String found = String.format(Locale.ROOT, "%.1f %%", 100 * evaluation.recall(k));
            canvas.text(found, Canvas.PLAIN, Palette.GREY, Align.RIGHT, right + RIGHT - 8, TOP + middle + 4);
            for (int predicted = 0; predicted < classes; predicted++) {
                cell(canvas, counts[k][predicted], predicted == k, most, LEFT + CELL * predicted, TOP + CELL * k);
            }
        }
        return canvas.picture("Confusion matrix of " + evaluation.count() + " images");
    }

    private static void cell(Canvas canvas, int count, boolean correct, int most, double x, double y) {
        double share = correct ? 0.22 : count == 0 ? 0 : 0.15 + 0.75 * count / most;
        Color colour = Palette.mix(Palette.TILE, correct ? Palette.BLUE : Palette.ORANGE, share);
        canvas.fill(colour, x + 1, y + 1, CELL - 2, CELL - 2);
        if (count > 0) {
            Color ink = share > 0.6 ? Palette.PAPER : Palette.INK;
            String text = String.format(Locale.ROOT, "%,d", count);
            canvas.text(text, Canvas.PLAIN, ink, Align.CENTRE, x + CELL / 2.0, y + CELL / 2.0 + 4);
        }
    }

    /** The largest count off the diagonal, at least 1. */
    private static int mostConfused(int[][] counts) {
        int most = 1;
        for (int k = 0; k < counts.length; k++) {
            for (int predicted = 0; predicted < counts.length; predicted++) {
                if (predicted != k) {
                    most = Math.max(most, counts[k][predicted]);
                }
            }
        }
        return most;
    }
}
