package dev.lenet.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lenet.api.engine.Optimizer.Adam;
import java.util.Map;

/**
 * {@link Adam} in PyTorch's operations, term by term as its formula stands.
 *
 * <p>DJL's native {@code adamUpdate} is one call, but takes beta2 as a float and computes {@code 1 - beta2} from it: for
 * 0.999 that is wrong by 1.3e-5 of its value.
 */
final class AdamUpdate implements Update {
    private final Adam adam;
    private final HostScalar beta1;
    private final HostScalar beta2;
    private final HostScalar rest1;
    private final HostScalar rest2;
    private final HostScalar epsilon;
    private final HostScalar decay;
    private final HostScalar correction;
    private final HostScalar rate;
    /** m and v of the formula. */
    private final NDArray mean;

    private final NDArray variance;

    AdamUpdate(Adam adam, NDManager manager, NDManager host, int size) {
        this.adam = adam;
        beta1 = new HostScalar(host, adam.beta1());
        beta2 = new HostScalar(host, adam.beta2());
        rest1 = new HostScalar(host, 1 - adam.beta1());
        rest2 = new HostScalar(host, 1 - adam.beta2());
        epsilon = new HostScalar(host, adam.epsilon());
        decay = new HostScalar(host, adam.weightDecay());
        correction = new HostScalar(host, 1);
        rate = new HostScalar(host, 0);
        mean = manager.zeros(new Shape(size));
        variance = manager.zeros(new Shape(size));
    }

    @Override
    public Map<String, NDArray> slots() {
        return Map.of("first_moment", mean, "second_moment", variance);
    }

    @Override
    public void apply(NDArray weights, NDArray gradient, double learningRate, long step) {
        NDManager scope = gradient.getManager();
        if (adam.weightDecay() > 0) {
            if (adam.decoupled()) {
                weights.muli(decay.set(1 - learningRate * adam.weightDecay()));
            } else {
                gradient.addi(HostBuffer.alias(weights, scope).mul(decay.array()));
            }
        }
        mean.muli(beta1.array()).addi(gradient.mul(rest1.array()));
        variance.muli(beta2.array()).addi(gradient.mul(rest2.array()).muli(gradient));

        NDArray denominator = HostBuffer.alias(variance, scope)
                .sqrt()
                .divi(correction.set(Math.sqrt(1 - Math.pow(adam.beta2(), (double) step))))
                .addi(epsilon.array());
        double stepSize = learningRate / (1 - Math.pow(adam.beta1(), (double) step));
        weights.subi(HostBuffer.alias(mean, scope).mul(rate.set(stepSize)).divi(denominator));
    }
}
