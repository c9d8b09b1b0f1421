package dev.lenet.interop;

import dev.lenet.api.ModelFormatException;
import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Residual;
import dev.lenet.api.network.Residual.Part;
import dev.lenet.api.network.Sigmoid;
import dev.lenet.api.network.Silu;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Nodes with two inputs that come from layers: the sums of residual networks, and values multiplied with their sigmoids. */
final class Branches {
    /** Of residuals inside of residuals. */
    private static final int DEEPEST = 8;

    private Branches() {}

    /**
     * @throws ModelFormatException if no layer joins those branches so
     */
    static Flow joined(OnnxNode node, List<Flow> flows) {
        Flow first = flows.get(0);
        Flow second = flows.get(1);
        // One of the two may still be the input as it is.
        if (first.isInput() != second.isInput()) {
            first = first.begun();
            second = second.begun();
        }
        boolean fit = flows.size() == 2
                && node.inputs().size() == 2
                && flows.stream().noneMatch(Flow::isDone)
                && Objects.equals(first.input(), second.input())
                && first.view().equals(second.view())
                && first.base().equals(second.base())
                && first.shape().equals(second.shape())
                && first.scale() == second.scale()
                && first.shift() == second.shift()
                && !first.isPadded()
                && !second.isPadded()
                && !first.isInput();
        return switch (node.operator()) {
            case "Add", "Sum" -> {
                if (!fit) {
                    throw refused("other branches", "whose branches give images of one shape");
                }
                yield sum(node, first, second);
            }
            case "Mul" -> {
                if (fit && isSigmoid(first.last(), second.last())) {
                    yield second.then(new Silu(), node.name());
                }
                if (fit && isSigmoid(second.last(), first.last())) {
                    yield first.then(new Silu(), node.name());
                }
                throw refused("branches that are multiplied", "without");
            }
            default -> {
                if (Unsupported.isKnown(node)) {
                    throw Unsupported.operator(node);
                }
                throw refused("several from layers", "without");
            }
        };
    }

    private static ModelFormatException refused(String received, String model) {
        return new ModelFormatException(
                "expected one input from the layers before and constants, or the sum of a residual"
                        + " network, received " + received + ". It would need branches that join: export a model "
                        + model
                        + ".");
    }

    private static boolean isSigmoid(@Nullable Step step, @Nullable Step of) {
        return step != null && step.spec() instanceof Sigmoid && Step.isSame(step.before(), of);
    }

    private static Flow sum(OnnxNode node, Flow first, Flow second) {
        Step fork = fork(first.last(), second.last());
        List<Step> body = Step.between(fork, first.last());
        List<Step> shortcut = Step.between(fork, second.last());
        if (!isShortcut(shortcut) || body.isEmpty()) {
            List<Step> other = body;
            body = shortcut;
            shortcut = other;
        }
        if (!isShortcut(shortcut) || body.isEmpty()) {
            throw refused(
                    body.isEmpty() ? "the same twice" : "branches of several layers each",
                    "whose shortcuts are at most one convolution");
        }
        Step projection = shortcut.isEmpty() ? null : shortcut.get(0);
        Shape before = fork == null ? Objects.requireNonNull(first.input()) : fork.output();
        int count = Step.countOf(fork) + body.size() + shortcut.size() + 1;
        try {
            Residual spec = spec(body, projection);
            Step step = new Step(fork, spec, node.name(), Map.of(), body, projection, spec.outputShape(before), count);
            if (step.depth() > DEEPEST) {
                throw new ModelFormatException("expected at most " + DEEPEST
                        + " residuals inside of each other, received more. It would need deeper ones: export another"
                        + " model.");
            }
            return first.withLast(step);
        } catch (ShapeException e) {
            throw new ModelFormatException(String.valueOf(e.getMessage()), e);
        }
    }

    private static boolean isShortcut(List<Step> steps) {
        return steps.isEmpty() || (steps.size() == 1 && steps.get(0).spec() instanceof Conv2d);
    }

    /** The last layer that both have behind them; null for the input. */
    private static @Nullable Step fork(@Nullable Step first, @Nullable Step second) {
        Set<Step> behind = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Step step = first; step != null; step = step.before()) {
            behind.add(step);
        }
        Step step = second;
        while (step != null && !behind.contains(step)) {
            step = step.before();
        }
        return step;
    }

    private static Residual spec(List<Step> body, @Nullable Step projection) {
        List<Part> parts = new ArrayList<>();
        body.forEach(step -> parts.add(new Part("part" + parts.size(), step.spec())));
        return new Residual(parts, projection == null ? null : (Conv2d) projection.spec());
    }
}
