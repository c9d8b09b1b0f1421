package dev.lenet.app.doubt;

import dev.lenet.api.Shape;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Learns from a model's training images what is strange. */
public final class NoveltyFit {
    /** Images at a time. */
    private static final int BATCH = 250;

    /** Of the training images, taken evenly; more make nothing better, and take longer. */
    private static final int MOST_IMAGES = 10_000;

    /** Of fewer, a hundredth is too few, and the subspace holds all of them. */
    private static final int LEAST_IMAGES = 1_000;

    private NoveltyFit() {}

    /**
     * Runs some of the training images through the model. The same for the same model and images, to the last bit.
     *
     * @param training as they are, not distorted
     * @return null if there are too few images, or the model has no such features, or has learnt nothing
     */
    public static @Nullable Novelty of(Engine engine, Model model, Dataset training) {
        int layer = Novelty.layer(model.network());
        int count = Math.min(MOST_IMAGES, training.size());
        if (layer < 0 || count < LEAST_IMAGES) {
            return null;
        }
        float[][] features = new float[count][];
        double[] energies = new double[count];
        Shape example = training.exampleShape();
        int classes = model.network().output().size();
        for (int from = 0; from < count; from += BATCH) {
            int size = Math.min(BATCH, count - from);
            float[] images = new float[size * example.size()];
            for (int i = 0; i < size; i++) {
                int row = (int) ((long) (from + i) * training.size() / count);
                training.read(row, images, i * example.size());
            }
            try (Tensor input = engine.tensor(example.batchOf(size), images);
                    Tensor output = model.predict(input)) {
                float[] logits = output.toArray();
                float[] seen = Features.before(layer, model, input);
                int width = seen.length / size;
                for (int i = 0; i < size; i++) {
                    features[from + i] = Arrays.copyOfRange(seen, i * width, (i + 1) * width);
                    energies[from + i] = Novelty.energy(Arrays.copyOfRange(logits, i * classes, (i + 1) * classes));
                }
            }
        }
        return novelty(layer, features, energies);
    }

    private static @Nullable Novelty novelty(int layer, float[][] features, double[] energies) {
        Subspace subspace = Subspace.of(features);
        double[] residuals = new double[features.length];
        for (int i = 0; i < residuals.length; i++) {
            residuals[i] = StrictMath.log(subspace.residual(features[i]));
        }
        double energyWeight = 1 / deviation(energies);
        double residualWeight = 1 / deviation(residuals);
        double[] sums = new double[features.length];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = energyWeight * energies[i] + residualWeight * residuals[i];
        }
        Arrays.sort(sums);
        double usual = sums[sums.length / 2];
        double unit = sums[sums.length - 1 - sums.length / 100] - usual;
        return Double.isFinite(unit) && unit > 0
                ? new Novelty(layer, subspace, -usual / unit, energyWeight / unit, residualWeight / unit)
                : null;
    }

    private static double deviation(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - sum / values.length) * (value - sum / values.length);
        }
        return Math.sqrt(squares / values.length);
    }
}
