package dev.lenet.api.network;

import dev.lenet.api.Argument;
import dev.lenet.api.Shape;
import dev.lenet.api.network.ParameterSpec.Start;
import java.util.List;

/**
 * Gives each channel the mean 0 and the variance 1 over the whole batch, and then a scale and a shift of its own.
 *
 * <pre>
 * y[n, c, i, j] = weight[c] * (x[n, c, i, j] - mean[c]) / sqrt(variance[c] + epsilon) + bias[c]
 * </pre>
 *
 * <p>In a training step, and in gradients, mean and variance are those of the {@code N * H * W} values of the channel in the whole
 * batch, however an engine cuts it; the variance is the sum of the squared distances divided by their number. After each step
 * the running ones move towards them:
 *
 * <pre>
 * running_mean = (1 - momentum) * running_mean + momentum * mean
 * running_var  = (1 - momentum) * running_var  + momentum * variance * n / (n - 1)        n = N * H * W
 * </pre>
 *
 * with the unbiased variance, as in PyTorch; where n is 1, without the correction. In a prediction mean and variance are the
 * running ones, so that no example sees another. The running ones are {@linkplain ParameterSpec#trainable not trainable}: they are
 * saved, loaded and restored with the weights, and have no gradients; an optimizer, weight decay, clipping and the average of
 * the weights leave them alone. PyTorch's {@code num_batches_tracked}, which it does not use with a momentum, is left out.
 *
 * <ul>
 *   <li>Input: {@code [C, H, W]}
 *   <li>Output: the same shape
 *   <li>Parameters: {@code weight [C]}, ones at first, and {@code bias [C]}, zeros at first; not trainable, {@code running_mean
 *       [C]}, zeros at first, and {@code running_var [C]}, ones at first
 * </ul>
 *
 * Ioffe and Szegedy, "Batch normalization: accelerating deep network training by reducing internal covariate shift", ICML 2015.
 *
 * @param momentum how far the running mean and variance move towards those of a batch, above 0 and at most 1
 * @param epsilon keeps the division finite, above 0; both are a {@code float} so that every engine computes with the same bits
 */
public record BatchNorm2d(float momentum, float epsilon) implements LayerSpec {

    public BatchNorm2d {
        Argument.check(
                momentum > 0 && momentum <= 1,
                "batch_norm2d",
                "a momentum above 0 and at most 1",
                momentum,
                "0.1 is usual.");
        Argument.checkFinite(epsilon > 0, "batch_norm2d", "an epsilon above 0", epsilon, "1e-5 is usual.");
    }

    /** With a momentum of 0.1 and an epsilon of 1e-5, as in PyTorch. */
    public BatchNorm2d() {
        this(0.1f, 1e-5f);
    }

    @Override
    public String kind() {
        return "batch_norm2d";
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.visit(this);
    }

    @Override
    public Role role() {
        return Role.NORMALIZATION;
    }

    @Override
    public Shape outputShape(Shape input) {
        Windows.image(input);
        return input;
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
        int channels = input.dimension(0);
        return List.of(
                ParameterSpec.ofChannels("weight", channels, Start.ONES),
                ParameterSpec.ofChannels("bias", channels, Start.ZEROS),
                ParameterSpec.ofChannels("running_mean", channels, Start.ZEROS).fixed(),
                ParameterSpec.ofChannels("running_var", channels, Start.ONES).fixed());
    }
}
