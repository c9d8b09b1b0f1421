package dev.lenet.report;

import dev.lenet.api.RandomStream;
import dev.lenet.api.inference.Predictions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Test images to show: drawn at random, and some of the mistakes among them, which of a good model chance alone would
 * hardly show. The same choice for every model, as far as it is right.
 */
final class ExampleChoice {
    /** Any number; it is what makes the choice the same every time. */
    private static final long SEED = 1998;

    private static final int SHOWN = 40;
    private static final int MISTAKES = 4;

    private ExampleChoice() {}

    /** As many as a grid on a page has room for. */
    static List<Integer> of(Predictions predictions) {
        return choose(predictions, SHOWN, MISTAKES);
    }

    /**
     * @param count of rows, or as many as there are
     * @param mistakes how many of them at least, if there are as many
     * @return rows in random order
     */
    static List<Integer> choose(Predictions predictions, int count, int mistakes) {
        int[] order = RandomStream.of(SEED, "report").permutation(predictions.count());
        List<Integer> chosen = new ArrayList<>();
        List<Integer> others = new ArrayList<>();
        int wrong = 0;
        for (int row : order) {
            if (!predictions.correct(row) && wrong < mistakes) {
                wrong++;
                chosen.add(row);
            } else {
                others.add(row);
            }
        }
        chosen.addAll(others.subList(0, Math.min(others.size(), Math.max(0, count - wrong))));
        List<Integer> shown = new ArrayList<>(chosen.subList(0, Math.min(count, chosen.size())));
        // A second order: in the first, mistakes drawn from far behind would all be at the end.
        int[] places = RandomStream.of(SEED, "places").permutation(predictions.count());
        Collections.sort(shown, (a, b) -> Integer.compare(places[a], places[b]));
        return shown;
    }

    /** Says how the images were chosen, as a share of mistakes that is not the model's own would mislead. */
    static String caption(Predictions predictions, List<Integer> rows) {
        long wrong = rows.stream().filter(row -> !predictions.correct(row)).count();
        int all = predictions.mistakes().size();
        String chosen = Numbers.count(rows.size()) + " of " + Numbers.count(predictions.count())
                + " test images, with the predicted class and its probability.";
        if (all == 0) {
            return chosen;
        }
        String which =
                wrong == all ? "all " + all + " mistakes" : wrong + " of the " + Numbers.count(all) + " mistakes";
        return chosen + " Drawn at random, but " + which + " among them.";
    }
}
