package dev.lenet.engine.jvm;

import dev.lenet.api.data.Batch;
import dev.lenet.api.network.AvgPool2d;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.LayerSpec;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.Relu;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A network compiled for one thread: fused stages, and every buffer they need for a block of so many images,
 * made once. Running a plan allocates nothing.
 *
 * <p>Fused are a convolution with the rectifier and the max-pooling behind it, and a fully connected layer with its
 * rectifier. Everything else is a stage of its own.
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
    private final ModelParameters parameters;
    private final Purpose purpose;
    private final List<Stage> stages = new ArrayList<>();
    private final Map<String, LinearStage> linearStages = new HashMap<>();
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
        this.parameters = parameters;
        this.purpose = purpose;
        this.input = new Activation(layers.get(0).input(), lanes, purpose.training());
        this.buffer = new float[input.shape().size()];
        Activation last = input;
        for (int i = 0; i < layers.size(); ) {
            NamedLayer layer = layers.get(i);
            boolean relu = isParameterised(layer) && isAt(layers, i + 1, Relu.class);
            boolean pool = layer.spec() instanceof Conv2d && isTouchingPool(layers, i + (relu ? 2 : 1));
            int fused = 1 + (relu ? 1 : 0) + (pool ? 1 : 0);
            last = compile(layer, layers.get(i + fused - 1), relu, pool, last);
            i += fused;
        }
        this.output = last;
        int first = 0;
        while (first < stages.size() && !(stages.get(first) instanceof LinearStage)) {
            first++;
        }
        this.firstLinear = first;
    }

    private static boolean isParameterised(NamedLayer layer) {
        return layer.spec() instanceof Conv2d || layer.spec() instanceof Linear;
    }

    private static boolean isAt(List<NamedLayer> layers, int index, Class<? extends LayerSpec> kind) {
        return index < layers.size() && kind.isInstance(layers.get(index).spec());
    }

    private static boolean isTouchingPool(List<NamedLayer> layers, int index) {
        return index < layers.size()
                && layers.get(index).spec() instanceof MaxPool2d pool
                && pool.kernelSize() == pool.stride();
    }

    /** Adds the stage of a layer and those fused with it, up to {@code lastLayer}, and returns its output. */
    private Activation compile(NamedLayer layer, NamedLayer lastLayer, boolean relu, boolean pool, Activation in) {
        LayerSpec spec = layer.spec();
        if (spec instanceof Dropout && !purpose.training()) {
            return in;
        }
        if (spec instanceof Flatten && !in.isImage()) {
            return in.reshaped(layer.output());
        }
        Activation out = new Activation(lastLayer.output(), in.lanes(), purpose.training());
        boolean withInputGradient = purpose.training() && !stages.isEmpty();
        Stage stage =
                switch (spec.kind()) {
                    case "conv2d" -> {
                        @Nullable MaxPool2d pooling = pool ? (MaxPool2d) lastLayer.spec() : null;
                        yield new ConvolutionStage(
                                kernels,
                                layer,
                                parameters,
                                in,
                                out,
                                relu,
                                pooling,
                                purpose.training(),
                                withInputGradient);
                    }
                    case "linear" -> new LinearStage(kernels, layer, parameters, in, out, relu, withInputGradient);
                    case "max_pool2d" ->
                        new MaxPoolingStage(
                                new MaxPooling((MaxPool2d) spec, layer.input(), layer.output(), in.lanes()), in, out);
                    case "avg_pool2d" -> new AveragePoolingStage((AvgPool2d) spec, in, out);
                    case "relu" -> new ActivationStages.ReluStage(in, out);
                    case "tanh" -> new ActivationStages.TanhStage(in, out);
                    case "flatten" -> new ActivationStages.FlattenStage(in, out);
                    case "dropout" ->
                        new ActivationStages.DropoutStage((Dropout) spec, layer.name(), purpose.seed(), in, out);
                    default -> throw new IllegalArgumentException("no stage for " + layer);
                };
        stages.add(stage);
        if (stage instanceof LinearStage linear) {
            linearStages.put(layer.name(), linear);
        }
        return out;
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
            if (stages.get(i) instanceof LinearStage linear) {
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

    /** See {@link LinearStage#addWeightGradient}. */
    void addWeightGradient(String layer, int chunk, float[][] dWeight) {
        LinearStage stage = linearStages.get(layer);
        if (stage == null) {
            throw new IllegalArgumentException(layer + " is not fully connected");
        }
        stage.addWeightGradient(chunk, dWeight);
    }
}
