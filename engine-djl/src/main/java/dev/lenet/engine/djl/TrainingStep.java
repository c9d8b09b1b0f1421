package dev.lenet.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.IValue;
import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import java.util.ArrayList;
import java.util.List;

/** A network's {@link StepSource} compiled, and what its calls need on a device. For one thread at a time. */
final class TrainingStep {
    private final Network network;
    private final TrainingSpec spec;
    private final Batches batches;
    private final DropoutMasks masks;
    private final Script script;
    /** d(loss) / d(loss), where the backward pass starts. */
    private final NDArray start;

    /**
     * @param batches the way of batches to the device
     * @param manager on the device, owns what is kept from step to step
     */
    TrainingStep(Network network, TrainingSpec spec, Batches batches, NDManager manager) {
        this.network = network;
        this.spec = spec;
        this.batches = batches;
        this.masks = new DropoutMasks(spec.seed());
        this.script = new Script(manager, StepSource.of(network, spec));
        this.start = manager.ones(new Shape());
    }

    /**
     * The gradient of a batch's mean loss, flat, and behind it the loss.
     *
     * @param weights flat
     * @param first the number of the batch's first example in the whole batch, if this is a part of it
     * @param step the number of updates made so far, which dropout depends on
     * @param scope owns the result
     */
    NDArray gradients(NDArray weights, Batch batch, int first, long step, NDManager scope) {
        return run(StepSource.GRADIENTS, weights, batch, first, step, scope, List.of());
    }

    /**
     * Updates weights and slots in place.
     *
     * @param gradients as {@link #gradients} returns them; their memory is used
     * @param slots of the optimizer and the average, in the order of {@link TrainingSpec#slots}
     * @return the loss behind the gradients, without dimensions
     */
    NDArray update(
            NDArray gradients, NDArray weights, List<NDArray> slots, double learningRate, long step, NDManager scope) {
        try (IValue gradient = Script.argument(gradients);
                IValue weight = Script.argument(weights);
                IValue slot = Script.argument(slots);
                IValue rates = rates(learningRate, step)) {
            return script.run(StepSource.UPDATE, scope, gradient, weight, slot, rates);
        }
    }

    /**
     * The gradient of a batch's mean loss and the update by it, in one call.
     *
     * @return the loss before the update, without dimensions
     */
    NDArray step(NDArray weights, List<NDArray> slots, Batch batch, double learningRate, long step, NDManager scope) {
        try (IValue slot = Script.argument(slots);
                IValue rates = rates(learningRate, step)) {
            return run(StepSource.STEP, weights, batch, 0, step, scope, List.of(slot, rates));
        }
    }

    private IValue rates(double learningRate, long step) {
        return IValue.listFrom(OptimizerSource.of(spec.optimizer()).rates(learningRate, step + 1));
    }

    private NDArray run(
            String method, NDArray weights, Batch batch, int first, long step, NDManager scope, List<IValue> more) {
        try (IValue inputs = Script.argument(batches.inputs(batch, scope));
                IValue labels = Script.argument(labels(batch, scope));
                IValue from = Script.argument(start);
                IValue weight = Script.argument(weights);
                IValue mask = Script.argument(masks(first, batch.size(), step, scope))) {
            List<IValue> arguments = new ArrayList<>(List.of(inputs, labels, from, weight, mask));
            arguments.addAll(more);
            return script.run(method, scope, arguments.toArray(IValue[]::new));
        }
    }

    /** What the loss of the program takes. */
    private NDArray labels(Batch batch, NDManager scope) {
        return LossSource.of(spec.loss()).takesSoftLabels()
                ? batches.softLabels(batch, scope)
                : batches.labels(batch, scope);
    }

    private List<NDArray> masks(int first, int count, long step, NDManager scope) {
        List<NDArray> all = new ArrayList<>();
        for (NamedLayer layer : network.leaves()) {
            if (layer.spec() instanceof Dropout dropout) {
                all.add(masks.mask(layer, dropout, first, count, step, scope));
            }
        }
        return all;
    }
}
