package dev.lenet.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.lenet.api.data.Batch;
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
    private final BatchBuffer buffer;
    private final DropoutMasks masks;
    /** d(loss) / d(mean log-likelihood) = -1, where the way back starts. */
    private final NDArray start;

    /**
     * @param manager owns what is kept from step to step
     */
    Backpropagation(Network network, ParameterLayout layout, long seed, NDManager manager) {
        this.network = network;
        this.layout = layout;
        this.buffer = new BatchBuffer(network.input());
        this.masks = new DropoutMasks(seed);
        this.start = manager.ones(new ai.djl.ndarray.types.Shape()).neg();
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
        NDArray inputs = buffer.inputs(batch, scope);
        NDArray labels = buffer.labels(batch, scope);
        // A new alias each time has no gradient yet: PyTorch adds to an old one.
        NDArray leaf = HostBuffer.alias(weights, scope);
        leaf.setRequiresGradient(true);
        boolean recorded = JniUtils.isGradMode();
        JniUtils.setGradMode(true);
        try {
            NDArray logits = forward(inputs, layout.cut(leaf), batch.size(), step, scope);
            NDArray likelihood = logits.logSoftmax(1).gather(labels, 1).mean();
            JniUtils.backward((PtNDArray) likelihood, (PtNDArray) start, false, false);
            return new Result(likelihood, leaf.getGradient());
        } finally {
            JniUtils.setGradMode(recorded);
        }
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
