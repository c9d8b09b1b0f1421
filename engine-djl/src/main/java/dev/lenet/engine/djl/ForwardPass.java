package dev.lenet.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.IValue;
import dev.lenet.api.network.Network;
import java.util.List;

/** A network's {@link ForwardSource} compiled, and its weights. For any number of threads at once. */
final class ForwardPass implements AutoCloseable {
    private final Script script;
    /** Handed over once, as a call would cost a step for each of them. */
    private final IValue parameters;

    /**
     * @param parameters windows onto the weights, in the network's order; what changes in them, outputs follow
     * @param manager on the device, owns the program
     */
    ForwardPass(Network network, List<NDArray> parameters, NDManager manager) {
        this.script = new Script(
                manager, ForwardSource.of(network, !manager.getDevice().isGpu()));
        this.parameters = Script.argument(parameters);
    }

    /**
     * The output of the whole network, in memory of its own.
     *
     * @param inputs {@code [N, ...network.input()]}
     * @param scope owns the result
     */
    NDArray all(NDArray inputs, NDManager scope) {
        return run(ForwardSource.ALL, inputs, scope);
    }

    /**
     * The output of one layer; it may be a window onto the input.
     *
     * @param input {@code [N, ...layer.input()]}
     * @param scope owns the result
     */
    NDArray layer(int index, NDArray input, NDManager scope) {
        return run(ForwardSource.layer(index), input, scope);
    }

    private NDArray run(String method, NDArray inputs, NDManager scope) {
        try (IValue x = Script.argument(inputs)) {
            return script.run(method, scope, x, parameters);
        }
    }

    @Override
    public void close() {
        parameters.close();
    }
}
