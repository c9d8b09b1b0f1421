package dev.lenet.tck.oracle;

import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Loss;

/** The loss of one example of a batch, and its gradient. */
interface LossOracle {

    double loss();

    double lossError();

    /** By the logits, for the loss of this example as one of a batch's, whose mean is taken. */
    Approximation gradient(int batchSize);

    /** Of example n, for which the network has those logits. */
    static LossOracle of(Loss loss, Approximation logits, Batch batch, int n) {
        return loss.accept(new Loss.Visitor<>() {
            @Override
            public LossOracle visit(Loss.SoftmaxCrossEntropy entropy) {
                return new SoftmaxCrossEntropyOracle(logits, batch.label(n), entropy.labelSmoothing());
            }

            @Override
            public LossOracle visit(Loss.Distillation distillation) {
                float[] softLabel = new float[logits.size()];
                batch.readSoftLabel(n, softLabel, 0);
                return new DistillationOracle(logits, softLabel, distillation.temperature());
            }
        });
    }
}
