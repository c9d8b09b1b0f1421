package dev.lenet.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Loss;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import java.util.List;

/**
 * The gradient of a batch's mean loss, by PyTorch's autograd.
 *
 * <p>DJL's gradient collector allows one collection at a time in a whole JVM and throws for a second one. What it
 * switches is a setting of the thread in PyTorch, so here it is switched directly: any number of trainers run at once,
 * and none disturbs a collector of the user's own.
 */
final class Backpropagation {
    private final Network network;
    private final ParameterLayout layout;
    private final Batches batches;
    private final DropoutMasks masks;
    /** d(loss) / d(mean log-likelihood) = -1, where the way back starts. */
    private final NDArray start;

    private final double smoothing;
    private final HostScalar sure;
    private final HostScalar spread;

    /**
     * @param batches the way of batches to the device
     * @param manager owns what is kept from step to step
     * @param host a manager on the CPU, owns numbers
     */
    Backpropagation(
            Network network,
            ParameterLayout layout,
            TrainingSpec spec,
            Batches batches,
            NDManager manager,
            NDManager host) {
        this.network = network;
        this.layout = layout;
        this.batches = batches;
        this.masks = new DropoutMasks(spec.seed());
        this.start = manager.ones(new ai.djl.ndarray.types.Shape()).neg();
        // Loss is sealed, and this is all that it permits.
        this.smoothing = ((Loss.SoftmaxCrossEntropy) spec.loss()).labelSmoothing();
        this.sure = new HostScalar(host, 1 - smoothing);
        this.spread = new HostScalar(host, smoothing);
    }

    /**
     * What one batch says; both arrays are on the device and may not be computed yet.
     *
     * @param logLikelihood mean over the batch, the loss with its sign reversed; no dimensions
     * @param gradient of the loss, flat
     */
    record Result(NDArray logLikelihood, NDArray gradient) {}

    /**
     * Goes forward and back.
     *
     * @param weights flat
     * @param step the number of updates made so far, which dropout depends on
     * @param scope owns all results
     */
    Result run(NDArray weights, Batch batch, long step, NDManager scope) {
        NDArray inputs = batches.inputs(batch, scope);
        NDArray labels = batches.labels(batch, scope);
        // A new alias each time has no gradient yet: PyTorch adds to an old one.
        NDArray leaf = HostBuffer.alias(weights, scope);
        leaf.setRequiresGradient(true);
        boolean recorded = JniUtils.isGradMode();
        JniUtils.setGradMode(true);
        try {
            NDArray logits = forward(inputs, layout.cut(leaf), batch.size(), step, scope);
            NDArray likelihood = likelihood(logits.logSoftmax(1), labels);
            JniUtils.backward((PtNDArray) likelihood, (PtNDArray) start, false, false);
            return new Result(likelihood, leaf.getGradient());
        } finally {
            JniUtils.setGradMode(recorded);
        }
    }

    /** The mean over the batch of the targets times the logarithms [N, K] of their probabilities. */
    private NDArray likelihood(NDArray logarithms, NDArray labels) {
        NDArray ofLabels = logarithms.gather(labels, 1).mean();
        return smoothing == 0
                ? ofLabels
                : ofLabels.mul(sure.array()).add(logarithms.mean().mul(spread.array()));
    }

    private NDArray forward(NDArray inputs, List<List<NDArray>> parameters, int count, long step, NDManager scope) {
        NDArray x = inputs;
        for (NamedLayer layer : network.layers()) {
            x = layer.spec() instanceof Dropout dropout
                    ? x.mul(masks.mask(layer, dropout, count, step, scope))
                    : LayerFunction.forward(layer, x, parameters.get(layer.index()));
        }
        return x;
    }
}
