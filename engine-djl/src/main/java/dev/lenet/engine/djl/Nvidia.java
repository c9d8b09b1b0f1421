package dev.lenet.engine.djl;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * NVIDIA's driver of this machine and the GPUs it sees, whether PyTorch can use them or not: by NVML, the library behind
 * {@code nvidia-smi}, which comes with the driver.
 *
 * @param driver its version
 * @param gpus their names, in NVML's order, which need not be PyTorch's
 */
record Nvidia(String driver, List<String> gpus) {
    /** Enough for any name and version, in bytes (NVML_DEVICE_NAME_V2_BUFFER_SIZE is 96). */
    private static final int TEXT = 96;

    Nvidia {
        gpus = List.copyOf(gpus);
    }

    /** Looked for once: where the driver is missing, JNA searches the folders of all libraries for it. */
    private static final class Once {
        static final Optional<Nvidia> FOUND = search();
    }

    /** Empty if there is no driver, or one that does not answer. */
    static Optional<Nvidia> find() {
        return Once.FOUND;
    }

    private static Optional<Nvidia> search() {
        NativeLibrary nvml;
        try {
            nvml = NativeLibrary.getInstance(Platform.isWindows() ? "nvml" : "libnvidia-ml.so.1");
        } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
            // The second where JNA has no library of its own for this platform.
            return Optional.empty();
        }
        try {
            return query(nvml);
        } catch (UnsatisfiedLinkError e) {
            return Optional.empty();
        }
    }

    private static Optional<Nvidia> query(NativeLibrary nvml) {
        if (call(nvml, "nvmlInit_v2") != 0) {
            return Optional.empty();
        }
        byte[] text = new byte[TEXT];
        if (call(nvml, "nvmlSystemGetDriverVersion", text, TEXT) != 0) {
            return Optional.empty();
        }
        String driver = string(text);
        IntByReference count = new IntByReference();
        call(nvml, "nvmlDeviceGetCount_v2", count);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count.getValue(); i++) {
            PointerByReference device = new PointerByReference();
            if (call(nvml, "nvmlDeviceGetHandleByIndex_v2", i, device) == 0) {
                Pointer handle = device.getValue();
                names.add(call(nvml, "nvmlDeviceGetName", handle, text, TEXT) == 0 ? string(text) : "GPU " + i);
            }
        }
        return Optional.of(new Nvidia(driver, names));
    }

    private static int call(NativeLibrary nvml, String function, Object... arguments) {
        return nvml.getFunction(function).invokeInt(arguments);
    }

    private static String string(byte[] text) {
        int end = 0;
        while (end < text.length && text[end] != 0) {
            end++;
        }
        return new String(text, 0, end, StandardCharsets.UTF_8);
    }

    /** The name that all GPUs have; with different ones, how many there are. */
    String gpuName() {
        return gpus.stream().distinct().count() == 1 ? gpus.get(0) : gpus.size() + " GPUs";
    }
}
