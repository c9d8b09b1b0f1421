package dev.lenet.tck.oracle;

/** Where a layer puts what it keeps for itself after a training step. */
public interface Buffers {

    /** @param parameter by its full name, for example {@code norm1.running_mean} */
    void put(String parameter, Approximation values);
}
