package dev.lenet.report.chart;

import dev.lenet.api.data.ClassNames;
import dev.lenet.api.inference.Evaluation;
import dev.lenet.report.chart.Canvas.Anchor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which class was taken for which: a row for each true class, a column for each predicted one. Right answers are grey; mistakes are
 * red on a logarithmic scale, so that single ones are seen.
 */
public final class ConfusionMatrix extends Chart {
    private static final double LARGEST_CELL = 52;
    private static final double SMALLEST_CELL = 8;

    /** What the cells together should take. */
    private static final double SIDE = 900;

    private static final double LONGEST_NAME = 120;
    private static final double MARGIN = 20;
    private static final double HEAD = 26;

    private final int count;
    private final int[][] confusion;
    private final ClassNames names;
    private final List<Confusion> confusions;
    private final double cell;
    private final double size;
    private final double left;
    private final double top;
    private final boolean turned;

    /**
     * Two classes that were confused, in one direction.
     *
     * @param label the true class
     * @param count of examples of {@code label} that were read as {@code predicted}
     */
    public record Confusion(int label, int predicted, int count) {}

    /** With the names {@code 0, 1, ...}. */
    public ConfusionMatrix(Evaluation evaluation) {
        this(evaluation, ClassNames.numbered(evaluation.confusion().length, 0));
    }

    /** @param names as many as the evaluation has classes */
    public ConfusionMatrix(Evaluation evaluation, ClassNames names) {
        this.count = evaluation.count();
        this.confusion = evaluation.confusion();
        this.names = names;
        this.confusions = confusions(confusion);
        if (names.count() != confusion.length) {
            throw new IllegalArgumentException("ConfusionMatrix: expected names of " + confusion.length
                    + " classes, received " + names.count() + ". Give a name for each class.");
        }
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
    }

    private static List<Confusion> confusions(int[][] confusion) {
        List<Confusion> confusions = new ArrayList<>();
        for (int k = 0; k < confusion.length; k++) {
            for (int j = 0; j < confusion.length; j++) {
                if (k != j && confusion[k][j] > 0) {
                    confusions.add(new Confusion(k, j, confusion[k][j]));
                }
            }
        }
        confusions.sort(Comparator.comparingInt(Confusion::count).reversed());
        return List.copyOf(confusions);
    }

    /** All confusions that occurred, the most frequent first. */
    public List<Confusion> confusions() {
        return confusions;
    }

    /** How strongly a number of mistakes is coloured: from 0.15 for one to 0.85 for the most of any cell. */
    public double strength(int mistakes) {
        int most = confusions.isEmpty() ? 1 : confusions.get(0).count();
        return most <= 1 ? 0.5 : 0.15 + 0.7 * Math.log(mistakes) / Math.log(most);
    }

    @Override
    public double width() {
        return left + confusion.length * cell + MARGIN;
    }

    @Override
    public double height() {
        return top + confusion.length * cell + MARGIN;
    }

    @Override
    public String description() {
        return "Confusion matrix of " + count + " images";
    }

    @Override
    void draw(Canvas canvas) {
        double middle = confusion.length * cell / 2;
        String rows = "true class";
        canvas.text(ColorRole.MUTED, 14, Anchor.MIDDLE, left + middle, MARGIN + 12, "predicted class");
        canvas.upwards(ColorRole.MUTED, 14, MARGIN + 12, top + middle + Letters.width(rows, 14) / 2, rows);
        for (int k = 0; k < confusion.length; k++) {
            String name = Letters.fitted(names.name(k), size, LONGEST_NAME);
            double at = (k + 0.5) * cell;
            canvas.text(ColorRole.TEXT, size, Anchor.END, left - 8, top + at + size * 0.36, name);
            if (turned) {
                canvas.upwards(ColorRole.TEXT, size, left + at + size * 0.36, top - 8, name);
            } else {
                canvas.text(ColorRole.TEXT, size, Anchor.MIDDLE, left + at, top - 8, name);
            }
            for (int j = 0; j < confusion.length; j++) {
                cell(canvas, k, j);
            }
        }
    }

    private void cell(Canvas canvas, int label, int predicted) {
        int here = confusion[label][predicted];
        double x = left + predicted * cell;
        double y = top + label * cell;
        double side = cell - (cell > 20 ? 1 : 0.5);
        if (label == predicted) {
            canvas.box(ColorRole.MUTED, 0.14, x, y, side, side, "");
        } else if (here == 0) {
            canvas.box(ColorRole.GRID, 0.35, x, y, side, side, "");
        } else {
            String tip = names.name(label) + " read as " + names.name(predicted) + ": " + here;
            canvas.box(ColorRole.WRONG, strength(here), x, y, side, side, tip);
        }
        String text = String.valueOf(here);
        double digits = Math.min(size, (cell - 4) / Math.max(1, text.length()) * 1.6);
        if (here > 0 && digits >= 6) {
            ColorRole color = label == predicted ? ColorRole.MUTED : ColorRole.TEXT;
            canvas.text(color, digits, Anchor.MIDDLE, x + side / 2, y + cell / 2 + digits * 0.36, text);
        }
    }
}
