package dev.lenet.fuzz;

import dev.lenet.api.ModelFormatException;
import dev.lenet.api.model.Safetensors;

/** Safetensors of any maker. */
public final class SafetensorsTarget {
    private SafetensorsTarget() {}

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            Safetensors.read(Scratch.file("weights.safetensors", data));
        } catch (ModelFormatException e) {
            Documented.check(e);
        }
    }
}
