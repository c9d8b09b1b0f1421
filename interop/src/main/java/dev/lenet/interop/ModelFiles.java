package dev.lenet.interop;

import dev.lenet.api.ForeignFile;
import dev.lenet.api.ModelFormatException;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.Network;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Model files of either kind, safetensors or ONNX: what is in a file tells, not how it is called. */
public final class ModelFiles {
    /** Enough of a file to tell: before its graph an ONNX file has names, numbers and a comment. */
    private static final int BYTES = 1 << 14;

    /** Of a safetensors file, which says its length in the first eight bytes. */
    private static final int HEADER = Long.BYTES;

    private ModelFiles() {}

    /**
     * Reads a model as {@link ModelFile#read} or {@link Onnx#read} does.
     *
     * @param candidates what a safetensors file that does not say its network may be
     * @throws ModelFormatException if the file is missing, damaged, of another kind, or holds what no layer can do
     */
    public static ModelFile read(Path file, List<Network> candidates) {
        return isOnnx(file) ? Onnx.read(file) : ModelFile.read(file, candidates);
    }

    /**
     * Whether a file is an ONNX model, or is called so and nothing else: then messages are about what was to be expected.
     */
    public static boolean isOnnx(Path file) {
        boolean isCalledSo = file.toString().toLowerCase(Locale.ROOT).endsWith(".onnx");
        if (!Files.isRegularFile(file)) {
            return isCalledSo;
        }
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(BYTES);
        } catch (IOException e) {
            // The reader says what is wrong.
            return isCalledSo;
        }
        if (start.length > HEADER && start[HEADER] == '{') {
            long length = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
            if (length > 0 && length <= Integer.MAX_VALUE) {
                return false;
            }
        }
        return isCalledSo || (ForeignFile.of(start).isEmpty() && OnnxGraph.begins(start));
    }
}
