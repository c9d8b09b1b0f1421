package dev.lenet.app.console;

import dev.lenet.api.inference.Difference;
import dev.lenet.api.training.TrainingComparison;
import dev.lenet.api.training.TrainingComparison.Losses;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where two engines are farthest apart, in words.
 *
 * <p>It draws no line between good and bad: how much is too much depends on the network and on how long it has trained.
 * It gives a share of the largest value, and the rounding of one operation to hold beside it.
 */
final class Verdict {
    /** The largest relative error of rounding a number to a float. */
    private static final double ROUNDING = 0x1p-24;

    private final String first;
    private final String second;
    private final List<String> lines = new ArrayList<>();
    private final Map<String, Object> event = Console.event("event", "end");

    /**
     * @param first the name of the one engine
     * @param second the name of the other
     */
    Verdict(String first, String second) {
        this.first = first;
        this.second = second;
    }

    /**
     * Takes what is known of one kind of values.
     *
     * @param what the kind, for example {@code "gradients"}
     * @param differences by layer or parameter, at least one
     */
    void add(String what, Map<String, Difference> differences) {
        // Of equals the first, as what comes behind a layer may only follow from it.
        String name = differences.keySet().iterator().next();
        Difference farthest = differences.values().iterator().next();
        for (Map.Entry<String, Difference> each : differences.entrySet()) {
            if (each.getValue().relative() > farthest.relative()) {
                name = each.getKey();
                farthest = each.getValue();
            }
        }
        line(what, sentence(name, farthest));
        if (Double.isFinite(farthest.largest())) {
            differences.entrySet().stream()
                    .filter(each -> each.getValue().notFiniteInFirst() > 0)
                    .findFirst()
                    .ifPresent(each ->
                            line("", "NaN or infinite on both engines: " + counts(each.getKey(), each.getValue())));
        }
        event.put(
                what,
                Console.event(
                        "farthest", name,
                        "relative", Console.number(farthest.relative()),
                        "at", farthest.where()));
    }

    private String sentence(String name, Difference difference) {
        if (difference.equal()) {
            return "equal";
        }
        String where = name + " at " + difference.where();
        return Double.isFinite(difference.largest())
                ? text("farthest apart in %s, by %.1e of the largest value", where, difference.relative())
                : text("NaN or infinite, and not on both engines alike, in %s: ", where) + counts(name, difference);
    }

    private String counts(String name, Difference difference) {
        return text(
                "%,d of %,d values of %s on %s, %,d on %s",
                difference.notFiniteInFirst(),
                difference.shape().size(),
                name,
                first,
                difference.notFiniteInSecond(),
                second);
    }

    /** Takes what is known of the losses. */
    void add(TrainingComparison training) {
        int farthest = 0;
        double difference = 0;
        for (int step = 1; step <= training.steps(); step++) {
            if (training.difference(step) > difference) {
                farthest = step;
                difference = training.difference(step);
            }
        }
        line(
                "losses",
                farthest == 0
                        ? text("equal in %,d steps", training.steps())
                        : text("farthest apart at step %,d of %,d, by %.1e", farthest, training.steps(), difference));
        if (training.diverged()) {
            line("", end(first, training.first()) + "; " + end(second, training.second()));
        }
        Map<String, Object> losses = Console.event("steps", training.steps(), "farthest_step", farthest);
        losses.put("difference", difference);
        losses.put(
                "diverged",
                List.of(training.first().diverged(), training.second().diverged()));
        event.put("losses", losses);
    }

    private static String end(String engine, Losses losses) {
        return losses.diverged()
                ? text("not finite on %s at step %,d", engine, losses.values().size() + 1)
                : text("finite on %s in all %,d steps", engine, losses.values().size());
    }

    private void line(String what, String sentence) {
        lines.add(text("%-11s %s", what, sentence));
    }

    private static String text(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }

    /** One for each kind of values, and one to judge them by. */
    List<String> lines() {
        List<String> all = new ArrayList<>(lines);
        all.add(text("%-11s rounding one number to a float changes it by up to %.1e of its value", "", ROUNDING));
        return all;
    }

    /** The same for programs. */
    Map<String, Object> event() {
        return event;
    }
}
