package dev.lenet.app.report;

import dev.lenet.app.chart.Canvas.Anchor;
import dev.lenet.app.chart.Ink;
import dev.lenet.app.chart.Letters;
import dev.lenet.app.chart.PixelCanvas;
import dev.lenet.app.data.ClassNames;
import java.awt.image.BufferedImage;
import java.util.List;

/** {@code results.png}: test images with what the model says of them, mistakes in red with what they are. */
final class ResultsPicture {
    private static final int COLUMNS = 8;
    private static final double SIDE = 84;
    private static final double GAP = 22;
    private static final double CELL_WIDTH = SIDE + GAP;
    private static final double CELL_HEIGHT = SIDE + 52;
    private static final double MARGIN = 20;
    private static final double HEAD = 34;
    private static final double SIZE = 14;

    private ResultsPicture() {}

    static BufferedImage of(Findings findings) {
        Predictions predictions = findings.predictions();
        List<Integer> rows = Examples.choose(predictions, PredictionsSection.SHOWN, PredictionsSection.MISTAKES);
        int down = (rows.size() + COLUMNS - 1) / COLUMNS;
        PixelCanvas canvas =
                new PixelCanvas(2 * MARGIN + COLUMNS * CELL_WIDTH - GAP, 2 * MARGIN + HEAD + down * CELL_HEIGHT - 12);
        canvas.text(
                Ink.MUTED, SIZE, Anchor.START, MARGIN, MARGIN + SIZE, PredictionsSection.caption(predictions, rows));
        for (int i = 0; i < rows.size(); i++) {
            double x = MARGIN + i % COLUMNS * CELL_WIDTH;
            int above = i / COLUMNS;
            double y = MARGIN + HEAD + above * CELL_HEIGHT;
            example(canvas, findings, rows.get(i), x, y);
        }
        return canvas.picture();
    }

    private static void example(PixelCanvas canvas, Findings findings, int row, double x, double y) {
        Predictions predictions = findings.predictions();
        ClassNames names = findings.classNames();
        canvas.picture(Pictures.picture(predictions.images(), row), x, y, SIDE, SIDE);
        Ink ink = predictions.correct(row) ? Ink.TEXT : Ink.WRONG;
        double middle = x + SIDE / 2;
        String says = names.name(predictions.predicted(row));
        String likely = Figures.probability(predictions.confidence(row));
        String line = says + " (" + likely + ")";
        if (Letters.width(line, SIZE) <= CELL_WIDTH - 4) {
            caption(canvas, ink, middle, y + SIDE + 18, line);
        } else {
            caption(canvas, ink, middle, y + SIDE + 18, says);
            likely = predictions.correct(row) ? likely : "";
            caption(canvas, ink, middle, y + SIDE + 36, likely);
        }
        if (!predictions.correct(row)) {
            caption(canvas, ink, middle, y + SIDE + 36, "is " + names.name(predictions.label(row)));
        }
    }

    private static void caption(PixelCanvas canvas, Ink ink, double middle, double baseline, String text) {
        canvas.text(ink, SIZE, Anchor.MIDDLE, middle, baseline, Letters.fitted(text, SIZE, CELL_WIDTH - 4));
    }
}
