package dev.lenet.report;

import dev.lenet.api.data.ClassNames;
import dev.lenet.api.inference.Predictions;
import dev.lenet.report.chart.Canvas.Anchor;
import dev.lenet.report.chart.Ink;
import dev.lenet.report.chart.Letters;
import dev.lenet.report.chart.PixelCanvas;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** {@code results.png}: test images with what the model says of them, mistakes in red with what they are. */
final class ResultsPicture {
    private static final int COLUMNS = 8;
    private static final double SIDE = 84;
    private static final double GAP = 22;
    private static final double CELL_WIDTH = SIDE + GAP;
    private static final double LINE = 18;
    private static final double MARGIN = 20;
    private static final double HEAD = 34;
    private static final double SIZE = 14;

    private final PixelCanvas canvas;
    private final Predictions predictions;
    private final ClassNames names;
    private final List<Integer> rows;

    /** Whether the class and its probability have a line each, because one is too short for some of the names. */
    private final boolean apart;

    private final double cellHeight;

    private ResultsPicture(Findings findings) {
        predictions = findings.predictions();
        names = findings.classNames();
        rows = Examples.choose(predictions, PredictionsSection.SHOWN, PredictionsSection.MISTAKES);
        apart = rows.stream().anyMatch(row -> Letters.width(together(row), SIZE) > CELL_WIDTH - 4);
        cellHeight = SIDE + (apart ? 3 : 2) * LINE + 16;
        int down = (rows.size() + COLUMNS - 1) / COLUMNS;
        canvas = new PixelCanvas(2 * MARGIN + COLUMNS * CELL_WIDTH - GAP, 2 * MARGIN + HEAD + down * cellHeight - 12);
    }

    static BufferedImage of(Findings findings) {
        ResultsPicture picture = new ResultsPicture(findings);
        picture.draw();
        return picture.canvas.picture();
    }

    private void draw() {
        String caption = PredictionsSection.caption(predictions, rows);
        canvas.text(Ink.MUTED, SIZE, Anchor.START, MARGIN, MARGIN + SIZE, caption);
        for (int i = 0; i < rows.size(); i++) {
            int above = i / COLUMNS;
            example(rows.get(i), MARGIN + i % COLUMNS * CELL_WIDTH, MARGIN + HEAD + above * cellHeight);
        }
    }

    private void example(int row, double x, double y) {
        canvas.picture(Pictures.picture(predictions.images(), row), x, y, SIDE, SIDE);
        List<String> lines = new ArrayList<>();
        if (apart) {
            lines.add(names.name(predictions.predicted(row)));
            lines.add(Figures.probability(predictions.confidence(row)));
        } else {
            lines.add(together(row));
        }
        if (!predictions.correct(row)) {
            lines.add("is " + names.name(predictions.label(row)));
        }
        Ink ink = predictions.correct(row) ? Ink.TEXT : Ink.WRONG;
        double baseline = y + SIDE;
        for (String line : lines) {
            baseline += LINE;
            String fitted = Letters.fitted(line, SIZE, CELL_WIDTH - 4);
            canvas.text(ink, SIZE, Anchor.MIDDLE, x + SIDE / 2, baseline, fitted);
        }
    }

    private String together(int row) {
        return names.name(predictions.predicted(row)) + " (" + Figures.probability(predictions.confidence(row)) + ")";
    }
}
