package dev.lenet.engine.jvm;

import dev.lenet.api.Shape;
import dev.lenet.api.network.Network.NamedLayer;
import java.util.ArrayList;
import java.util.List;

/** A {@link Plan} while the layers add their stages, and what these need to know. */
final class PlanBuilder {
    private final Kernels kernels;
    private final ModelParameters parameters;
    private final Plan.Purpose purpose;
    private final int lanes;
    private final List<Stage> stages = new ArrayList<>();

    PlanBuilder(Kernels kernels, ModelParameters parameters, Plan.Purpose purpose, int lanes) {
        this.kernels = kernels;
        this.parameters = parameters;
        this.purpose = purpose;
        this.lanes = lanes;
    }

    /** Adds the stages of layers that follow each other, and returns where the output of the last one is. */
    Activation compile(List<NamedLayer> layers, Activation in) {
        Activation last = in;
        for (int i = 0; i < layers.size(); ) {
            Fusion behind = Fusion.at(layers, i);
            last = LayerCompilers.of(layers.get(i), behind).block(this, last);
            i += 1 + behind.layers();
        }
        return last;
    }

    Kernels kernels() {
        return kernels;
    }

    ModelParameters parameters() {
        return parameters;
    }

    Plan.Purpose purpose() {
        return purpose;
    }

    /** Whether the next stage has to fill the gradients of what it reads. */
    boolean withInputGradient() {
        return purpose.training() && !stages.isEmpty();
    }

    /** Room for values of that shape, and for their gradients if there will be any. */
    Activation activation(Shape shape) {
        return new Activation(shape, lanes, purpose.training());
    }

    void add(Stage stage) {
        stages.add(stage);
    }

    List<Stage> stages() {
        return stages;
    }
}
