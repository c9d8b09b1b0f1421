package dev.lenet.api.network;

import dev.lenet.api.Argument;
import dev.lenet.api.RandomStream;
import dev.lenet.api.Shape;

/**
 * Sets a random part of the values to 0 while training and scales the rest by {@code 1 / (1 - rate)}; passes everything
 * through unchanged while predicting.
 *
 * <p>The mask is no engine's own: value i (row-major over the whole batch {@code [N, ...]}) is kept when
 * {@code stream.uniform(i) >= rate}, with the stream of {@link #mask}. Every engine therefore drops the same values.
 *
 * <p>Input and output: any shape, the same. Parameters: none.
 *
 * <p>Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting", JMLR 15, 2014.
 *
 * @param rate the probability of dropping a value, at least 0 and below 1; a {@code float} so that every engine
 *     compares the same bits
 */
public record Dropout(float rate) implements LayerSpec {

    public Dropout {
        Argument.check(rate >= 0 && rate < 1, "dropout", "a rate of at least 0 and below 1", rate, "0.5 is usual.");
    }

    /**
     * The random stream of one layer in one training step.
     *
     * @param seed the run's seed
     * @param layer the layer's name in its network
     * @param step the number of updates made before this step, from 0
     */
    public static RandomStream mask(long seed, String layer, long step) {
        return RandomStream.of(seed, "dropout/" + layer).substream(step);
    }

    /** What a kept value is multiplied with. */
    public float scale() {
        return 1 / (1 - rate);
    }

    @Override
    public String kind() {
        return "dropout";
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.visit(this);
    }

    @Override
    public Role role() {
        return Role.PASSING;
    }

    @Override
    public Shape outputShape(Shape input) {
        return input;
    }
}
