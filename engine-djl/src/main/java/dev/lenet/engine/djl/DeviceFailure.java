package dev.lenet.engine.djl;

import ai.djl.engine.EngineException;
import dev.lenet.api.LenetException;
import java.util.Locale;

/** What goes wrong on a device in the middle of the work, as a sentence. */
final class DeviceFailure {

    private DeviceFailure() {}

    /**
     * What a user is told of PyTorch's error; the error itself, if it is none of memory or device.
     *
     * @param device as in {@code --device}
     */
    static RuntimeException explain(EngineException error, String device) {
        String message = String.valueOf(error.getMessage());
        String lower = message.toLowerCase(Locale.ROOT);
        String where = "Engine '" + DjlEngineProvider.NAME + "' on " + device + ": ";
        if (lower.contains("out of memory") || lower.contains("can't allocate memory")) {
            return new LenetException(
                    where + "expected memory for this batch, received: " + firstSentences(message)
                            + " Take a smaller --batch-size, stop what else runs on the device, or choose another with"
                            + " --device.",
                    error);
        } else if (lower.contains("cuda error") || lower.contains("cudnn error") || lower.contains("cublas_status")) {
            return new LenetException(
                    where + "expected the device to answer, received: " + firstSentences(message)
                            + " Look at it with nvidia-smi, and start the program anew; train --resume goes on from the"
                            + " last checkpoint.",
                    error);
        }
        return error;
    }

    /** PyTorch's first line without its advice, which speaks of Python. */
    private static String firstSentences(String message) {
        String line = message.lines().findFirst().orElse(message);
        int advice = line.indexOf(" If reserved but unallocated");
        String said = advice < 0 ? line : line.substring(0, advice);
        return said.endsWith(".") ? said : said + ".";
    }
}
