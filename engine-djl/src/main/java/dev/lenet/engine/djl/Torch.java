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
import dev.lenet.api.engine.EngineSetting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceConfigurationError;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * PyTorch in this JVM, and the device of it to compute on.
 *
 * <p>The first use loads libtorch for the rest of the JVM's life; whether that is a CPU or a CUDA build is decided then, by
 * {@link Libtorch}. Nothing is ever fetched.
 *
 * @param library DJL's view of it
 * @param build which was loaded
 * @param device never anything else than was asked for
 * @param replicas the devices that train together, {@code device} first
 * @param nvidia the driver and its GPUs, if there are any
 */
record Torch(Engine library, Libtorch build, Device device, List<Device> replicas, Optional<Nvidia> nvidia) {
    /** How many devices share out each batch in training, as a setting is called. */
    static final String REPLICAS = DjlEngineProvider.REPLICAS.key(DjlEngineProvider.NAME);

    /** What DJL reads while it loads and the user may have set for other uses of DJL. */
    private static final String OFFLINE = "ai.djl.offline";

    /** The build that this JVM has loaded. */
    private static @Nullable Libtorch loaded;

    private static final String NO_TORCH_NEEDED = "or take another engine that needs no native library";

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
        synchronized (Torch.class) {
            Libtorch build = loaded == null ? Libtorch.find(Torch::environment) : loaded;
            Engine library = load(build, loader);
            loaded = build;
            Optional<Nvidia> nvidia = Nvidia.find();
            Device device = device(library, build, nvidia, options.device());
            return new Torch(library, build, device, replicas(library, device, options), nvidia);
        }
    }

    /** As DJL looks: a variable of the environment, otherwise a system property. */
    private static @Nullable String environment(String name) {
        @Nullable String variable = System.getenv(name);
        @Nullable String value = variable == null || variable.isEmpty() ? System.getProperty(name) : variable;
        return value == null || value.isEmpty() ? null : value;
    }

    private static Engine load(Libtorch build, Supplier<Engine> loader) throws Missing {
        // DJL reports to its makers when its class Engine is loaded, unless told otherwise before.
        System.setProperty("OPT_OUT_TRACKING", "true");
        String environment = System.getenv("DJL_OFFLINE");
        if (environment != null && !Boolean.parseBoolean(environment)) {
            // The variable would win over the property below.
            throw new Missing(
                    "expected to stay offline, received DJL_OFFLINE=" + environment + " in the environment",
                    "Unset DJL_OFFLINE");
        }
        Properties switches = build.properties();
        switches.setProperty(OFFLINE, "true");
        Map<String, @Nullable String> before = new HashMap<>();
        switches.stringPropertyNames()
                .forEach(name -> before.put(name, System.setProperty(name, switches.getProperty(name))));
        OpenMp.shortenSpin();
        try {
            return loader.get();
        } catch (EngineException
                | LinkageError
                | IllegalArgumentException
                | AssertionError
                | ServiceConfigurationError e) {
            throw new Missing(
                    "expected to load libtorch and its JNI library, received: " + rootMessage(e), remedy(e), e);
        } finally {
            // Loading is the only time DJL would connect; afterwards the switches are the user's again.
            before.forEach((name, value) -> {
                if (value == null) {
                    System.clearProperty(name);
                } else {
                    System.setProperty(name, value);
                }
            });
        }
    }

    private static String remedy(Throwable e) {
        return rootMessage(e).contains("libcuda.so")
                ? "That is a part of NVIDIA's driver: install it, " + NO_TORCH_NEEDED
                : "Provide what is missing, " + NO_TORCH_NEEDED;
    }

    private static Device device(
            Engine library, Libtorch build, Optional<Nvidia> nvidia, dev.lenet.api.engine.Device wanted)
            throws Missing {
        // Whether libtorch can compute on a GPU, not whether DJL finds a CUDA runtime to count GPUs with.
        boolean cuda = library.hasCapability(StandardCapabilities.CUDA);
        if (wanted.kind() == Kind.CPU || (wanted.kind() == Kind.AUTO && !cuda)) {
            return Device.cpu();
        }
        if (!cuda) {
            throw new Missing(
                    "expected device " + wanted + ", received PyTorch " + library.getVersion() + ", where "
                            + whyNoCuda(build, nvidia),
                    whatToDo(build, nvidia) + ", or take the device cpu");
        }
        Device device = Device.gpu(wanted.index());
        try {
            check(library, device, "Choose a device that nvidia-smi lists, or take the device cpu");
            return device;
        } catch (Missing e) {
            if (wanted.kind() == Kind.AUTO) {
                return Device.cpu();
            }
            throw e;
        }
    }

    /** DJL counts GPUs without asking PyTorch; what counts is whether an array can be put there. */
    private static void check(Engine library, Device device, String remedy) throws Missing {
        try (NDManager trial = library.newBaseManager(device)) {
            trial.zeros(new Shape(1));
        } catch (EngineException e) {
            throw new Missing("expected device " + name(device) + ", received " + rootMessage(e), remedy, e);
        }
    }

    /** On GPUs that one and those after it; on a CPU, to try it, the CPU as often. */
    private static List<Device> replicas(Engine library, Device device, EngineOptions options) throws Missing {
        String text = DjlEngineProvider.REPLICAS.valueIn(options, DjlEngineProvider.NAME);
        EngineSetting.Values values = DjlEngineProvider.REPLICAS.values();
        if (!values.contains(text)) {
            throw new Missing(
                    REPLICAS + ": expected " + values.describe() + ", received '" + text + "'", "Choose one of these");
        }
        List<Device> replicas = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(text); i++) {
            Device replica = device.isGpu() ? Device.gpu(device.getDeviceId() + i) : device;
            if (i > 0 && device.isGpu()) {
                check(library, replica, "Set " + REPLICAS + " to how many GPUs there are from " + name(device) + " on");
            }
            replicas.add(replica);
        }
        return List.copyOf(replicas);
    }

    private static String whyNoCuda(Libtorch build, Optional<Nvidia> nvidia) {
        if (nvidia.isEmpty()) {
            return "no driver of NVIDIA answers" + (build.hasCuda() ? "" : ", and whose libtorch is the one for CPUs");
        } else if (!build.hasCuda()) {
            return "libtorch is the one for CPUs, beside driver " + nvidia.get().driver() + " and "
                    + nvidia.get().gpuName();
        }
        return "libtorch for " + build.flavor() + " finds no GPU, beside driver "
                + nvidia.get().driver() + " and " + nvidia.get().gpuName();
    }

    private static String whatToDo(Libtorch build, Optional<Nvidia> nvidia) {
        String cudaBuild = "build the program with `mvn -Pcuda`, or point " + Libtorch.PATH
                + " at the lib folder of libtorch for CUDA";
        if (nvidia.isEmpty()) {
            return "Install NVIDIA's driver, so that nvidia-smi lists a GPU"
                    + (build.hasCuda() ? "" : "; then " + cudaBuild);
        } else if (!build.hasCuda()) {
            return "B" + cudaBuild.substring(1);
        }
        return "Update the driver, and look at CUDA_VISIBLE_DEVICES";
    }

    /** As {@link dev.lenet.api.engine.Device} prints it. */
    String deviceName() {
        return name(device);
    }

    static String name(Device device) {
        return device.isGpu() ? "cuda:" + device.getDeviceId() : "cpu";
    }

    /** What computes, in one line; and what does not, if that is a GPU. */
    String describe(int threads) {
        String version = library.getVersion() + (build.hasCuda() ? "+" + build.flavor() : "");
        return "PyTorch " + version + ", " + where() + ", DJL " + Engine.getDjlVersion() + ", " + threads
                + (threads == 1 ? " thread" : " threads")
                + (replicas.size() == 1 ? "" : ", " + replicas.size() + " replicas");
    }

    private String where() {
        if (device.isGpu()) {
            return deviceName()
                    + nvidia.map(each -> " (" + each.gpuName() + ", driver " + each.driver() + ")")
                            .orElse("");
        }
        return "CPU"
                + nvidia.map(each -> " (" + each.gpuName() + " is idle" + whyIdle() + ")")
                        .orElse("");
    }

    /** PyTorch may have CUDA and be asked for the CPU, or be refused by the GPU. */
    private String whyIdle() {
        return library.hasCapability(StandardCapabilities.CUDA) ? "" : ", as " + whyNoCuda(build, nvidia);
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
