package dev.lenet.api.inference;

import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;

/** What a model makes of images on the way to its answer. */
public final class Features {
    private Features() {}

    /**
     * What a layer is given of examples; runs the layers before it one by one.
     *
     * @param layer its index
     * @param input of the model; the caller closes it
     * @return example after example
     */
    public static float[] before(int layer, Model model, Tensor input) {
        Tensor values = input;
        try {
            for (int i = 0; i < layer; i++) {
                Tensor next = model.layers().get(i).forward(values);
                if (values != input) {
                    values.close();
                }
                values = next;
            }
            return values.toArray();
        } finally {
            if (values != input) {
                values.close();
            }
        }
    }
}
