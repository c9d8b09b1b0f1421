package dev.lenet.fuzz;

import dev.lenet.api.ModelFormatException;
import dev.lenet.api.training.CheckpointStore;

/** Checkpoints of a training run. */
public final class CheckpointTarget {
    private CheckpointTarget() {}

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            CheckpointStore.read(Scratch.file("checkpoint.safetensors", data));
        } catch (ModelFormatException e) {
            Documented.check(e);
        }
    }
}
