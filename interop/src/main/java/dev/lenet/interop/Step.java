package dev.lenet.interop;

import dev.lenet.api.Shape;
import dev.lenet.api.network.LayerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A layer on the way through a graph, behind another one. Never changed, so that branches share what lies before them.
 *
 * @param before the layer before it; null for the first
 * @param spec of a residual, with names that are only good for its shape
 * @param node the name of the node it comes from
 * @param values of its parameters, by their names in the layer; none for a residual
 * @param body the layers of a residual, first to last; none for other layers
 * @param projection of a residual, if it has one
 * @param count of the layers up to this one, those in residuals included
 */
record Step(
        @Nullable Step before,
        LayerSpec spec,
        String node,
        Map<String, float[]> values,
        List<Step> body,
        @Nullable Step projection,
        Shape output,
        int count) {

    /** A layer that is not made of others. */
    static Step of(@Nullable Step before, LayerSpec spec, String node, Map<String, float[]> values, Shape output) {
        return new Step(before, spec, node, values, List.of(), null, output, countOf(before) + 1);
    }

    /** Whether those are one layer in one place, not only alike. */
    @SuppressWarnings("ReferenceEquality")
    static boolean isSame(@Nullable Step first, @Nullable Step second) {
        return first == second;
    }

    /** The layers up to there; 0 for none. */
    static int countOf(@Nullable Step last) {
        return last == null ? 0 : last.count();
    }

    /** The layers behind one of those before, up to the last, first to last. */
    static List<Step> between(@Nullable Step before, @Nullable Step last) {
        List<Step> steps = new ArrayList<>();
        for (Step step = last; step != null && step.count() > countOf(before); step = step.before()) {
            steps.add(0, step);
        }
        return steps;
    }

    /** The same layer behind another one. */
    Step behind(@Nullable Step other) {
        return new Step(other, spec, node, values, body, projection, output, count);
    }

    /** The same layer with other numbers. */
    Step with(LayerSpec newSpec, String newNode, Map<String, float[]> newValues) {
        return new Step(before, newSpec, newNode, newValues, body, projection, output, count);
    }

    Step named(String newNode) {
        return with(spec, newNode, values);
    }

    /** Residuals inside of residuals; 0 for any other layer. */
    int depth() {
        return body.isEmpty()
                ? 0
                : 1 + body.stream().mapToInt(Step::depth).max().orElse(0);
    }
}
