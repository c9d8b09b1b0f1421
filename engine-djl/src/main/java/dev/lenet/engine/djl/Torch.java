package dev.lenet.engine.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtEngine;
import dev.lenet.api.engine.Device.Kind;
import dev.lenet.api.engine.EngineOptions;
import java.util.ServiceConfigurationError;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * PyTorch in this JVM, and the device of it to compute on.
 *
 * <p>The first use loads libtorch for the rest of the JVM's life; whether that is a CPU or a CUDA build is decided then.
 * DJL finds it where {@code PYTORCH_LIBRARY_PATH} points, otherwise among the jars.
 *
 * @param library DJL's view of it
 * @param device never anything else than was asked for
 */
record Torch(Engine library, Device device) {

    private static final String NO_TORCH_NEEDED = "or take the engine that needs no native library (--engine native)";

    /** Why there is no such PyTorch or device here, in the two parts a user is told. */
    static final class Missing extends Exception {
        private static final long serialVersionUID = 1L;

        private final String reason;
        private final String remedy;

        Missing(String reason, String remedy, Throwable cause) {
            super(reason, cause);
            this.reason = reason;
            this.remedy = remedy;
        }

        Missing(String reason, String remedy) {
            super(reason);
            this.reason = reason;
            this.remedy = remedy;
        }

        String reason() {
            return reason;
        }

        String remedy() {
            return remedy;
        }
    }

    /** Loads PyTorch if need be, and finds the device that the options ask for. */
    static Torch find(EngineOptions options) throws Missing {
        return find(options, () -> Engine.getEngine(PtEngine.ENGINE_NAME));
    }

    /** As {@link #find(EngineOptions)}, with another way to load. */
    static Torch find(EngineOptions options, Supplier<Engine> loader) throws Missing {
        Engine library = load(loader);
        return new Torch(library, device(library, options.device()));
    }

    // Synchronised because DJL reads its switches from system properties while it loads.
    private static synchronized Engine load(Supplier<Engine> loader) throws Missing {
        // DJL reports to its makers when its class Engine is loaded, unless told otherwise before.
        System.setProperty("OPT_OUT_TRACKING", "true");
        String environment = System.getenv("DJL_OFFLINE");
        if (environment != null && !Boolean.parseBoolean(environment)) {
            // The variable would win over the property below.
            throw new Missing(
                    "expected to stay offline, received DJL_OFFLINE=" + environment + " in the environment",
                    "Unset DJL_OFFLINE");
        }
        @Nullable String before = System.setProperty("ai.djl.offline", "true");
        try {
            return loader.get();
        } catch (EngineException
                | LinkageError
                | IllegalArgumentException
                | AssertionError
                | ServiceConfigurationError e) {
            throw new Missing(
                    "expected to load libtorch and its JNI library, received: " + rootMessage(e),
                    "Provide what is missing, " + NO_TORCH_NEEDED,
                    e);
        } finally {
            // Loading is the only time DJL would connect; afterwards the switch is the user's again.
            if (before == null) {
                System.clearProperty("ai.djl.offline");
            } else {
                System.setProperty("ai.djl.offline", before);
            }
        }
    }

    private static Device device(Engine library, dev.lenet.api.engine.Device wanted) throws Missing {
        // Whether libtorch can compute on a GPU, not whether DJL finds a CUDA runtime to count GPUs with.
        boolean cuda = library.hasCapability(StandardCapabilities.CUDA);
        if (wanted.kind() == Kind.CPU || (wanted.kind() == Kind.AUTO && !cuda)) {
            return Device.cpu();
        }
        if (!cuda) {
            throw new Missing(
                    "expected device " + wanted + ", received PyTorch " + library.getVersion()
                            + " without a usable CUDA device",
                    "Point PYTORCH_LIBRARY_PATH at the lib directory of libtorch " + library.getVersion()
                            + "+cu128, set PYTORCH_VERSION=" + library.getVersion()
                            + " and PYTORCH_FLAVOR=cu128, check the driver with nvidia-smi, or use --device cpu");
        }
        Device device = Device.gpu(wanted.index());
        // DJL counts GPUs without asking PyTorch; what counts is whether an array can be put there.
        try (NDManager trial = library.newBaseManager(device)) {
            trial.zeros(new Shape(1));
            return device;
        } catch (EngineException e) {
            throw new Missing(
                    "expected device " + wanted + ", received: " + rootMessage(e),
                    "Choose a device that nvidia-smi lists, or use --device cpu",
                    e);
        }
    }

    /** As in {@code --device}. */
    String deviceName() {
        return device.isGpu() ? "cuda:" + device.getDeviceId() : "cpu";
    }

    /** What computes, in one line. */
    String describe(int threads) {
        return "PyTorch " + library.getVersion() + ", " + (device.isGpu() ? deviceName() : "CPU") + ", DJL "
                + Engine.getDjlVersion() + ", " + threads + (threads == 1 ? " thread" : " threads");
    }

    /** The first line of the innermost cause: that is where the loader says which file is missing. */
    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage() == null ? root.toString() : root.getMessage();
        return message.lines().findFirst().orElse(root.toString());
    }
}
