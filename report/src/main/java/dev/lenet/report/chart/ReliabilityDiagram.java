package dev.lenet.report.chart;

import dev.lenet.api.inference.Calibration;
import dev.lenet.api.inference.Calibration.Bin;
import dev.lenet.report.chart.Canvas.Anchor;
import dev.lenet.report.chart.Canvas.Stroke;
import java.util.Locale;

/** Accuracy by confidence, with a bar for each bin; the bars of a calibrated model end on the dashed line. */
public final class ReliabilityDiagram extends Chart {
    /** Bins of fewer predictions are drawn pale: what they show is mostly chance. */
    public static final int FEW = 20;

    private static final double WIDTH = 520;
    private static final double HEIGHT = 380;
    private static final double SMALL = 12;
    private static final double LEFT = 54;
    private static final double RIGHT = 26;
    private static final double TOP = 36;
    private static final double BOTTOM = 42;
    private static final int GRID = 5;

    private final Calibration calibration;

    public ReliabilityDiagram(Calibration calibration) {
        this.calibration = calibration;
    }

    @Override
    public double width() {
        return WIDTH;
    }

    @Override
    public double height() {
        return HEIGHT;
    }

    @Override
    public String description() {
        return "Accuracy by confidence";
    }

    @Override
    void draw(Canvas canvas) {
        double w = WIDTH - LEFT - RIGHT;
        double h = HEIGHT - TOP - BOTTOM;
        double bottom = TOP + h;
        canvas.title(8, 16, description());
        for (int i = 0; i <= GRID; i++) {
            double share = (double) i / GRID;
            double x = LEFT + w * share;
            double y = bottom - h * share;
            String label = Math.round(100 * share) + " %";
            canvas.line(ColorRole.GRID, LEFT, y, LEFT + w, y);
            canvas.text(ColorRole.MUTED, SMALL, Anchor.END, LEFT - 8, y + SMALL * 0.36, label);
            canvas.line(ColorRole.MUTED, x, bottom, x, bottom + 4);
            canvas.text(ColorRole.MUTED, SMALL, Anchor.MIDDLE, x, bottom + 18, label);
        }
        for (Bin bin : calibration.bins()) {
            if (bin.count() > 0) {
                canvas.box(
                        ColorRole.FIRST,
                        bin.count() < FEW ? 0.3 : 0.8,
                        LEFT + w * bin.from() + 1,
                        bottom - h * bin.accuracy(),
                        w * (bin.to() - bin.from()) - 2,
                        h * bin.accuracy(),
                        tip(bin));
            }
        }
        canvas.line(ColorRole.MUTED, LEFT, bottom, LEFT + w, bottom);
        canvas.curve(ColorRole.SECOND, Stroke.DASHED, new double[] {LEFT, LEFT + w}, new double[] {bottom, TOP});
        canvas.text(ColorRole.MUTED, SMALL, Anchor.MIDDLE, LEFT + w / 2, bottom + 36, "confidence");
    }

    private static String tip(Bin bin) {
        return String.format(
                Locale.ROOT,
                "%.0f to %.0f %%: %,d images, mean confidence %.2f %%, right %.2f %%",
                100 * bin.from(),
                100 * bin.to(),
                bin.count(),
                100 * bin.confidence(),
                100 * bin.accuracy());
    }
}
