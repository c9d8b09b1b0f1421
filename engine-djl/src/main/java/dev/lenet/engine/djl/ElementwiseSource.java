package dev.lenet.engine.djl;

import java.util.List;

/**
 * A layer that is one operation without weights, forward and backward.
 *
 * @param output of {@code {x}}
 * @param gradient for the input, of {@code {x}}, {@code {y}} and {@code {dY}}
 */
record ElementwiseSource(String output, String gradient) implements LayerSource {

    @Override
    public List<String> predict(Names names) {
        return List.of(names.in("{y} = " + output));
    }

    @Override
    public List<String> backward(Names names, boolean onward) {
        return List.of(names.in("{dX} = " + gradient));
    }
}
