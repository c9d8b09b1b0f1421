package dev.lenet.app.config;

import dev.lenet.api.ConfigException;
import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Residual;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The layers of a network, as {@code model.layers} lists them, checked one by one. Whether they fit together depends on the data: see
 * {@link #network}.
 */
public record LayerList(List<Line> lines) {

    public LayerList {
        lines = List.copyOf(lines);
    }

    /**
     * A layer.
     *
     * @param where in which file, line and column it stands
     * @param name its own name, null to be given one
     * @param written its keys and values, as they stand there
     */
    record Line(
            String where, LayerKind kind, @Nullable String name, LayerKind.Values values, Map<String, String> written) {

        /** In the form that is read again. */
        String text() {
            String keys = written.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + entry.getValue())
                    .collect(Collectors.joining(", "));
            return keys.isEmpty() ? kind.id() : "{" + kind.id() + ": {" + keys + "}}";
        }
    }

    /**
     * The network of these layers.
     *
     * @param input the shape of an image
     * @throws ConfigException naming the line of the first layer that does not fit
     */
    public Network network(Shape input, int classes) {
        Network.Builder builder = Network.input(input.toArray());
        List<String> names = names();
        Line last = lines.get(lines.size() - 1);
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            try {
                builder = builder.layer(names.get(i), line.kind().spec(line.values(), classes));
            } catch (ShapeException | IllegalArgumentException e) {
                throw new ConfigException(line.where() + ": " + e.getMessage(), e);
            }
        }
        Network network = builder.build();
        if (!network.output().equals(Shape.of(classes))) {
            throw new ConfigException(
                    last.where() + ": model.layers: expected a value for each of " + classes
                            + " classes from the last layer, received " + network.output()
                            + ". End the list with 'flatten', if what comes before is an image, and 'linear: {outputs: auto}'.");
        }
        return network;
    }

    /** The layers of a block, to which its input is added. */
    Residual residual(@Nullable Conv2d projection, int classes) {
        List<String> names = names();
        List<Residual.Part> parts = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            parts.add(new Residual.Part(names.get(i), line.kind().spec(line.values(), classes)));
        }
        return new Residual(parts, projection);
    }

    /** Their own, or what they are called by, with a number. */
    private List<String> names() {
        Map<String, Integer> counts = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (Line line : lines) {
            String prefix = line.kind().prefix();
            int count = counts.merge(prefix, 1, Integer::sum);
            names.add(line.name() != null ? line.name() : isOnly(prefix) ? prefix : prefix + count);
        }
        return names;
    }

    /** A layer that stands alone, such as the flatten layer of most networks, needs no number. */
    private boolean isOnly(String prefix) {
        return prefix.equals(LayerKind.FLATTEN.prefix())
                && lines.stream()
                                .filter(line -> line.kind().prefix().equals(prefix))
                                .count()
                        == 1;
    }

    /** In the form that is read again, on one line. */
    String text() {
        return lines.stream().map(Line::text).collect(Collectors.joining(", ", "[", "]"));
    }
}
