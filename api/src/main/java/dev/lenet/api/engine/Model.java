package dev.lenet.api.engine;

import dev.lenet.api.ShapeException;
import dev.lenet.api.data.Batch;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import java.util.List;

/**
 * A network realised by an engine, with its weights.
 *
 * <p>Predicting from several threads at once is safe as long as no trainer of this very model steps, and no weights are
 * loaded into it, meanwhile.
 */
public interface Model extends AutoCloseable {

    Network network();

    /** The layers in order, one for one as the network names them. */
    List<Layer> layers();

    /**
     * The logits of a tensor of examples.
     *
     * @param examples {@code [N, ...network().input()]}
     * @return {@code [N, ...network().output()]}, a new tensor that the caller closes
     * @throws ShapeException if the examples have another shape
     * @throws IllegalArgumentException if another engine made the tensor
     */
    Tensor predict(Tensor examples);

    /**
     * The logits of rows of a data set.
     *
     * @return {@code [batch.size(), ...network().output()]}, a new tensor that the caller closes
     * @throws ShapeException if the data set's examples have another shape
     */
    Tensor predict(Batch batch);

    /** A copy of the weights as they are now. */
    Weights weights();

    /**
     * Replaces the weights by a copy of these. Predictions and layers follow at once. An open trainer of this model goes on
     * from them; its step count, its slots and the losses it has not told yet stay as they are.
     *
     * <p>Not to be called while another thread predicts with this model or trains it.
     *
     * @throws ShapeException if they are not weights of this network; then nothing has changed
     * @throws IllegalStateException if the model is closed
     */
    void load(Weights weights);

    @Override
    void close();
}
