package dev.lenet.fuzz;

import dev.lenet.api.ModelFormatException;
import dev.lenet.api.model.ModelFile;
import java.util.List;

/** Model files, with the network in their metadata. */
public final class ModelTarget {
    private ModelTarget() {}

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            ModelFile.read(Scratch.file("model.safetensors", data), List.of());
        } catch (ModelFormatException e) {
            Documented.check(e);
        }
    }
}
