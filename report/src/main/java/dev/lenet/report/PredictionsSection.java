package dev.lenet.report;

import dev.lenet.api.data.ClassNames;
import dev.lenet.api.inference.Predictions;
import java.util.List;

/** A grid of test images with what the model says of them. */
final class PredictionsSection implements Section {
    static final int SHOWN = 40;
    static final int MISTAKES = 4;

    private static final int SIDE = 56;

    @Override
    public String id() {
        return "predictions";
    }

    @Override
    public String heading() {
        return "Predictions";
    }

    @Override
    public void write(Html html, Findings findings) {
        Predictions predictions = findings.predictions();
        ClassNames names = findings.classNames();
        List<Integer> rows = Examples.choose(predictions, SHOWN, MISTAKES);
        html.leaf("p", caption(predictions, rows), "class", "note");
        html.open("div", "class", "examples");
        for (int row : rows) {
            String says = names.name(predictions.predicted(row));
            html.open("figure", "class", predictions.correct(row) ? "" : "mistaken");
            html.pixels(Pictures.png(predictions.images(), row), SIDE, SIDE, "test image " + row);
            html.open("figcaption");
            html.leaf("b", says, "title", says).leaf("small", Figures.probability(predictions.confidence(row)));
            if (!predictions.correct(row)) {
                html.leaf("small", "is " + names.name(predictions.label(row)), "class", "wrong");
            }
            html.close().close();
        }
        html.close();
    }

    /** Says how the images were chosen, as a share of mistakes that is not the model's own would mislead. */
    static String caption(Predictions predictions, List<Integer> rows) {
        long wrong = rows.stream().filter(row -> !predictions.correct(row)).count();
        int all = predictions.mistakes().size();
        String chosen = Figures.count(rows.size()) + " of " + Figures.count(predictions.count())
                + " test images, with the predicted class and its probability.";
        if (all == 0) {
            return chosen;
        }
        String which =
                wrong == all ? "all " + all + " mistakes" : wrong + " of the " + Figures.count(all) + " mistakes";
        return chosen + " Drawn at random, but " + which + " among them.";
    }
}
