package dev.lenet.fuzz;

import dev.lenet.api.ModelFormatException;
import dev.lenet.interop.Onnx;

/** ONNX files of any exporter. */
public final class OnnxTarget {
    private OnnxTarget() {}

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            Onnx.read(Scratch.file("model.onnx", data));
        } catch (ModelFormatException e) {
            Documented.check(e);
        }
    }
}
