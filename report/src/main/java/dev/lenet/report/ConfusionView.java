package dev.lenet.report;

import dev.lenet.api.data.ClassNames;
import dev.lenet.report.chart.ConfusionMatrix;
import java.util.ArrayList;
import java.util.List;

/**
 * The section on which classes were taken for which.
 *
 * @param classes how many there are
 * @param style classes of CSS of the matrix
 * @param rows one for each true class; none if there are too many for a table
 * @param mistakes the most frequent ones
 */
record ConfusionView(String classWord, int classes, String style, List<Row> rows, List<Mistake> mistakes) {
    /** With more, the table would be unreadable and the page would have megabytes. */
    private static final int MOST_CLASSES = 100;

    /** With more, cells are small, and their numbers with them. */
    private static final int MANY_CLASSES = 16;

    private static final int MOST_MISTAKES = 12;

    /** @param title the whole name, where it may be cut; empty where not */
    record Row(String name, String title, List<Cell> cells) {}

    /**
     * @param right whether the predicted class is the true one
     * @param count empty for none
     * @param strength of the colour, 0 to 1
     */
    record Cell(boolean right, String count, String strength, String title) {}

    record Mistake(String label, String predicted, String count) {}

    static ConfusionView of(ReportData data) {
        int[][] confusion = data.evaluation().confusion();
        ClassNames names = data.classNames();
        ConfusionMatrix matrix = new ConfusionMatrix(data.evaluation(), names);
        boolean turned = names.width() > 3;
        List<Row> rows = new ArrayList<>();
        for (int k = 0; k < confusion.length && confusion.length <= MOST_CLASSES; k++) {
            List<Cell> cells = new ArrayList<>();
            for (int j = 0; j < confusion.length; j++) {
                cells.add(cell(confusion[k][j], k, j, names, matrix));
            }
            rows.add(new Row(names.name(k), turned ? names.name(k) : "", cells));
        }
        String style = "confusion" + (confusion.length > MANY_CLASSES ? " many" : "") + (turned ? " turned" : "");
        List<Mistake> mistakes = matrix.confusions().stream()
                .limit(MOST_MISTAKES)
                .map(each -> new Mistake(
                        names.name(each.label()), names.name(each.predicted()), Numbers.count(each.count())))
                .toList();
        return new ConfusionView(data.classWord(), confusion.length, style, rows, mistakes);
    }

    private static Cell cell(int count, int label, int predicted, ClassNames names, ConfusionMatrix matrix) {
        if (label == predicted) {
            return new Cell(true, Numbers.count(count), "", "");
        }
        if (count == 0) {
            return new Cell(false, "", "", "");
        }
        String title = names.name(label) + " read as " + names.name(predicted) + ": " + Numbers.count(count);
        return new Cell(false, Numbers.count(count), Numbers.decimals(matrix.strength(count), 2), title);
    }
}
