package dev.lenet.engine.jvm;

import dev.lenet.api.data.Batch;
import dev.lenet.api.network.Network.NamedLayer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A network compiled for one thread: fused stages, and every buffer they need for a block of so many images,
 * made once. Running a plan allocates nothing.
 *
 * <p>What is fused is in {@link Fusion}, and each kind of layer is at home in a {@link LayerCompiler}.
 */
final class Plan {
    /** Whether a plan is for predicting, or for training with a seed. */
    record Purpose(boolean training, long seed) {
        static final Purpose PREDICTION = new Purpose(false, 0);

        static Purpose training(long seed) {
            return new Purpose(true, seed);
        }
    }

    private final Kernels kernels;
    private final List<Stage> stages;
    private final List<BatchStage> batchStages;
    private final Map<String, LinearLayer.Block> linearStages = new HashMap<>();
    private final Activation input;
    private final Activation output;
    private final float[] buffer;

    /** The first stage that is a fully connected layer; behind it is no convolution. */
    private final int firstLinear;

    /**
     * For full blocks.
     *
     * @param layers of a network, from any one to any later one
     */
    Plan(Kernels kernels, List<NamedLayer> layers, ModelParameters parameters, Purpose purpose) {
        this(kernels, layers, parameters, purpose, Activation.LANES);
    }

    /**
     * @param lanes images of a block, up to {@link Activation#LANES}
     */
    Plan(Kernels kernels, List<NamedLayer> layers, ModelParameters parameters, Purpose purpose, int lanes) {
        this.kernels = kernels;
        this.input = new Activation(layers.get(0).input(), lanes, purpose.training());
        this.buffer = new float[input.shape().size()];
        PlanBuilder builder = new PlanBuilder(kernels, parameters, purpose, lanes);
        this.output = builder.compile(layers, input);
        this.stages = List.copyOf(builder.stages());
        this.batchStages = stages.stream()
                .filter(BatchStage.class::isInstance)
                .map(BatchStage.class::cast)
                .toList();
        int first = 0;
        while (first < stages.size() && !(stages.get(first) instanceof LinearLayer.Block)) {
            first++;
        }
        this.firstLinear = first;
        for (Stage stage : stages) {
            if (stage instanceof LinearLayer.Block linear) {
                linearStages.put(linear.name(), linear);
            }
        }
    }

    Kernels kernels() {
        return kernels;
    }

    /** Where the values of the examples go in. */
    Activation input() {
        return input;
    }

    /** Where the logits come out. */
    Activation output() {
        return output;
    }

    /** Where an example is written, row-major, before {@link #load(int)}. */
    float[] example() {
        return buffer;
    }

    /** Takes {@link #example()} as image n of the block. */
    void load(int n) {
        input.put(n, buffer, 0);
    }

    /** Reads one example of a batch as image n of the block. */
    void load(Batch batch, int n, int example) {
        batch.read(example, buffer, 0);
        load(n);
    }

    void forward(long step, int firstImage) {
        for (Stage stage : stages) {
            stage.forward(step, firstImage);
        }
    }

    /** Those of this plan, in order; most networks have none. */
    List<BatchStage> batchStages() {
        return batchStages;
    }

    /**
     * A part of the forward pass: from a {@link BatchStage}, or from the first stage, up to the next one, which collects.
     *
     * @param segment 0 for the first one; there is one more than there are such stages
     */
    void forwardSegment(int segment, long step, int firstImage) {
        int end = end(segment);
        for (int i = start(segment); i < end; i++) {
            stages.get(i).forward(step, firstImage);
        }
        if (segment < batchStages.size()) {
            batchStages.get(segment).collect();
        }
    }

    /** The same part of the backward pass. */
    void backwardSegment(int segment, NetworkParameters gradients) {
        if (segment < batchStages.size()) {
            batchStages.get(segment).backward(gradients);
        }
        int start = segment == 0 ? 0 : start(segment) + 1;
        for (int i = end(segment) - 1; i >= start; i--) {
            stages.get(i).backward(gradients);
        }
        if (segment > 0) {
            batchStages.get(segment - 1).collectGradients(gradients);
        }
    }

    private int start(int segment) {
        return segment == 0 ? 0 : stages.indexOf(batchStages.get(segment - 1));
    }

    private int end(int segment) {
        return segment == batchStages.size() ? stages.size() : stages.indexOf(batchStages.get(segment));
    }

    /** From the gradients of {@link #output()} to those of the parameters, which are added to {@code gradients}. */
    void backward(NetworkParameters gradients) {
        for (int i = stages.size() - 1; i >= 0; i--) {
            stages.get(i).backward(gradients);
        }
    }

    /**
     * The first half of {@link #backward}: through the fully connected layers at the end of the network. The gradients of
     * their weights are left to {@link #addWeightGradient}, which computes them from what the stages still hold.
     */
    void backwardToConvolutions(NetworkParameters gradients) {
        for (int i = stages.size() - 1; i >= firstLinear; i--) {
            if (stages.get(i) instanceof LinearLayer.Block linear) {
                linear.backwardWithoutWeight(gradients);
            } else {
                stages.get(i).backward(gradients);
            }
        }
    }

    /** The second half: through what is before the first fully connected layer, of whose parameters it needs none. */
    void backwardFromConvolutions(NetworkParameters gradients) {
        for (int i = firstLinear - 1; i >= 0; i--) {
            stages.get(i).backward(gradients);
        }
    }

    /** See {@link LinearLayer.Block#addWeightGradient}. */
    void addWeightGradient(String layer, int chunk, float[][] dWeight) {
        LinearLayer.Block stage = linearStages.get(layer);
        if (stage == null) {
            throw new IllegalArgumentException(layer + " is not fully connected");
        }
        stage.addWeightGradient(chunk, dWeight);
    }
}
