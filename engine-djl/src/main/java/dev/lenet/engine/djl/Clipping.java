package dev.lenet.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.lenet.api.engine.TrainingSpec;

/**
 * {@link TrainingSpec#clipFactor}, computed where the gradient is: the length never comes to this side, so nothing waits for
 * the device.
 *
 * <p>The squares are added in double precision, where none of them overflows or vanishes.
 */
final class Clipping {
    private final boolean clips;
    private final HostScalar limit;
    private final HostScalar margin;
    private final HostScalar one;

    Clipping(TrainingSpec spec, NDManager host) {
        clips = spec.clipNorm() > 0;
        limit = new HostScalar(host, spec.clipNorm());
        margin = new HostScalar(host, 1e-6);
        one = new HostScalar(host, 1);
    }

    /**
     * Shortens a gradient in place.
     *
     * @param gradient of all parameters, flat; intermediate results land in its manager
     */
    void apply(NDArray gradient) {
        if (clips) {
            NDArray norm =
                    gradient.toType(DataType.FLOAT64, true).square().sum().sqrt();
            NDArray factor =
                    HostBuffer.alias(limit.array(), gradient.getManager()).div(norm.addi(margin.array()));
            gradient.muli(factor.minimum(one.array()).toType(DataType.FLOAT32, false));
        }
    }
}
