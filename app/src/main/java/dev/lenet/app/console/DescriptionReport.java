package dev.lenet.app.console;

import dev.lenet.api.data.ClassNames;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.inference.Novelty;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.app.usecase.Describing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints a network, a line for each layer, and what a model file tells. */
public final class DescriptionReport implements Describing.Events {
    private final Console console;

    public DescriptionReport(Console console) {
        this.console = console;
    }

    @Override
    public void network(Network network) {
        print(network);
        console.json(event(network));
    }

    @Override
    public void model(Path path, ModelFile file, ClassNames names) {
        print(file.network());
        Map<String, String> facts = new LinkedHashMap<>(Novelty.without(file.facts()));
        facts.remove(ModelFile.CLASS_NAMES);
        @Nullable Normalization normalization = file.normalization();
        console.result("");
        console.result("model    %s", path);
        console.result("classes  %s", String.join(", ", names.names()));
        if (normalization != null) {
            console.result("pixels   mean %s, standard deviation %s", normalization.mean(), normalization.std());
        }
        int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0);
        facts.forEach((key, value) -> console.result("%s  %s", key + " ".repeat(width - key.length()), value));
        Map<String, Object> event = event(file.network());
        event.put("model", path.toString());
        event.put("classes", names.names());
        if (normalization != null) {
            event.put("mean", normalization.mean());
            event.put("std", normalization.std());
        }
        event.put("facts", facts);
        console.json(event);
    }

    private void print(Network network) {
        Table table = new Table(3, List.of("layer", "kind", "output", "parameters", "multiply-adds"));
        table.row(List.of("input", "", network.input().toString(), "", ""));
        for (NamedLayer layer : network.layers()) {
            table.row(List.of(
                    layer.name(),
                    layer.spec().kind(),
                    layer.output().toString(),
                    count(layer.parameterCount()),
                    count(layer.multiplyAdds())));
        }
        table.row(List.of("total", "", "", count(network.parameterCount()), count(network.multiplyAdds())));
        console.result(
                "network  %s, %,d parameters in %,d bytes, %,d multiply-adds for an image",
                network.title(), network.parameterCount(), bytes(network), network.multiplyAdds());
        console.result("");
        table.lines().forEach(line -> console.result("%s", line));
    }

    private static String count(long number) {
        return number == 0 ? "" : String.format(Locale.ROOT, "%,d", number);
    }

    /** Of float32 values. */
    private static long bytes(Network network) {
        return (long) Float.BYTES * network.parameterCount();
    }

    private static Map<String, Object> event(Network network) {
        List<Map<String, Object>> layers = new ArrayList<>();
        for (NamedLayer layer : network.layers()) {
            layers.add(Console.event(
                    "name", layer.name(),
                    "kind", layer.spec().kind(),
                    "output", Arrays.stream(layer.output().toArray()).boxed().toList(),
                    "parameters", layer.parameterCount(),
                    "multiply_adds", layer.multiplyAdds()));
        }
        return Console.event(
                "network", network.title(),
                "input", Arrays.stream(network.input().toArray()).boxed().toList(),
                "layers", layers,
                "parameters", network.parameterCount(),
                "bytes", bytes(network),
                "multiply_adds", network.multiplyAdds());
    }
}
