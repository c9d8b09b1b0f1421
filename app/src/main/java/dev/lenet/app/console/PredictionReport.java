package dev.lenet.app.console;

import dev.lenet.api.data.ClassNames;
import dev.lenet.api.inference.Classification;
import dev.lenet.app.usecase.Predicting;
import dev.lenet.vision.ModelImage;
import dev.lenet.vision.Writing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints what was read, for people and for programs. */
public final class PredictionReport implements Predicting.Events {
    /** Of a terminal that does not say how wide it is. */
    private static final int COLUMNS = 80;

    /** Stands for a digit that is doubtful. */
    private static final String DOUBTFUL = "?";

    private final Console console;
    private final boolean show;
    private Path model = Path.of("");
    private ClassNames names = ClassNames.numbered(1, 0);

    /** @param show whether to draw what the model saw */
    public PredictionReport(Console console, boolean show) {
        this.console = console;
        this.show = show;
    }

    @Override
    public void reading(Path newModel, ClassNames newNames) {
        model = newModel;
        names = newNames;
    }

    @Override
    public void digit(Path picture, ModelImage seen, Classification read, int written) {
        boolean doubtful = read.doubtful() || written > 1;
        console.result(
                "%s: %s%s%s%s",
                picture, doubtful ? "doubtful, perhaps " : "", read, runnersUp(read), reason(read, written));
        draw(List.of(seen));
        Map<String, Object> event = Console.event("file", picture.toString(), "model", model.toString());
        addAnswer(event, read);
        event.put("doubtful", doubtful);
        if (written > 1) {
            event.put("digits", written);
        }
        addPixels(event, seen);
        console.json(event);
    }

    /** Of a doubt that the probabilities do not show. */
    private static String reason(Classification read, int written) {
        if (written > 1) {
            return "; it looks like " + written + " digits, which --segment reads one by one";
        }
        return read.unfamiliar() ? "; it is unlike what the model learnt from" : "";
    }

    /** The two classes after the likeliest; empty if there are none. */
    private static String runnersUp(Classification read) {
        String runnersUp = read.top(3).stream()
                .skip(1)
                .map(each -> String.format(Locale.ROOT, "%s (%.1f %%)", each.name(), 100 * each.probability()))
                .collect(Collectors.joining(", "));
        return runnersUp.isEmpty() ? "" : ", then " + runnersUp;
    }

    private void addAnswer(Map<String, Object> event, Classification read) {
        event.put("digit", read.index());
        if (!names.numbered()) {
            event.put("class", read.name());
        }
        event.put("probability", read.probability());
        event.put("probabilities", read.probabilities());
        read.novelty().ifPresent(novelty -> event.put("novelty", novelty));
    }

    @Override
    public void number(Path picture, Writing writing, List<ModelImage> seen, List<Classification> read) {
        List<String> lines = new ArrayList<>();
        List<String> details = new ArrayList<>();
        List<Map<String, Object>> digits = new ArrayList<>();
        int next = 0;
        for (List<Writing.Digit> line : writing.lines()) {
            StringBuilder text = new StringBuilder();
            for (Writing.Digit digit : line) {
                Classification prediction = read.get(next);
                text.append(prediction.doubtful() ? DOUBTFUL : prediction.name());
                details.add((prediction.doubtful() ? "perhaps " : "") + prediction);
                Map<String, Object> event = Console.event();
                addAnswer(event, prediction);
                event.put("doubtful", prediction.doubtful());
                event.put("line", lines.size() + 1);
                event.put("box", box(digit));
                addPixels(event, seen.get(next));
                digits.add(event);
                next++;
            }
            lines.add(text.toString());
        }
        boolean doubtful = read.stream().anyMatch(Classification::doubtful);
        console.result(
                "%s: %s%s: %s",
                picture, doubtful ? "doubtful, " : "", String.join(" / ", lines), String.join(", ", details));
        draw(seen);
        console.json(Console.event(
                "file",
                picture.toString(),
                "model",
                model.toString(),
                "number",
                String.join("", lines),
                "lines",
                lines,
                "doubtful",
                doubtful,
                "digits",
                digits));
    }

    private static Map<String, Object> box(Writing.Digit digit) {
        return Console.event(
                "left", digit.left(), "top", digit.top(), "right", digit.right(), "bottom", digit.bottom());
    }

    private void draw(List<ModelImage> seen) {
        if (show) {
            console.text(console.picture().draw(seen, COLUMNS).stripTrailing());
        }
    }

    private void addPixels(Map<String, Object> event, ModelImage seen) {
        if (show) {
            int[] values = new int[seen.pixels().length];
            for (int i = 0; i < values.length; i++) {
                values[i] = seen.pixels()[i] & 0xFF;
            }
            event.put("pixels", values);
        }
    }
}
