package dev.lenet.api.network;

import dev.lenet.api.Argument;
import dev.lenet.api.Shape;

/**
 * The leaky rectifier: {@code y = x} where x is above 0, and {@code y = slope * x} elsewhere; with gradient 1 where x is above
 * 0, and {@code slope} elsewhere, also at 0.
 *
 * <p>Input and output: any shape, the same. Parameters: none.
 *
 * <p>Maas, Hannun and Ng, "Rectifier nonlinearities improve neural network acoustic models", ICML 2013.
 *
 * @param slope of the part below 0, at least 0 and below 1; a {@code float} so that every engine multiplies with the same bits
 */
public record LeakyRelu(float slope) implements LayerSpec {

    public LeakyRelu {
        Argument.check(
                slope >= 0 && slope < 1, "leaky_relu", "a slope of at least 0 and below 1", slope, "0.01 is usual.");
    }

    /** With a slope of 0.01, as in the paper and in PyTorch. */
    public LeakyRelu() {
        this(0.01f);
    }

    @Override
    public String kind() {
        return "leaky_relu";
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.visit(this);
    }

    @Override
    public Role role() {
        return Role.ACTIVATION;
    }

    @Override
    public Shape outputShape(Shape input) {
        return input;
    }
}
