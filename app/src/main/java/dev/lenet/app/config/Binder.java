package dev.lenet.app.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.NodeType;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Holds what a user wrote against the schema: good values go into the settings, everything else into a list. */
final class Binder {
    private final Schema schema;
    private final Settings settings;
    private final List<String> problems;
    private boolean seemsForeign;

    /**
     * @param settings of that schema; is overlaid
     * @param problems collects one line for each
     */
    Binder(Schema schema, Settings settings, List<String> problems) {
        this.schema = schema;
        this.settings = settings;
        this.problems = problems;
    }

    /** Whether a file had something at its top that resembles nothing here. */
    boolean seemsForeign() {
        return seemsForeign;
    }

    /** Takes the settings of a file. */
    void bind(YamlFile file, Optional<Node> root) {
        root.filter(node -> !isNothing(node)).ifPresent(node -> bindSection(file, "", node));
    }

    /** Takes a setting of the command line. */
    void bind(Setting setting) {
        Optional<Key> key = schema.find(setting.key());
        if (key.isEmpty()) {
            problems.add(setting.option() + ": " + unknown(sectionOf(setting.key()), setting.key()));
            return;
        }
        // A shell has taken the user's quotes away, so a path such as 2024 must not become a number.
        Scalar scalar = key.get().kind().textual()
                ? Scalar.quoted(setting.value())
                : Scalar.plain(setting.value().strip());
        if (!settings.acceptOption(key.get(), scalar, setting.option())) {
            problems.add(setting.option() + " (" + setting.key() + "): " + unfit(key.get(), scalar));
        }
    }

    private void bindSection(YamlFile file, String section, Node node) {
        if (!(node instanceof MappingNode mapping)) {
            String what = section.isEmpty() ? "" : section + ": ";
            problems.add(file.at(node.getStartMark()) + ": " + what + "expected settings, one 'key: value' a line"
                    + (section.isEmpty() ? "" : ", indented under '" + section + ":'") + ", received "
                    + describe(node) + ". Compare it with what 'config template' prints.");
            return;
        }
        Map<String, Integer> lines = new HashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String where = file.at(tuple.getKeyNode().getStartMark());
            if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
                problems.add(where + ": expected the name of a setting, received " + describe(tuple.getKeyNode())
                        + ". Remove it.");
                continue;
            }
            int line = line(name);
            // Abridging changes no name that exists.
            String written = Scalar.abridged(name.getValue());
            String path = section.isEmpty() ? written : section + "." + written;
            @Nullable Integer earlier = lines.putIfAbsent(path, line);
            if (earlier != null) {
                problems.add(where + ": " + path + ": expected once, received again after line " + earlier
                        + ". Keep one of the two.");
            } else if (section.isEmpty() && schema.sections().containsKey(path)) {
                if (!isNothing(tuple.getValueNode())) {
                    bindSection(file, path, tuple.getValueNode());
                }
            } else {
                bindValue(file, section, path, tuple.getValueNode(), where, file.origin(line));
            }
        }
    }

    private void bindValue(YamlFile file, String section, String path, Node node, String where, String origin) {
        // A dotted name is a path only on the command line; here it has to be nested.
        Optional<Key> found = schema.find(path).filter(key -> key.section().equals(section));
        if (found.isEmpty()) {
            problems.add(where + ": " + unknown(section, path));
            return;
        }
        Key key = found.get();
        String place = file.at(node.getStartMark()) + ": " + path + ": ";
        if (key.kind().isLayers() && node instanceof SequenceNode sequence) {
            new LayerReader(file, problems).read(sequence).ifPresent(layers -> settings.accept(key, layers, origin));
            return;
        }
        if (key.kind().isShape() && node instanceof SequenceNode sequence) {
            bindList(key, sequence, place, origin);
            return;
        }
        if (!(node instanceof ScalarNode scalarNode)) {
            problems.add(place + "expected " + key.kind().expectation() + ", received " + describe(node) + "."
                    + defaultOf(key));
            return;
        }
        Scalar scalar = scalar(scalarNode);
        if (!settings.accept(key, scalar, origin)) {
            problems.add(place + unfit(key, scalar));
        }
    }

    /** A list of numbers, which is kept as it is written on one line. */
    private void bindList(Key key, SequenceNode sequence, String place, String origin) {
        String text = sequence.getValue().stream()
                .map(node -> node instanceof ScalarNode scalar ? scalar.getValue() : describe(node))
                .collect(Collectors.joining(", ", "[", "]"));
        if (!settings.accept(key, Scalar.plain(text), origin)) {
            problems.add(place + "expected " + key.kind().expectation() + ", received " + Scalar.abridged(text) + "."
                    + defaultOf(key));
        }
    }

    private static String unfit(Key key, Scalar scalar) {
        Kind<?> kind = key.kind();
        String message = "expected " + kind.expectation() + ", received " + scalar.describe() + ".";
        if (kind.reader().read(Scalar.plain(scalar.text())) != null) {
            return message + " Write it without quotes.";
        }
        if (kind.reader().read(Scalar.quoted(scalar.text())) != null) {
            return message + " Put it in quotes.";
        }
        return message
                + Suggestion.nearest(scalar.text(), kind.choices())
                        .map(choice -> " Did you mean '" + choice + "'?")
                        .orElse(defaultOf(key));
    }

    private static String defaultOf(Key key) {
        return " The default is " + key.initial() + ".";
    }

    /** Looks for what was meant: in the same section first, then in the others, then among the sections. */
    private String unknown(String section, String path) {
        String name = path.substring(path.lastIndexOf('.') + 1);
        List<Key> candidates = new ArrayList<>(schema.keys());
        candidates.sort((a, b) ->
                Boolean.compare(!a.section().equals(section), !b.section().equals(section)));
        Optional<String> meant = schema.find(path)
                .map(key -> "Write '" + key.name() + "' on a line of its own, indented under '" + key.section() + ":'.")
                .or(() -> sectionNear(section, name))
                .or(() -> Suggestion.<Key>nearest(name, candidates, Key::name)
                        .map(key -> "Did you mean '" + key.path() + "'?"));
        seemsForeign |= section.isEmpty() && meant.isEmpty();
        return path + ": there is no such setting. " + meant.orElseGet(() -> "There are: " + names(section) + ".");
    }

    private Optional<String> sectionNear(String section, String name) {
        return section.isEmpty()
                ? Suggestion.nearest(name, schema.sections().keySet()).map(s -> "Did you mean the section '" + s + "'?")
                : Optional.empty();
    }

    private String names(String section) {
        List<String> names = new ArrayList<>(schema.keys().stream()
                .filter(key -> key.section().equals(section))
                .map(Key::path)
                .toList());
        if (section.isEmpty()) {
            names.addAll(schema.sections().keySet());
        }
        return String.join(", ", names);
    }

    private static String sectionOf(String path) {
        return path.contains(".") ? path.substring(0, path.indexOf('.')) : "";
    }

    /** A section whose every line is commented out is nothing, and nothing is no mistake. */
    static boolean isNothing(Node node) {
        return node instanceof ScalarNode scalar
                && scalar.isPlain()
                && Scalar.plain(scalar.getValue()).type() == Scalar.Type.NOTHING;
    }

    /** What was written in one place, with or without quotes. */
    static Scalar scalar(ScalarNode node) {
        return node.isPlain() ? Scalar.plain(node.getValue()) : Scalar.quoted(node.getValue());
    }

    /** How a message names what was written. */
    static String describe(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar(scalar).describe();
        }
        return node.getNodeType() == NodeType.SEQUENCE ? "a list" : "a section";
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }
}
