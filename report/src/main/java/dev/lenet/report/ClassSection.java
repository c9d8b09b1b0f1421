package dev.lenet.report;

import dev.lenet.api.inference.Evaluation;
import java.util.Locale;

/** Precision, recall and F1 of each class. */
final class ClassSection implements Section {
    @Override
    public String id() {
        return "classes";
    }

    @Override
    public String heading() {
        return "Each class";
    }

    @Override
    public void write(Html html, ReportData data) {
        Evaluation evaluation = data.evaluation();
        double from = from(evaluation);
        html.open("p", "class", "note")
                .text(
                        "Precision: how many of the images read as this %1$s are it. Recall: how many of the images of this"
                                + " %1$s were read as it. F1: their harmonic mean. Bars begin at %2$.0f %%.",
                        data.classWord(), 100 * from)
                .close();
        html.open("div", "class", "scroll").open("table", "class", "classes");
        html.open("thead").open("tr");
        for (String column : new String[] {data.classWord(), "precision", "recall", "F1", "images", "mistakes"}) {
            html.leaf("th", column, "scope", "col");
        }
        html.close().close().open("tbody");
        for (int k = 0; k < evaluation.confusion().length; k++) {
            html.open("tr").leaf("th", data.classNames().name(k), "scope", "row");
            bar(html, evaluation.precision(k), from, Numbers.percent(evaluation.precision(k)));
            bar(html, evaluation.recall(k), from, Numbers.percent(evaluation.recall(k)));
            bar(html, evaluation.f1(k), from, Numbers.decimals(evaluation.f1(k), 4));
            html.leaf("td", Numbers.count(evaluation.support(k)))
                    .leaf("td", Numbers.count(evaluation.support(k) - evaluation.confusion()[k][k]))
                    .close();
        }
        html.close().close().close();
    }

    private static void bar(Html html, double value, double from, String text) {
        html.open("td", "class", "bar")
                .leaf(
                        "i",
                        "",
                        "style",
                        String.format(Locale.ROOT, "width:%.1f%%", 100 * Math.max(0, value - from) / (1 - from)))
                .leaf("span", text)
                .close();
    }

    /** Where bars begin: the round number below the least of them, as from 0 on all would look the same. */
    static double from(Evaluation evaluation) {
        double least = 1;
        for (int k = 0; k < evaluation.confusion().length; k++) {
            if (evaluation.support(k) > 0) {
                least = Math.min(least, Math.min(evaluation.precision(k), evaluation.recall(k)));
            }
        }
        for (double round : new double[] {0.99, 0.98, 0.95, 0.9, 0.8, 0.5}) {
            if (least > round) {
                return round;
            }
        }
        return 0;
    }
}
