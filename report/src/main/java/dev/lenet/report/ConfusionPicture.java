package dev.lenet.report;

import dev.lenet.api.data.ClassNames;
import dev.lenet.report.ConfusionSection.Pair;
import dev.lenet.report.chart.Canvas.Anchor;
import dev.lenet.report.chart.Ink;
import dev.lenet.report.chart.Letters;
import dev.lenet.report.chart.PixelCanvas;
import java.awt.image.BufferedImage;
import java.util.List;

/** {@code confusion.png}: which classes were taken for which; the right ones are grey, so that mistakes are seen. */
final class ConfusionPicture {
    private static final double LARGEST_CELL = 52;
    private static final double SMALLEST_CELL = 8;

    /** What the cells together should take. */
    private static final double SIDE = 900;

    private static final double LONGEST_NAME = 120;
    private static final double MARGIN = 20;
    private static final double HEAD = 26;

    private final PixelCanvas canvas;
    private final int[][] confusion;
    private final ClassNames names;
    private final int most;
    private final double cell;
    private final double size;
    private final double left;
    private final double top;
    private final boolean turned;

    private ConfusionPicture(Findings findings) {
        confusion = findings.evaluation().confusion();
        names = findings.classNames();
        List<Pair> pairs = ConfusionSection.pairs(confusion);
        most = pairs.isEmpty() ? 1 : pairs.get(0).count();
        cell = Math.max(SMALLEST_CELL, Math.min(LARGEST_CELL, Math.floor(SIDE / confusion.length)));
        size = Math.max(7, Math.min(14, cell * 0.5));
        double longest = 0;
        for (String name : names.names()) {
            longest = Math.max(longest, Letters.width(name, size));
        }
        longest = Math.min(longest, LONGEST_NAME);
        turned = longest > cell - 4;
        left = MARGIN + 22 + longest + 8;
        top = MARGIN + HEAD + (turned ? longest : size) + 8;
        canvas = new PixelCanvas(left + confusion.length * cell + MARGIN, top + confusion.length * cell + MARGIN);
    }

    static BufferedImage of(Findings findings) {
        ConfusionPicture picture = new ConfusionPicture(findings);
        picture.labels(findings.classWord());
        for (int k = 0; k < picture.confusion.length; k++) {
            for (int j = 0; j < picture.confusion.length; j++) {
                picture.cell(k, j);
            }
        }
        return picture.canvas.picture();
    }

    private void labels(String word) {
        double middle = confusion.length * cell / 2;
        canvas.text(Ink.MUTED, 14, Anchor.MIDDLE, left + middle, MARGIN + 12, "predicted " + word);
        String rows = "true " + word;
        canvas.upwards(Ink.MUTED, 14, MARGIN + 12, top + middle + Letters.width(rows, 14) / 2, rows);
        for (int k = 0; k < confusion.length; k++) {
            String name = Letters.fitted(names.name(k), size, LONGEST_NAME);
            double at = (k + 0.5) * cell;
            canvas.text(Ink.TEXT, size, Anchor.END, left - 8, top + at + size * 0.36, name);
            if (turned) {
                canvas.upwards(Ink.TEXT, size, left + at + size * 0.36, top - 8, name);
            } else {
                canvas.text(Ink.TEXT, size, Anchor.MIDDLE, left + at, top - 8, name);
            }
        }
    }

    private void cell(int label, int predicted) {
        int count = confusion[label][predicted];
        double x = left + predicted * cell;
        double y = top + label * cell;
        double gap = cell > 20 ? 1 : 0.5;
        if (label == predicted) {
            canvas.box(Ink.MUTED, 0.14, x, y, cell - gap, cell - gap, "");
        } else if (count == 0) {
            canvas.box(Ink.GRID, 0.35, x, y, cell - gap, cell - gap, "");
        } else {
            canvas.box(Ink.WRONG, ConfusionSection.strength(count, most), x, y, cell - gap, cell - gap, "");
        }
        String text = String.valueOf(count);
        double digits = Math.min(size, (cell - 4) / Math.max(1, text.length()) * 1.6);
        if (count > 0 && digits >= 6) {
            Ink ink = label == predicted ? Ink.MUTED : Ink.TEXT;
            canvas.text(ink, digits, Anchor.MIDDLE, x + (cell - gap) / 2, y + cell / 2 + digits * 0.36, text);
        }
    }
}
