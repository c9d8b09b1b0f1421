package dev.lenet.report;

import dev.lenet.report.chart.Canvas.Anchor;
import dev.lenet.report.chart.Ink;
import dev.lenet.report.chart.LineChart;
import dev.lenet.report.chart.PixelCanvas;
import java.awt.image.BufferedImage;
import org.jspecify.annotations.Nullable;

/** {@code curves.png}: loss and accuracy over the epochs. */
final class CurvesPicture {
    private static final double WIDTH = 480;
    private static final double HEIGHT = 360;
    private static final double MARGIN = 16;
    private static final double HEAD = 28;
    private static final double SIZE = 15;

    private CurvesPicture() {}

    static BufferedImage of(Findings findings) {
        PixelCanvas canvas = new PixelCanvas(2 * WIDTH, HEIGHT);
        @Nullable Course course = findings.course();
        if (course == null) {
            canvas.text(
                    Ink.MUTED,
                    SIZE,
                    Anchor.MIDDLE,
                    WIDTH,
                    HEIGHT / 2,
                    "No curves: this is a model file alone, which has no history.");
            return canvas.picture();
        }
        LineChart loss = Curves.loss(course);
        draw(canvas, loss, loss.vertical().logarithmic() ? "Loss (logarithmic)" : "Loss", 0);
        draw(canvas, Curves.accuracy(course, findings.evaluation().accuracy()), "Accuracy", WIDTH);
        return canvas.picture();
    }

    private static void draw(PixelCanvas canvas, LineChart chart, String title, double left) {
        canvas.text(Ink.TEXT, SIZE, Anchor.START, left + MARGIN, MARGIN + SIZE, title);
        chart.draw(canvas, left, MARGIN + HEAD, WIDTH - MARGIN, HEIGHT - MARGIN - HEAD - 4);
    }
}
