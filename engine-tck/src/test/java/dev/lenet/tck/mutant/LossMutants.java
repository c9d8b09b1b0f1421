package dev.lenet.tck.mutant;

import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Loss;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.inference.Softmax;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.oracle.Approximation;
import dev.lenet.tck.oracle.BatchResult;
import dev.lenet.tck.reference.Mathematics;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/** Engines that minimise something else than their specification says: label smoothing, and distillation. */
final class LossMutants {
    private LossMutants() {}

    static List<Mutant> all() {
        return List.of(
                smoothing("4.11", "takes no notice of label smoothing", (smoothing, classes) -> 0),
                smoothing(
                        "4.11",
                        "spreads the target over the other classes alone",
                        // With s' = s K / (K - 1) the others have s' / K = s / (K - 1), and the true class 1 - s.
                        (smoothing, classes) -> smoothing * classes / (classes - 1)),
                Mutant.computing("4.11", "reports the loss without smoothing", PlainLoss::new),
                Mutant.computing(
                        "4.12",
                        "learns labels instead of soft labels",
                        () -> distilling(LossMutants::withoutSoftLabels, t -> t, 0)),
                Mutant.computing(
                        "4.12",
                        "learns the likeliest class",
                        () -> distilling(batch -> relabelled(batch, LossMutants::likeliest), t -> t, 0)),
                Mutant.computing(
                        "4.12",
                        "takes soft labels by their place in the order",
                        () -> distilling(batch -> relabelled(batch, LossMutants::ofThePlace), t -> t, 0)),
                Mutant.computing("4.12", "softens nothing", () -> distilling(batch -> batch, t -> 1, 0)),
                Mutant.computing(
                        "4.12", "forgets the square of the temperature", () -> distilling(batch -> batch, t -> t, -2)),
                Mutant.computing("4.12", "reports the cross-entropy", WithEntropy::new));
    }

    /** How much a mutant smooths. */
    private interface Smoothing {
        double of(double smoothing, int classes);
    }

    private static Mutant smoothing(String rule, String defect, Smoothing change) {
        return Mutant.computing(rule, defect, () -> new Mathematics() {
            @Override
            public BatchResult train(Network network, Weights weights, Batch batch, TrainingSpec spec, long step) {
                double right = ((Loss.SoftmaxCrossEntropy) spec.loss()).labelSmoothing();
                Loss wrong = new Loss.SoftmaxCrossEntropy(
                        Math.min(change.of(right, network.output().size()), Math.nextDown(1.0)));
                return super.train(network, weights, batch, losing(spec, wrong), step);
            }
        });
    }

    private static TrainingSpec losing(TrainingSpec spec, Loss loss) {
        return new TrainingSpec(spec.optimizer(), loss, spec.batchSize(), spec.seed());
    }

    private static final class PlainLoss extends Mathematics {
        @Override
        public BatchResult train(Network network, Weights weights, Batch batch, TrainingSpec spec, long step) {
            TrainingSpec plain = losing(spec, new Loss.SoftmaxCrossEntropy());
            BatchResult right = super.train(network, weights, batch, spec, step);
            return new BatchResult(
                    super.train(network, weights, batch, plain, step).loss(), right.gradients(), right.buffers());
        }
    }

    /**
     * Distils from another batch, at another temperature.
     *
     * @param power of the right temperature that loss and gradients are multiplied with on top; 0 for nothing
     */
    private static Mathematics distilling(UnaryOperator<Batch> change, DoubleUnaryOperator temperature, int power) {
        return new Mathematics() {
            @Override
            public BatchResult train(Network network, Weights weights, Batch batch, TrainingSpec spec, long step) {
                if (!(spec.loss() instanceof Loss.Distillation right)) {
                    return super.train(network, weights, batch, spec, step);
                }
                Loss wrong = new Loss.Distillation(temperature.applyAsDouble(right.temperature()));
                BatchResult result = super.train(network, weights, change.apply(batch), losing(spec, wrong), step);
                double factor = Math.pow(right.temperature(), power);
                return new BatchResult(
                        GradientMutants.scaled(result.loss(), factor),
                        RecipeMutants.scaled(result.gradients(), factor),
                        result.buffers());
            }
        };
    }

    private static Batch withoutSoftLabels(Batch batch) {
        return new Batch(batch.dataset(), batch.order(), batch.offset(), batch.size());
    }

    /** Writes the soft label of an example that a mutant believes in. */
    private interface SoftLabel {
        void write(Batch batch, int i, float[] target, int offset);
    }

    private static Batch relabelled(Batch batch, SoftLabel softLabel) {
        int classes = batch.dataset().classes();
        float[] softLabels = new float[batch.size() * classes];
        for (int i = 0; i < batch.size(); i++) {
            softLabel.write(batch, i, softLabels, i * classes);
        }
        return batch.withSoftLabels(softLabels);
    }

    private static void likeliest(Batch batch, int i, float[] target, int offset) {
        float[] softLabel = new float[batch.dataset().classes()];
        batch.readSoftLabel(i, softLabel, 0);
        target[offset + Softmax.argmax(softLabel, 0, softLabel.length)] = 1;
    }

    private static void ofThePlace(Batch batch, int i, float[] target, int offset) {
        batch.readSoftLabel((batch.offset() + i) % batch.size(), target, offset);
    }

    /** What is not taken off the loss is the entropy of the soft labels. */
    private static final class WithEntropy extends Mathematics {
        @Override
        public BatchResult train(Network network, Weights weights, Batch batch, TrainingSpec spec, long step) {
            BatchResult result = super.train(network, weights, batch, spec, step);
            if (!(spec.loss() instanceof Loss.Distillation distillation)) {
                return result;
            }
            double entropy = 0;
            float[] softLabel = new float[batch.dataset().classes()];
            for (int i = 0; i < batch.size(); i++) {
                batch.readSoftLabel(i, softLabel, 0);
                for (float q : softLabel) {
                    entropy -= q > 0 ? q * Math.log(q) / batch.size() : 0;
                }
            }
            double loss = result.loss().value(0) + Math.pow(distillation.temperature(), 2) * entropy;
            return new BatchResult(Approximation.exact(new double[] {loss}), result.gradients(), result.buffers());
        }
    }
}
