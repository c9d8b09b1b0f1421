package dev.lenet.report;

import dev.lenet.api.data.ClassNames;
import dev.lenet.api.inference.Predictions;
import dev.lenet.report.chart.Thumbnail;
import dev.lenet.report.chart.ImageGrid;
import java.util.List;
import java.util.Locale;

/** The misclassified images, with the two likeliest classes of each. */
final class MistakesSection implements Section {
    /** More than anybody looks at, few enough for a page that opens at once. */
    private static final int MOST = 150;

    private static final int SIDE = 56;

    @Override
    public String id() {
        return "mistakes";
    }

    @Override
    public String heading() {
        return "Mistakes";
    }

    @Override
    public void write(Html html, ReportData data) {
        Predictions predictions = data.predictions();
        List<Integer> mistakes = predictions.mistakes();
        int shown = Math.min(MOST, mistakes.size());
        html.leaf("p", caption(predictions, shown), "class", "note");
        html.open("div", "class", "gallery");
        for (int row : mistakes.subList(0, shown)) {
            card(html, data, row);
        }
        html.close();
    }

    private static String caption(Predictions predictions, int shown) {
        int all = predictions.mistakes().size();
        if (all == 0) {
            return "Every test image was read rightly.";
        }
        String which = shown == all
                ? "All " + Numbers.count(all) + " mistakes"
                : "The " + shown + " most confident of " + Numbers.count(all) + " mistakes";
        return which + ", the most confident first: the true class, and the two likeliest by the model. The number is"
                + " that of the test image, from 0.";
    }

    private static void card(Html html, ReportData data, int row) {
        Predictions predictions = data.predictions();
        ClassNames names = data.classNames();
        List<Integer> ranked = predictions.ranked(row);
        String label = names.name(predictions.label(row));
        html.open("figure", "class", "card");
        html.pixels(Thumbnail.of(predictions.images(), row).png(), SIDE, SIDE, "test image " + row + ", " + label);
        html.open("figcaption");
        html.open("div", "class", "truth", "title", label)
                .text("is ")
                .leaf("b", label)
                .leaf("small", "#" + row)
                .close();
        for (int k : ranked.subList(0, Math.min(2, ranked.size()))) {
            double probability = predictions.probability(row, k);
            html.open("div", "class", k == predictions.predicted(row) ? "guess wrong" : "guess")
                    .leaf("i", "", "style", String.format(Locale.ROOT, "width:%.1f%%", 100 * probability))
                    .leaf("b", names.name(k), "title", names.name(k))
                    .leaf("small", ImageGrid.probability(probability))
                    .close();
        }
        html.close().close();
    }
}
