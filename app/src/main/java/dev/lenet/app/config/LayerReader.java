package dev.lenet.app.config;

import dev.lenet.app.config.LayerKind.Field;
import dev.lenet.app.config.LayerKind.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads a list of layers, each of which is a name, such as {@code relu}, or a name with keys, such as
 * {@code conv2d: {filters: 6, kernel_size: 5}}. Every mistake is a line of its own.
 */
final class LayerReader {
    /** The key of any layer. */
    private static final String NAME = "name";

    private final YamlFile file;
    private final List<String> problems;
    private final Set<String> names = new HashSet<>();
    private final int depth;

    LayerReader(YamlFile file, List<String> problems) {
        this(file, problems, 0);
    }

    private LayerReader(YamlFile file, List<String> problems, int depth) {
        this.file = file;
        this.problems = problems;
        this.depth = depth;
    }

    /** The layers; empty if there was a mistake, which is among the problems then. */
    Optional<LayerList> read(SequenceNode sequence) {
        int before = problems.size();
        List<LayerList.Line> lines = new ArrayList<>();
        sequence.getValue().forEach(node -> line(node).ifPresent(lines::add));
        if (sequence.getValue().isEmpty()) {
            problem(sequence, "expected at least one layer, received an empty list. There are: " + kinds() + ".");
        }
        return problems.size() == before ? Optional.of(new LayerList(lines)) : Optional.empty();
    }

    private Optional<LayerList.Line> line(Node node) {
        if (node instanceof ScalarNode scalar) {
            return kind(scalar).flatMap(kind -> line(node, kind, List.of()));
        }
        if (node instanceof MappingNode mapping
                && mapping.getValue().size() == 1
                && mapping.getValue().get(0).getKeyNode() instanceof ScalarNode name) {
            Node value = mapping.getValue().get(0).getValueNode();
            if (value instanceof MappingNode keys) {
                return kind(name).flatMap(kind -> line(node, kind, keys.getValue()));
            }
            if (Binder.isNothing(value)) {
                return kind(name).flatMap(kind -> line(node, kind, List.of()));
            }
            problem(
                    value,
                    "expected the keys of a layer, such as 'linear: {outputs: 10}', received " + Binder.describe(value)
                            + ". Write them in braces, or indented under the layer's name.");
            return Optional.empty();
        }
        problem(
                node,
                "expected a layer, such as 'relu' or 'linear: {outputs: 10}', received " + Binder.describe(node)
                        + ". Begin each layer with '- ', and indent its keys under its name.");
        return Optional.empty();
    }

    private Optional<LayerKind> kind(ScalarNode node) {
        String word = node.getValue();
        Optional<LayerKind> found = Stream.of(LayerKind.values())
                .filter(kind -> kind.id().equals(word))
                .findFirst();
        if (found.isEmpty()) {
            problem(
                    node,
                    "there is no layer '" + Scalar.abridged(word) + "'. "
                            + Suggestion.nearest(word, List.of(LayerKind.values()), LayerKind::id)
                                    .map(kind -> "Did you mean '" + kind.id() + "'?")
                                    .orElseGet(() -> "There are: " + kinds() + "."));
        }
        return found;
    }

    private Optional<LayerList.Line> line(Node node, LayerKind kind, List<NodeTuple> keys) {
        int before = problems.size();
        Map<String, Object> values = new HashMap<>();
        Map<String, String> written = new LinkedHashMap<>();
        for (NodeTuple tuple : keys) {
            readKey(kind, tuple, values, written);
        }
        for (Field field : kind.fields()) {
            if (!written.containsKey(field.name())) {
                @Nullable String initial = field.initial();
                if (initial == null) {
                    problem(
                            node,
                            kind.id() + ": expected '" + field.name() + "', "
                                    + field.kind().expectation() + ", received none. Write it among the layer's keys.");
                } else {
                    @Nullable Object value = field.kind().reader().read(Scalar.plain(initial));
                    if (value == null) {
                        throw new IllegalStateException(kind + ": " + field.name() + " cannot be " + initial);
                    }
                    values.put(field.name(), value);
                }
            }
        }
        return problems.size() > before
                ? Optional.empty()
                : Optional.of(new LayerList.Line(
                        file.at(node.getStartMark()), kind, (String) values.get(NAME), new Values(values), written));
    }

    private void readKey(LayerKind kind, NodeTuple tuple, Map<String, Object> values, Map<String, String> written) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            problem(tuple.getKeyNode(), "expected the name of a key, received a list or section. Remove it.");
            return;
        }
        String name = key.getValue();
        Optional<Field> field = fields(kind).filter(f -> f.name().equals(name)).findFirst();
        if (field.isEmpty()) {
            problem(
                    key,
                    kind.id() + ": there is no key '" + Scalar.abridged(name) + "'. "
                            + Suggestion.<Field>nearest(name, fields(kind).toList(), Field::name)
                                    .map(f -> "Did you mean '" + f.name() + "'?")
                                    .orElseGet(() -> "There are: "
                                            + String.join(
                                                    ", ",
                                                    fields(kind)
                                                            .map(Field::name)
                                                            .toList()) + "."));
            return;
        }
        Kind<?> wanted = field.get().kind();
        @Nullable Object value = null;
        String received = Binder.describe(tuple.getValueNode());
        if (tuple.getValueNode() instanceof ScalarNode node) {
            Scalar scalar = Binder.scalar(node);
            value = wanted.reader().read(scalar);
            String text = wanted.textual() ? '"' + scalar.text() + '"' : scalar.text();
            if (written.putIfAbsent(name, text) != null) {
                problem(key, kind.id() + ": " + name + ": expected once, received again. Keep one of the two.");
                return;
            }
        } else if (wanted.isLayers() && depth == 0 && tuple.getValueNode() instanceof SequenceNode list) {
            // A mistake in the list is told by itself, and the line is left out.
            Optional<LayerList> layers = new LayerReader(file, problems, 1).read(list);
            written.put(name, layers.map(LayerList::text).orElse(""));
            layers.ifPresent(read -> values.put(name, read));
            return;
        } else {
            written.put(name, "");
        }
        if (value == null) {
            String expected = depth == 0 || !wanted.isLayers()
                    ? wanted.expectation()
                    : "layers without further blocks among them";
            problem(
                    tuple.getValueNode(),
                    kind.id() + ": " + name + ": expected " + expected + ", received " + received + ".");
        } else if (name.equals(NAME) && !names.add(String.valueOf(value))) {
            problem(key, "expected a name of its own, received '" + value + "' again. Rename one of the two.");
        } else {
            values.put(name, value);
        }
    }

    private static Stream<Field> fields(LayerKind kind) {
        return Stream.concat(kind.fields().stream(), Stream.of(new Field(NAME, Kind.identifier(), "")));
    }

    private static String kinds() {
        return String.join(
                ", ", Stream.of(LayerKind.values()).map(LayerKind::id).toList());
    }

    private void problem(Node node, String text) {
        problems.add(file.at(node.getStartMark()) + ": model.layers: " + text);
    }
}
