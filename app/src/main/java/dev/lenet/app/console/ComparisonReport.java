package dev.lenet.app.console;

import dev.lenet.api.engine.EngineDescription;
import dev.lenet.api.inference.Difference;
import dev.lenet.api.inference.EngineComparison.OfLayer;
import dev.lenet.api.inference.EngineComparison.OfPrediction;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.training.TrainingComparison;
import dev.lenet.app.usecase.Comparing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells how far two engines are apart: a table for each kind of work, and at the end where it is most. */
public final class ComparisonReport implements Comparing.Events {
    private final Console console;
    private Verdict verdict = new Verdict("", "");
    private String first = "";
    private String second = "";

    public ComparisonReport(Console console) {
        this.console = console;
    }

    @Override
    public void start(
            EngineDescription one,
            EngineDescription other,
            Network network,
            String weights,
            int images,
            String dataset) {
        first = one.name();
        second = other.name();
        verdict = new Verdict(first, second);
        console.progress("engines  %s on %s (%s)", one.name(), one.device(), one.detail());
        console.progress("         %s on %s (%s)", other.name(), other.device(), other.detail());
        console.progress("weights  %s, %,d parameters", weights, network.parameterCount());
        console.progress("images   the first %,d that training takes of %s, numbered from 0", images, dataset);
        console.progress("");
        Map<String, Object> event = Console.event(
                "event", "start",
                "engines", List.of(first, second),
                "devices", List.of(one.device(), other.device()),
                "details", List.of(one.detail(), other.detail()),
                "parameters", network.parameterCount());
        event.put("weights", weights);
        event.put("dataset", dataset);
        event.put("images", images);
        console.json(event);
    }

    @Override
    public void layers(List<OfLayer> layers) {
        Table table = table(List.of("layer", "kind", "output"), "on own input");
        Map<String, Difference> sameInput = new LinkedHashMap<>();
        for (OfLayer each : layers) {
            NamedLayer layer = each.layer();
            String kind = layer.spec().kind();
            List<String> names = List.of(layer.name(), kind, layer.output().toString());
            row(table, names, each.sameInput(), brief(each.ownInput().largest()));
            Map<String, Object> event = Console.event("event", "layer", "layer", layer.name(), "kind", kind);
            event.put("shape", each.sameInput().shape().toArray());
            event.put("same_input", numbers(each.sameInput()));
            event.put("own_input", numbers(each.ownInput()));
            console.json(event);
            sameInput.put(layer.name(), each.sameInput());
        }
        print(
                "outputs of each layer, both engines given %s's output of the layer before (on own input: each its own)"
                        .formatted(first),
                table);
        verdict.add("outputs", sameInput);
    }

    @Override
    public void prediction(OfPrediction prediction) {
        Table table = table(List.of("whole network"));
        row(table, List.of(first + " and " + second), prediction.engines());
        row(table, List.of(first + " and its layers one by one"), prediction.first());
        row(table, List.of(second + " and its layers one by one"), prediction.second());
        print("predictions", table);
        console.json(Console.event(
                "event", "predict",
                "shape", prediction.engines().shape().toArray(),
                "engines", numbers(prediction.engines()),
                "first_and_its_layers", numbers(prediction.first()),
                "second_and_its_layers", numbers(prediction.second())));
        verdict.add("predictions", Map.of("logits", prediction.engines()));
    }

    @Override
    public void gradients(Map<String, Difference> gradients) {
        parameters("gradient", "gradients of the loss of these images", gradients);
        verdict.add("gradients", gradients);
    }

    @Override
    public void weights(int steps, Map<String, Difference> weights) {
        parameters("weight", "weights after " + steps + " steps", weights);
        verdict.add("weights", weights);
    }

    private void parameters(String event, String title, Map<String, Difference> differences) {
        Table table = table(List.of("parameter", "shape"));
        differences.forEach((name, difference) -> {
            row(table, List.of(name, difference.shape().toString()), difference);
            Map<String, Object> line = Console.event(
                    "event", event,
                    "parameter", name,
                    "shape", difference.shape().toArray());
            line.putAll(numbers(difference));
            console.json(line);
        });
        print(title, table);
    }

    @Override
    public void training(TrainingComparison training) {
        List<Float> ofFirst = training.first().values();
        List<Float> ofSecond = training.second().values();
        Table table = new Table(0, List.of("step", first, second, "difference"));
        for (int step = 1; step <= training.steps(); step++) {
            float a = ofFirst.get(step - 1);
            float b = ofSecond.get(step - 1);
            double difference = training.difference(step);
            if (shown(step) || step == training.steps()) {
                table.row(List.of(String.valueOf(step), loss(a), loss(b), brief(difference)));
            }
            console.json(
                    Console.event("event", "step", "step", step, "losses", List.of(a, b), "difference", difference));
        }
        print("losses", table);
        verdict.add(training);
    }

    /** 1, 2, 5, 10, 20, 50, ...: engines part slowly at first. */
    private static boolean shown(int step) {
        int leading = step;
        while (leading % 10 == 0) {
            leading /= 10;
        }
        return leading == 1 || leading == 2 || leading == 5;
    }

    @Override
    public void ended() {
        verdict.lines().forEach(line -> console.result("%s", line));
        console.json(verdict.event());
    }

    private void print(String title, Table table) {
        console.result("%s", title);
        table.lines().forEach(line -> console.result("%s", line));
        console.result("");
    }

    private static Table table(List<String> names, String... more) {
        List<String> header = new ArrayList<>(names);
        header.addAll(List.of("largest value", "difference", "relative", "where"));
        header.addAll(List.of(more));
        return new Table(names.size(), header);
    }

    private static void row(Table table, List<String> names, Difference difference, String... more) {
        List<String> row = new ArrayList<>(names);
        row.add(String.format(Locale.ROOT, "%.4g", difference.magnitude()));
        row.add(brief(difference.largest()));
        row.add(brief(difference.relative()));
        row.add(difference.equal() ? "" : difference.where().toString());
        row.addAll(List.of(more));
        table.row(row);
    }

    private static Map<String, Object> numbers(Difference difference) {
        return Console.event(
                "largest_value", difference.magnitude(),
                "difference", Console.number(difference.largest()),
                "relative", Console.number(difference.relative()),
                "at", difference.where(),
                "not_finite", List.of(difference.notFiniteInFirst(), difference.notFiniteInSecond()));
    }

    /** Eight digits show the last bit of most floats. */
    private static String loss(float loss) {
        return String.format(Locale.ROOT, "%.8g", loss);
    }

    /** Two digits are enough to judge a difference by. */
    private static String brief(double value) {
        if (value == 0) {
            return "0";
        }
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.1e", value) : "not finite";
    }
}
