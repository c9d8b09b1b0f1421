package dev.lenet.tck.sample;

import dev.lenet.api.Shape;
import dev.lenet.api.data.ArrayDataset;
import dev.lenet.api.data.Batch;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.LayerSpec;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;

/**
 * Makes the gradient of a layer's input visible, which no engine hands out: as the gradient of a weight.
 *
 * <p>The input has one channel for each pixel p of a picture of P pixels, and channel p is 1 at pixel p and 0 elsewhere. A
 * 1x1 convolution in front, the lens, then makes of it a picture that is its own weight, {@code y[c, p] = weight[c, p]}, and
 * the gradient of {@code weight[c, p]} is that of the picture's value at (c, p) alone. All of this is products with 1 and
 * sums with 0: nothing is rounded on the way.
 *
 * @param network lens, layer, and a classifier of three classes behind it
 * @param weights those of the lens are the picture
 * @param batch the one example
 */
public record Lens(Network network, Weights weights, Batch batch) {

    /** The name of the weight that is the picture. */
    public static final String PICTURE = "lens.weight";

    private static final int CLASSES = 3;
    private static final int LABEL = 1;

    /** Through the lens, the layer sees noise. */
    public static Lens on(LayerCase layer, long seed) {
        float[] noise = new float[layer.input().size()];
        new RandomExamples(layer.input(), 1, 1, seed).read(0, noise, 0);
        return on(layer, noise, seed);
    }

    /**
     * @param picture what the layer sees, row-major
     */
    public static Lens on(LayerCase layer, float[] picture, long seed) {
        Shape input = layer.input();
        int channels = input.rank() == 1 ? 1 : input.dimension(0);
        Network network = network(layer.spec(), input, channels);
        Weights weights = Weights.of(network, parameter -> switch (parameter.name()) {
            case PICTURE -> picture.clone();
            case "lens.bias" -> new float[channels];
            default -> SampleWeights.of(network, seed).get(parameter.name());
        });
        int pixels = picture.length / channels;
        float[] diagonal = new float[pixels * pixels];
        for (int p = 0; p < pixels; p++) {
            diagonal[p * pixels + p] = 1;
        }
        Batch batch = Batch.range(ArrayDataset.of(network.input(), diagonal, new int[] {LABEL}, CLASSES), 0, 1);
        return new Lens(network, weights, batch);
    }

    private static Network network(LayerSpec layer, Shape input, int channels) {
        int height = input.rank() == 3 ? input.dimension(1) : 1;
        int width = input.size() / channels / height;
        Network.Builder builder = Network.input(height * width, height, width).layer("lens", Conv2d.of(channels, 1));
        if (input.rank() == 1) {
            builder.layer("vector", new Flatten());
        }
        builder.layer("layer", layer);
        if (layer.outputShape(input).rank() != 1) {
            builder.layer("flatten", new Flatten());
        }
        return builder.layer("fc", Linear.of(CLASSES)).build();
    }
}
