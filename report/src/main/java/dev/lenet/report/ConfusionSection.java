package dev.lenet.report;

import dev.lenet.api.data.ClassNames;
import dev.lenet.report.chart.ConfusionMatrix;
import dev.lenet.report.chart.ConfusionMatrix.Confusion;
import java.util.List;
import java.util.Locale;

/** Which classes were taken for which. */
final class ConfusionSection implements Section {
    /** With more, a table would be a carpet, and a page of megabytes. */
    private static final int MOST_CLASSES = 100;

    /** From here on cells are small, and their numbers with them. */
    private static final int MANY_CLASSES = 16;

    private static final int MOST_PAIRS = 12;

    @Override
    public String id() {
        return "confusion";
    }

    @Override
    public String heading() {
        return "Confusion";
    }

    @Override
    public void write(Html html, ReportData data) {
        int[][] confusion = data.evaluation().confusion();
        ClassNames names = data.classNames();
        ConfusionMatrix matrix = new ConfusionMatrix(data.evaluation(), names);
        List<Confusion> pairs = matrix.confusions();
        if (confusion.length <= MOST_CLASSES) {
            html.open("p", "class", "note")
                    .text(
                            "Rows are the true %s, columns the predicted one. Colour shows mistakes alone, on a logarithmic"
                                    + " scale, so that single ones are seen.",
                            data.classWord())
                    .close();
        } else {
            html.open("p", "class", "note")
                    .text("A matrix of %d classes is left out; these are the most frequent mistakes.", confusion.length)
                    .close();
        }
        html.open("div", "class", "confusions");
        if (confusion.length <= MOST_CLASSES) {
            table(html, confusion, names, matrix);
        }
        mostFrequent(html, pairs, names);
        html.close();
    }

    private static void mostFrequent(Html html, List<Confusion> pairs, ClassNames names) {
        html.open("div");
        html.leaf("h3", pairs.isEmpty() ? "There is no mistake" : "Most frequent");
        html.open("ul", "class", "pairs");
        for (Confusion pair : pairs.subList(0, Math.min(MOST_PAIRS, pairs.size()))) {
            html.open("li")
                    .leaf("b", names.name(pair.label()))
                    .text(" read as ")
                    .leaf("b", names.name(pair.predicted()), "class", "wrong")
                    .leaf("span", "× " + Numbers.count(pair.count()), "class", "count")
                    .close();
        }
        html.close().close();
    }

    private static void table(Html html, int[][] confusion, ClassNames names, ConfusionMatrix matrix) {
        boolean many = confusion.length > MANY_CLASSES;
        boolean turned = names.width() > 3;
        html.open("div", "class", "scroll");
        html.open("table", "class", "confusion" + (many ? " many" : "") + (turned ? " turned" : ""));
        html.open("thead").open("tr").leaf("td", "");
        for (int k = 0; k < confusion.length; k++) {
            html.open("th", "scope", "col").leaf("span", names.name(k)).close();
        }
        html.close().close().open("tbody");
        for (int k = 0; k < confusion.length; k++) {
            html.open("tr").leaf("th", names.name(k), "scope", "row", "title", turned ? names.name(k) : "");
            for (int j = 0; j < confusion.length; j++) {
                cell(html, confusion[k][j], k, j, names, matrix);
            }
            html.close();
        }
        html.close().close().close();
    }

    private static void cell(Html html, int count, int label, int predicted, ClassNames names, ConfusionMatrix matrix) {
        if (label == predicted) {
            html.leaf("td", Numbers.count(count), "class", "right");
        } else if (count == 0) {
            html.leaf("td", "");
        } else {
            html.leaf(
                    "td",
                    Numbers.count(count),
                    "style",
                    String.format(Locale.ROOT, "--a:%.2f", matrix.strength(count)),
                    "title",
                    names.name(label) + " read as " + names.name(predicted) + ": " + Numbers.count(count));
        }
    }
}
