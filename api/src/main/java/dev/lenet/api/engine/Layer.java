package dev.lenet.api.engine;

import dev.lenet.api.ShapeException;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.TensorData;
import java.util.Map;

/**
 * One realised layer of a model, to look inside: feature maps, and comparing engines layer by layer.
 *
 * <p>Running the layers one after the other gives what {@link Model#predict} gives; only slower, as nothing is fused.
 */
public interface Layer {

    /** What this layer is and where it stands. */
    NamedLayer spec();

    /**
     * Runs this layer alone, as in prediction (dropout passes everything through).
     *
     * @param input {@code [N, ...spec().input()]}
     * @return {@code [N, ...spec().output()]}, a new tensor that the caller closes
     * @throws ShapeException if the input has another shape
     * @throws IllegalArgumentException if another engine made the tensor
     */
    Tensor forward(Tensor input);

    /** A copy of this layer's parameters by full name, for example {@code conv1.weight}; empty for most layers. */
    Map<String, TensorData> parameters();
}
