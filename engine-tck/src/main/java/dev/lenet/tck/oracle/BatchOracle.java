package dev.lenet.tck.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** One layer for a whole batch, while training. */
public interface BatchOracle {

    /**
     * @param x the layer's input, for each example
     * @return its output
     */
    List<Approximation> forward(List<Approximation> x);

    /**
     * @param x what {@link #forward} was given
     * @param dY the gradient of the loss for the layer's output
     * @param gradients where the parameters' gradients are added
     * @return the gradient for the input
     */
    List<Approximation> backward(List<Approximation> x, List<Approximation> dY, ParameterSums gradients);

    /** Of a layer that looks at one example after another. */
    static BatchOracle ofEach(IntFunction<LayerOracle> layers) {
        return new BatchOracle() {
            @Override
            public List<Approximation> forward(List<Approximation> x) {
                List<Approximation> y = new ArrayList<>();
                for (int n = 0; n < x.size(); n++) {
                    y.add(layers.apply(n).forward(x.get(n)));
                }
                return y;
            }

            @Override
            public List<Approximation> backward(
                    List<Approximation> x, List<Approximation> dY, ParameterSums gradients) {
                List<Approximation> dX = new ArrayList<>();
                for (int n = 0; n < x.size(); n++) {
                    dX.add(layers.apply(n).backward(x.get(n), dY.get(n), gradients));
                }
                return dX;
            }
        };
    }
}
