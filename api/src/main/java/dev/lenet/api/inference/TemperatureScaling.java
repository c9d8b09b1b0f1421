package dev.lenet.api.inference;

import dev.lenet.api.DatasetException;
import dev.lenet.api.ShapeException;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.engine.Model;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.Weights;
import java.util.List;

/**
 * Makes a trained model as sure as it is right: all its logits are divided by one number, the temperature, under which the labels of
 * images that it was not trained on are likeliest.
 *
 * <pre>
 * T = argmin over t of the mean of -log softmax(logits / t)[label]
 * </pre>
 *
 * <p>The largest logit stays the largest, so the classes stay as they are; only the probabilities move. Guo, Pleiss, Sun and
 * Weinberger, "On calibration of modern neural networks", ICML 2017, section 4.2.
 */
public final class TemperatureScaling {
    /** A model that is right about every image would have a temperature of 0. */
    static final double LEAST = 0.5;

    static final double MOST = 5;

    /** Of the bisection: more than enough for the last bit of a float. */
    private static final int ITERATIONS = 40;

    private TemperatureScaling() {}

    /**
     * The temperature of a model, from 0.5 to 5: below 1 where it is less sure than it is right, above where it is surer.
     *
     * @param heldOut images that it was not trained on. Some thousands; of a few hundred it is a rough guess
     * @throws ShapeException if the model does not fit the data set
     * @throws DatasetException if the data set is empty
     */
    public static double temperature(Model model, Dataset heldOut) {
        Evaluation.check(model, heldOut);
        int classes = heldOut.classes();
        float[] logits = new float[heldOut.size() * classes];
        int[] labels = new int[heldOut.size()];
        Outputs.forEach(model, heldOut, (row, values, offset) -> {
            System.arraycopy(values, offset, logits, row * classes, classes);
            labels[row] = heldOut.label(row);
        });
        return temperature(logits, labels);
    }

    /** The loss is convex in 1 / T, so its slope is 0 once. */
    static double temperature(float[] logits, int[] labels) {
        double least = 1 / MOST;
        double most = 1 / LEAST;
        for (int i = 0; i < ITERATIONS; i++) {
            double middle = (least + most) / 2;
            if (slope(logits, labels, middle) < 0) {
                least = middle;
            } else {
                most = middle;
            }
        }
        return 2 / (least + most);
    }

    /** Of the loss at the inverse of a temperature: the expected logit less the label's, summed over the images. */
    private static double slope(float[] logits, int[] labels, double inverse) {
        int classes = logits.length / labels.length;
        double sum = 0;
        for (int row = 0; row < labels.length; row++) {
            int from = row * classes;
            double largest = logits[from];
            for (int k = 1; k < classes; k++) {
                largest = Math.max(largest, logits[from + k]);
            }
            double weights = 0;
            double weighted = 0;
            for (int k = 0; k < classes; k++) {
                double weight = StrictMath.exp(inverse * (logits[from + k] - largest));
                weights += weight;
                weighted += weight * logits[from + k];
            }
            sum += weighted / weights - logits[from + labels[row]];
        }
        return sum;
    }

    /**
     * Divides a model's logits by a temperature: the weights and the bias of its last layer. The file of such a model is one like any other.
     *
     * @param temperature above 0
     * @throws ShapeException if its last layer is not a {@link Linear} one
     */
    public static void apply(Model model, double temperature) {
        Network network = model.network();
        List<NamedLayer> layers = network.layers();
        NamedLayer last = layers.get(layers.size() - 1);
        if (!(last.spec() instanceof Linear)) {
            throw new ShapeException("TemperatureScaling: expected a linear layer at the end, received " + last.spec()
                    + ". Leave the model as it is.");
        }
        Weights weights = model.weights();
        float factor = (float) (1 / temperature);
        model.load(Weights.of(network, parameter -> {
            float[] values = weights.get(parameter.name()).clone();
            if (parameter.name().startsWith(last.name() + ".")) {
                for (int i = 0; i < values.length; i++) {
                    values[i] *= factor;
                }
            }
            return values;
        }));
    }
}
