package dev.lenet.engine.jvm;

import dev.lenet.api.network.Network.NamedLayer;
import java.util.ArrayList;
import java.util.List;

/**
 * A network compiled to predict one image at a time. {@link Plan} computes sixteen together, and takes as long when only one is
 * asked for. The logits are the same to the last bit as those of a block: every element is the same sum in the same order.
 */
final class SingleImagePlan {

    /** A plan while the layers add their steps, and what these need to know. */
    static final class Builder {
        private final Kernels kernels;
        private final ModelParameters parameters;
        private final List<Runnable> steps = new ArrayList<>();

        private Builder(Kernels kernels, ModelParameters parameters) {
            this.kernels = kernels;
            this.parameters = parameters;
        }

        /** Adds the steps of layers that follow each other, and returns where the output of the last one is. */
        SingleImage compile(List<NamedLayer> layers, SingleImage in) {
            SingleImage last = in;
            for (NamedLayer layer : layers) {
                last = LayerCompilers.of(layer, Fusion.none(layer)).single(this, last);
            }
            return last;
        }

        Kernels kernels() {
            return kernels;
        }

        ModelParameters parameters() {
            return parameters;
        }

        void add(Runnable step) {
            steps.add(step);
        }
    }

    private final Kernels kernels;
    private final List<Runnable> steps;
    private final SingleImage input;
    private final SingleImage output;
    private final float[] buffer;

    /**
     * @param layers of a network, from any one to any later one
     */
    SingleImagePlan(Kernels kernels, List<NamedLayer> layers, ModelParameters parameters) {
        this.kernels = kernels;
        Builder builder = new Builder(kernels, parameters);
        input = SingleImage.of(layers.get(0).input());
        buffer = new float[layers.get(0).input().size()];
        output = builder.compile(layers, input);
        steps = builder.steps;
    }

    Kernels kernels() {
        return kernels;
    }

    /** Where an example is written, row-major, before {@link #run}. */
    float[] example() {
        return buffer;
    }

    /** From {@link #example()} to its logits, at {@code logits[offset ...]}. */
    void run(float[] logits, int offset) {
        input.put(buffer, 0);
        for (Runnable step : steps) {
            step.run();
        }
        output.get(logits, offset);
    }
}
