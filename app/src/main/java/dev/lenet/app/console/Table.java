package dev.lenet.app.console;

import java.util.ArrayList;
import java.util.List;

/** Columns of text for people, each as wide as its widest cell: names to the left, numbers to the right. */
final class Table {
    private static final String GAP = "  ";

    private final int names;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * @param names how many columns, from the first, hold names
     */
    Table(int names, List<String> header) {
        this.names = names;
        rows.add(header);
    }

    /** A row with as many cells as the header. */
    void row(List<String> cells) {
        rows.add(cells);
    }

    /** The header and the rows. */
    List<String> lines() {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - row.get(i).length());
            line.append(i == 0 ? "" : GAP).append(i < names ? row.get(i) + padding : padding + row.get(i));
        }
        return line.toString().stripTrailing();
    }
}
