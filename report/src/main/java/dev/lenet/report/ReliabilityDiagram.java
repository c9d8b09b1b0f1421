package dev.lenet.report;

import dev.lenet.api.inference.Calibration;
import dev.lenet.api.inference.Calibration.Bin;
import dev.lenet.report.chart.Canvas;
import dev.lenet.report.chart.Canvas.Anchor;
import dev.lenet.report.chart.Ink;
import java.util.Locale;

/** Accuracy over confidence, a bar a bin, beside the line on which a calibrated model's bars end. */
record ReliabilityDiagram(Calibration calibration) {
    /** Bins of fewer predictions are drawn pale: what they show is mostly chance. */
    static final int FEW = 20;

    private static final double SMALL = 12;
    private static final double LEFT = 54;
    private static final double RIGHT = 26;
    private static final double TOP = 14;
    private static final double BOTTOM = 42;
    private static final int GRID = 5;

    void draw(Canvas canvas, double left, double top, double width, double height) {
        double x = left + LEFT;
        double y = top + TOP;
        double w = width - LEFT - RIGHT;
        double h = height - TOP - BOTTOM;
        for (int i = 0; i <= GRID; i++) {
            double share = (double) i / GRID;
            String label = Math.round(100 * share) + " %";
            canvas.line(Ink.GRID, x, y + h * (1 - share), x + w, y + h * (1 - share));
            canvas.text(Ink.MUTED, SMALL, Anchor.END, x - 8, y + h * (1 - share) + SMALL * 0.36, label);
            canvas.line(Ink.MUTED, x + w * share, y + h, x + w * share, y + h + 4);
            canvas.text(Ink.MUTED, SMALL, Anchor.MIDDLE, x + w * share, y + h + 18, label);
        }
        for (Bin bin : calibration.bins()) {
            draw(canvas, bin, x, y, w, h);
        }
        canvas.line(Ink.MUTED, x, y + h, x + w, y + h);
        canvas.curve(Ink.SECOND, true, new double[] {x, x + w}, new double[] {y + h, y});
        canvas.text(Ink.MUTED, SMALL, Anchor.MIDDLE, x + w / 2, y + h + 36, "confidence");
    }

    private static void draw(Canvas canvas, Bin bin, double x, double y, double w, double h) {
        if (bin.count() > 0) {
            double barWidth = w * (bin.to() - bin.from()) - 2;
            String tip = String.format(
                    Locale.ROOT,
                    "%.0f to %.0f %%: %,d images, mean confidence %.2f %%, right %.2f %%",
                    100 * bin.from(),
                    100 * bin.to(),
                    bin.count(),
                    100 * bin.confidence(),
                    100 * bin.accuracy());
            canvas.box(
                    Ink.FIRST,
                    bin.count() < FEW ? 0.3 : 0.8,
                    x + w * bin.from() + 1,
                    y + h * (1 - bin.accuracy()),
                    barWidth,
                    h * bin.accuracy(),
                    tip);
        }
    }
}
