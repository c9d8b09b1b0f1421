package dev.lenet.report;

import dev.lenet.api.inference.Evaluation;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The section on precision, recall and F1 of each class.
 *
 * @param from where bars begin
 */
record ClassesView(String classWord, String from, List<Row> rows) {
    /** @param bars precision, recall and F1 */
    record Row(String name, List<Bar> bars, String images, String mistakes) {}

    /** @param width in CSS */
    record Bar(String width, String text) {
        static Bar of(double value, double from, String text) {
            return new Bar(Numbers.decimals(100 * Math.max(0, value - from) / (1 - from), 1) + "%", text);
        }
    }

    static ClassesView of(ReportData data) {
        Evaluation evaluation = data.evaluation();
        double from = from(evaluation);
        List<Row> rows = IntStream.range(0, evaluation.confusion().length)
                .mapToObj(k -> row(k, from, data))
                .toList();
        return new ClassesView(data.classWord(), Numbers.decimals(100 * from, 0) + " %", rows);
    }

    private static Row row(int k, double from, ReportData data) {
        Evaluation evaluation = data.evaluation();
        return new Row(
                data.classNames().name(k),
                List.of(
                        Bar.of(evaluation.precision(k), from, Numbers.percent(evaluation.precision(k))),
                        Bar.of(evaluation.recall(k), from, Numbers.percent(evaluation.recall(k))),
                        Bar.of(evaluation.f1(k), from, Numbers.decimals(evaluation.f1(k), 4))),
                Numbers.count(evaluation.support(k)),
                Numbers.count(evaluation.support(k) - evaluation.confusion()[k][k]));
    }

    /** Where bars begin: the round number below the least of them, as from 0 on all would look the same. */
    private static double from(Evaluation evaluation) {
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
