package dev.lenet.engine.jvm;

import dev.lenet.api.EngineUnavailableException;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.EngineSetting;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which kernels this JVM uses: those on the Vector API where it was started with {@code --add-modules
 * jdk.incubator.vector}, the scalar ones otherwise. The setting {@code native.simd} asks for something else.
 */
enum Simd {
    AUTO("auto"),
    OFF("off"),
    BITS_128("128"),
    BITS_256("256"),
    BITS_512("512");

    /** The setting that chooses among these. */
    static final EngineSetting DECLARATION = new EngineSetting(
            "simd",
            new EngineSetting.Choice(
                    Arrays.stream(values()).map(simd -> simd.text).toList()),
            AUTO.text,
            """
            Kernels of the native engine: {range}. auto takes the widest vectors of the processor if Java was started with
            `java --add-modules jdk.incubator.vector -jar ...`, and plain loops otherwise. off takes plain loops in any
            case. A number asks for vectors of that many bits, and is an error without the module. All engines of a JVM
            share one width.""");

    /** Its name in {@link EngineOptions#settings}. */
    static final String SETTING = DECLARATION.key(NativeEngine.NAME);

    private static final String MODULE = "jdk.incubator.vector";

    private static @Nullable Simd first;

    private final String text;

    Simd(String text) {
        this.text = text;
    }

    /** What this JVM's width was fixed by: C2 wants a constant, so the first engine on vectors decides. */
    static synchronized Simd requested() {
        return first == null ? AUTO : first;
    }

    /** The kernels for whoever has asked for none in particular. */
    static Kernels kernels() {
        return kernels(EngineOptions.DEFAULT);
    }

    /**
     * The kernels for a new engine.
     *
     * @throws EngineUnavailableException if a width was asked for that this JVM has not
     */
    static synchronized Kernels kernels(EngineOptions options) {
        Simd wanted = of(options);
        if (wanted == OFF || (wanted == AUTO && !present())) {
            return new ScalarKernels();
        }
        if (!present()) {
            throw new EngineUnavailableException("Engine 'native', " + SETTING
                    + ": expected off or auto in a JVM without the Vector API, received '" + wanted.text
                    + "'. Start it with java --add-modules " + MODULE + ".");
        }
        if (first == null) {
            first = wanted;
        }
        Kernels kernels = vectorKernels();
        if (wanted != AUTO && !kernels.describe().startsWith(wanted.text + "-bit ")) {
            throw new EngineUnavailableException(
                    "Engine 'native', " + SETTING + ": expected the width that this JVM already has ("
                            + kernels.describe() + "), received '" + wanted.text + "'. Use auto, or another JVM.");
        }
        return kernels;
    }

    private static Simd of(EngineOptions options) {
        String received = DECLARATION.valueIn(options, NativeEngine.NAME);
        for (Simd simd : values()) {
            if (simd.text.equals(received)) {
                return simd;
            }
        }
        throw new EngineUnavailableException("Engine 'native', " + SETTING
                + ": expected " + DECLARATION.values().describe() + ", received '" + received
                + "'. Choose one of these.");
    }

    /** How to get faster kernels, where the JVM has none. */
    static String hint(Kernels kernels) {
        return kernels instanceof ScalarKernels && !present()
                ? "; twice as fast with java --add-modules " + MODULE
                : "";
    }

    private static boolean present() {
        return ModuleLayer.boot().findModule(MODULE).isPresent();
    }

    /** By name: without the module the class could not be linked. */
    private static Kernels vectorKernels() {
        try {
            return Class.forName("dev.lenet.engine.jvm.VectorKernels")
                    .asSubclass(Kernels.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException e) {
            throw new IllegalStateException("the kernels of this very jar cannot be loaded", e);
        }
    }
}
