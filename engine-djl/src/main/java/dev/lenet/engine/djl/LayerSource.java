package dev.lenet.engine.djl;

import java.util.List;

/** One kind of layer as statements in TorchScript, at its place in a network; usually one operation of PyTorch each way. */
interface LayerSource {

    /** From its input to its output, in a prediction. */
    List<String> predict(Names names);

    /** The same on a CPU, where PyTorch's own way is slow for some layers; a GPU would only have more operations to start. */
    default List<String> predictOnHost(Names names) {
        return predict(names);
    }

    /**
     * The same of a layer whose input is an array of the program's own that nothing else needs, so that it may write over it.
     */
    default List<String> predictInPlace(Names names, boolean onHost) {
        return onHost ? predictOnHost(names) : predict(names);
    }

    /** From its input to its output, in a training step. */
    default List<String> train(Names names) {
        return predict(names);
    }

    /**
     * From the gradient for its output to that for its input, and those of its parameters: the operations that PyTorch's
     * autograd would call. It may read input and output, and what {@link #train} has left.
     *
     * @param onward whether the gradient for the input is wanted; a layer without parameters always fills it
     */
    List<String> backward(Names names, boolean onward);
}
