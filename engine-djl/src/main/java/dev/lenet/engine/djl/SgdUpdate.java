package dev.lenet.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lenet.api.engine.Optimizer.Sgd;
import java.util.Map;

/** {@link Sgd} in PyTorch's operations. */
final class SgdUpdate implements Update {
    private final boolean decays;
    private final boolean remembers;
    private final HostScalar weightDecay;
    private final HostScalar momentum;
    private final HostScalar rate;
    private final Map<String, NDArray> slots;
    /** v of the formula; without momentum an array of length 0. */
    private final NDArray velocity;

    SgdUpdate(Sgd sgd, NDManager manager, NDManager host, int size) {
        decays = sgd.weightDecay() > 0;
        remembers = sgd.momentum() > 0;
        weightDecay = new HostScalar(host, sgd.weightDecay());
        momentum = new HostScalar(host, sgd.momentum());
        rate = new HostScalar(host, 0);
        velocity = manager.zeros(new Shape(remembers ? size : 0));
        slots = remembers ? Map.of("momentum", velocity) : Map.of();
    }

    @Override
    public Map<String, NDArray> slots() {
        return slots;
    }

    @Override
    public void apply(NDArray weights, NDArray gradient, double learningRate, long step) {
        if (decays) {
            gradient.addi(HostBuffer.alias(weights, gradient.getManager()).mul(weightDecay.array()));
        }
        NDArray direction = gradient;
        if (remembers) {
            velocity.muli(momentum.array()).addi(gradient);
            direction = HostBuffer.alias(velocity, gradient.getManager());
        }
        weights.subi(direction.mul(rate.set(learningRate)));
    }
}
