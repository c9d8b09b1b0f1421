package org.example.loops;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** What a layer does to a batch in training: to its examples one after another, unless it normalises the batch. */
interface BatchComputation {

    /** From the examples' x to their y. */
    List<float[]> forward(List<float[]> x);

    /** The chain rule, as {@link Computation#backward} of all examples. */
    List<float[]> backward(List<float[]> x, List<float[]> y, List<float[]> dY, Parameters gradients);

    /** @param layers the computation of example n */
    static BatchComputation ofEach(IntFunction<Computation> layers) {
        return new BatchComputation() {
            @Override
            public List<float[]> forward(List<float[]> x) {
                List<float[]> y = new ArrayList<>();
                for (int n = 0; n < x.size(); n++) {
                    y.add(layers.apply(n).forward(x.get(n)));
                }
                return y;
            }

            @Override
            public List<float[]> backward(List<float[]> x, List<float[]> y, List<float[]> dY, Parameters gradients) {
                List<float[]> dX = new ArrayList<>();
                for (int n = 0; n < x.size(); n++) {
                    dX.add(layers.apply(n).backward(x.get(n), y.get(n), dY.get(n), gradients));
                }
                return dX;
            }
        };
    }
}
