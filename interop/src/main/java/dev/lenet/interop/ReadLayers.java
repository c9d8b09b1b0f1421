package dev.lenet.interop;

import dev.lenet.api.Shape;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.LayerSpec;
import dev.lenet.api.network.LayerVisitor;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Residual;
import dev.lenet.api.network.Residual.Part;
import dev.lenet.api.network.Weights;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gives the layers that were read their names, and makes a network of them. */
final class ReadLayers {
    private static final LayerVisitor<String> KINDS = new LayerNames();

    private final boolean isOurs;
    private final Map<String, float[]> values = new HashMap<>();

    /**
     * @param isOurs whether nodes have the names of layers
     */
    ReadLayers(boolean isOurs) {
        this.isOurs = isOurs;
    }

    ModelFile model(Shape input, List<Step> steps) {
        Network.Builder builder = Network.input(input.toArray());
        for (Part part : parts(steps, "", "")) {
            builder.layer(part.name(), part.spec());
        }
        Network network = builder.build();
        Weights weights = Weights.of(network, parameter -> values.getOrDefault(parameter.name(), new float[0]));
        return new ModelFile(network, weights, null, Map.of());
    }

    /**
     * Layers one behind the other.
     *
     * @param prefix of the names of their parameters
     * @param nodes of the names of their nodes
     */
    private List<Part> parts(List<Step> given, String prefix, String nodes) {
        List<Step> steps = new ArrayList<>(given);
        if (!isOurs) {
            usualOrder(steps);
        }
        List<String> names = names(steps, nodes);
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            String name = prefix + names.get(i);
            parts.add(new Part(names.get(i), named(steps.get(i), name)));
        }
        return parts;
    }

    private LayerSpec named(Step step, String name) {
        step.values().forEach((parameter, each) -> values.put(name + "." + parameter, each));
        if (step.body().isEmpty()) {
            return step.spec();
        }
        Step projection = step.projection();
        if (projection != null) {
            named(projection, name + ".projection");
        }
        return new Residual(
                parts(step.body(), name + ".", step.node() + "."),
                projection == null ? null : (Conv2d) projection.spec());
    }

    /** A rectifier before max-pooling, not behind: the values are the same. */
    private static void usualOrder(List<Step> steps) {
        for (int i = 0; i + 1 < steps.size(); i++) {
            if (steps.get(i).spec() instanceof MaxPool2d && steps.get(i + 1).spec() instanceof Relu) {
                Collections.swap(steps, i, i + 1);
            }
        }
    }

    /** Those of the nodes in files of our own; otherwise such as {@code conv1}. */
    private List<String> names(List<Step> steps, String prefix) {
        List<String> names = new ArrayList<>();
        Map<String, Integer> counts = new HashMap<>();
        for (Step step : steps) {
            String kind = step.spec().accept(KINDS);
            int count = counts.merge(kind, 1, Integer::sum);
            names.add(step.spec() instanceof Flatten && count == 1 ? kind : kind + count);
        }
        List<String> own = new ArrayList<>();
        Set<String> used = new HashSet<>();
        for (int i = 0; isOurs && i < names.size(); i++) {
            Step step = steps.get(i);
            String node = step.node().startsWith(prefix) ? step.node().substring(prefix.length()) : "";
            boolean isName = !node.isBlank() && !node.contains(".") && !node.equals("projection");
            // A flatten that no node of ours stands for was added behind an image.
            if (!isName && !(step.spec() instanceof Flatten)) {
                return names;
            }
            own.add(isName ? node : names.get(i));
            if (!used.add(own.get(i))) {
                return names;
            }
        }
        return isOurs ? own : names;
    }
}
