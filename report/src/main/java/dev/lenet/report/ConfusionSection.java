package dev.lenet.report;

import dev.lenet.api.data.ClassNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Which classes were taken for which. */
final class ConfusionSection implements Section {
    /** With more, a table would be a carpet, and a page of megabytes. */
    private static final int MOST_CLASSES = 100;

    /** From here on cells are small, and their numbers with them. */
    private static final int MANY_CLASSES = 16;

    private static final int MOST_PAIRS = 12;

    /** A pair of classes that were confused, in one direction. */
    record Pair(int label, int predicted, int count) {}

    @Override
    public String id() {
        return "confusion";
    }

    @Override
    public String heading() {
        return "Confusion";
    }

    @Override
    public void write(Html html, Findings findings) {
        int[][] confusion = findings.evaluation().confusion();
        ClassNames names = findings.classNames();
        List<Pair> pairs = pairs(confusion);
        if (confusion.length <= MOST_CLASSES) {
            html.open("p", "class", "note")
                    .text(
                            "Rows are the true %s, columns the predicted one. Colour shows mistakes alone, on a logarithmic"
                                    + " scale, so that single ones are seen.",
                            findings.classWord())
                    .close();
        } else {
            html.open("p", "class", "note")
                    .text("A matrix of %d classes is left out; these are the most frequent mistakes.", confusion.length)
                    .close();
        }
        html.open("div", "class", "confusions");
        if (confusion.length <= MOST_CLASSES) {
            table(html, confusion, names, pairs.isEmpty() ? 1 : pairs.get(0).count());
        }
        mostFrequent(html, pairs, names);
        html.close();
    }

    private static void mostFrequent(Html html, List<Pair> pairs, ClassNames names) {
        html.open("div");
        html.leaf("h3", pairs.isEmpty() ? "There is no mistake" : "Most frequent");
        html.open("ul", "class", "pairs");
        for (Pair pair : pairs.subList(0, Math.min(MOST_PAIRS, pairs.size()))) {
            html.open("li")
                    .leaf("b", names.name(pair.label()))
                    .text(" read as ")
                    .leaf("b", names.name(pair.predicted()), "class", "wrong")
                    .leaf("span", "× " + Figures.count(pair.count()), "class", "count")
                    .close();
        }
        html.close().close();
    }

    private static void table(Html html, int[][] confusion, ClassNames names, int most) {
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
                cell(html, confusion[k][j], k, j, names, most);
            }
            html.close();
        }
        html.close().close().close();
    }

    private static void cell(Html html, int count, int label, int predicted, ClassNames names, int most) {
        if (label == predicted) {
            html.leaf("td", Figures.count(count), "class", "right");
        } else if (count == 0) {
            html.leaf("td", "");
        } else {
            html.leaf(
                    "td",
                    Figures.count(count),
                    "style",
                    String.format(Locale.ROOT, "--a:%.2f", strength(count, most)),
                    "title",
                    names.name(label) + " read as " + names.name(predicted) + ": " + Figures.count(count));
        }
    }

    /**
     * How strongly a cell is coloured.
     *
     * @param most mistakes of any cell
     * @return from 0.15 for one to 0.85 for the most, so that the number on it can be read
     */
    static double strength(int count, int most) {
        return most <= 1 ? 0.5 : 0.15 + 0.7 * Math.log(count) / Math.log(most);
    }

    /** All that occurred, the most frequent first. */
    static List<Pair> pairs(int[][] confusion) {
        List<Pair> pairs = new ArrayList<>();
        for (int k = 0; k < confusion.length; k++) {
            for (int j = 0; j < confusion.length; j++) {
                if (k != j && confusion[k][j] > 0) {
                    pairs.add(new Pair(k, j, confusion[k][j]));
                }
            }
        }
        pairs.sort(Comparator.comparingInt(Pair::count).reversed());
        return pairs;
    }
}
