package dev.lenet.api.inference;

import dev.lenet.api.data.ArrayDataset;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Model;
import dev.lenet.api.network.Weights;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Learns from a model's training images what is strange. */
public final class NoveltyFit {
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
        int[] rows = new int[count];
        Arrays.setAll(rows, i -> (int) ((long) i * training.size() / count));
        Dataset sample = training.select(rows);
        if (layer == 0) {
            return novelty(layer, inputs(sample), energies(model, sample));
        }
        Weights weights = model.weights();
        try (Model before = Novelty.before(layer, engine, model.network(), weights);
                Model behind = Novelty.behind(layer, engine, model.network(), weights)) {
            float[][] features = outputs(before, sample);
            Dataset given = ArrayDataset.of(behind.network().input(), features, new int[count], 1);
            return novelty(layer, features, energies(behind, given));
        }
    }

    private static float[][] inputs(Dataset sample) {
        float[][] inputs = new float[sample.size()][sample.exampleShape().size()];
        for (int i = 0; i < inputs.length; i++) {
            sample.read(i, inputs[i], 0);
        }
        return inputs;
    }

    private static double[] energies(Model model, Dataset examples) {
        float[][] logits = outputs(model, examples);
        double[] energies = new double[logits.length];
        Arrays.setAll(energies, i -> Novelty.energy(logits[i]));
        return energies;
    }

    private static float[][] outputs(Model model, Dataset examples) {
        float[][] outputs = new float[examples.size()][];
        int width = model.network().output().size();
        Outputs.forEach(
                model,
                examples,
                (row, values, offset) -> outputs[row] = Arrays.copyOfRange(values, offset, offset + width));
        return outputs;
    }

    private static @Nullable Novelty novelty(int layer, float[][] features, double[] energies) {
        Subspace subspace = Subspace.of(features);
        double[] residuals = new double[features.length];
        Arrays.parallelSetAll(residuals, i -> StrictMath.log(subspace.residual(features[i])));
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
