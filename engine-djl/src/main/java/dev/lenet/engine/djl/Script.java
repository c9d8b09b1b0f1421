package dev.lenet.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A program in TorchScript, PyTorch's own language, compiled from its source: however many operations it has, Java calls
 * it once.
 *
 * <p>PyTorch takes programs as archives only, as Python's {@code torch.jit.save} writes them: a zip of source text, with
 * an object of the class in it as a pickle. Here the object has no attributes.
 */
final class Script {
    /** How the class of the program is called. */
    static final String NAME = "Program";

    /** A pickle: protocol 2, an object of class __torch__.Program, its state an empty dictionary. */
    private static final byte[] OBJECT =
            ("\u0080\u0002c__torch__\n" + NAME + "\nq\u0000)\u0081}b.").getBytes(StandardCharsets.ISO_8859_1);

    /** A pickle: protocol 2, an empty tuple. */
    private static final byte[] NO_CONSTANTS = "\u0080\u0002).".getBytes(StandardCharsets.ISO_8859_1);

    private final PtSymbolBlock module;

    /**
     * Compiles methods.
     *
     * @param manager owns the program
     * @param methods their source, indented as in a class
     */
    Script(NDManager manager, String methods) {
        String source = "class " + NAME + "(Module):\n  __parameters__ = []\n  __buffers__ = []\n" + methods;
        try {
            module =
                    JniUtils.loadModule((PtNDManager) manager, new ByteArrayInputStream(archive(source)), false, false);
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is read from anywhere", e);
        }
    }

    private static byte[] archive(String source) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(zip, "data.pkl", OBJECT);
            put(zip, "code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
            put(zip, "constants.pkl", NO_CONSTANTS);
            put(zip, "version", "10\n".getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /** Uncompressed, as PyTorch wants it. */
    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry("program/" + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        CRC32 sum = new CRC32();
        sum.update(content);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    /**
     * Runs a method that returns an array.
     *
     * @param scope owns the result
     */
    NDArray run(String method, NDManager scope, IValue... arguments) {
        // What PyTorch would optimise, by compiling kernels for a GPU at the first runs, is written as it should be.
        JniUtils.setGraphExecutorOptimize(false);
        try (IValue result = IValueUtils.runMethod(module, method, arguments)) {
            return result.toTensor((PtNDManager) scope);
        } finally {
            // A setting of the thread that cannot be asked for; this is what DJL gives it.
            JniUtils.setGraphExecutorOptimize(!"false".equals(System.getProperty("ai.djl.pytorch.graph_optimizer")));
        }
    }

    /** An array as argument, to be closed after the call. */
    static IValue argument(NDArray array) {
        return IValue.from((PtNDArray) array);
    }

    /** A list of arrays as argument, to be closed after the call. */
    static IValue argument(List<NDArray> arrays) {
        return IValue.listFrom(arrays.stream().map(PtNDArray.class::cast).toArray(PtNDArray[]::new));
    }
}
