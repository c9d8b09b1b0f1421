package dev.lenet.engine.djl;

import ai.djl.engine.EngineException;
import dev.lenet.api.LenetException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What goes wrong on a device in the middle of the work, as a sentence. */
final class DeviceFailure {

    private DeviceFailure() {}

    /**
     * What a user is told of PyTorch's error; the error itself, if it is none of memory or device.
     *
     * @param device as {@link dev.lenet.api.engine.Device} prints it
     */
    static RuntimeException explain(EngineException error, String device) {
        String where = "Engine '" + DjlEngineProvider.NAME + "' on " + device + ": ";
        @Nullable String memory = line(error, "out of memory", "can't allocate memory", "not enough memory");
        if (memory != null) {
            return new LenetException(
                    where + "expected memory for what was to be computed, received: " + memory
                            + " Take a smaller batch size, stop what else runs on the device, or take another device.",
                    error);
        }
        @Nullable String failure = line(error, "cuda error", "cudnn error", "cublas_status");
        if (failure != null) {
            return new LenetException(
                    where + "expected the device to answer, received: " + failure
                            + " Look at it with nvidia-smi, and start the program anew; a training goes on from its last"
                            + " checkpoint.",
                    error);
        }
        return error;
    }

    /**
     * The first line that has one of these words, without PyTorch's advice, which speaks of Python; null if none has. Before
     * it may be a trace of the program in which it happened.
     */
    private static @Nullable String line(EngineException error, String... words) {
        return String.valueOf(error.getMessage())
                .lines()
                .filter(line -> Arrays.stream(words).anyMatch(line.toLowerCase(Locale.ROOT)::contains))
                .findFirst()
                .map(line -> {
                    int advice = line.indexOf(" If reserved but unallocated");
                    String said = (advice < 0 ? line : line.substring(0, advice)).replaceFirst("^RuntimeError: ", "");
                    return said.endsWith(".") ? said : said + ".";
                })
                .orElse(null);
    }
}
