package dev.lenet.engine.jvm;

import dev.lenet.api.EngineUnavailableException;
import java.lang.reflect.InvocationTargetException;

/**
 * Which kernels this JVM uses: those on the Vector API where it was started with {@code --add-modules
 * jdk.incubator.vector}, the scalar ones otherwise. The system property {@value #PROPERTY} asks for something else.
 */
enum Simd {
    AUTO("auto"),
    OFF("off"),
    BITS_128("128"),
    BITS_256("256"),
    BITS_512("512");

    static final String PROPERTY = "lenet.native.simd";

    private static final String MODULE = "jdk.incubator.vector";

    private final String text;

    Simd(String text) {
        this.text = text;
    }

    /**
     * @throws EngineUnavailableException if the property is none of these
     */
    static Simd requested() {
        String received = System.getProperty(PROPERTY, AUTO.text);
        for (Simd simd : values()) {
            if (simd.text.equals(received)) {
                return simd;
            }
        }
        throw new EngineUnavailableException("Engine 'native', system property " + PROPERTY
                + ": expected auto, off, 128, 256 or 512, received '" + received + "'. Choose one of these.");
    }

    /**
     * The kernels for a new engine.
     *
     * @throws EngineUnavailableException if a width was asked for in a JVM without the Vector API
     */
    static Kernels kernels() {
        Simd requested = requested();
        boolean present = ModuleLayer.boot().findModule(MODULE).isPresent();
        if (requested != OFF && present) {
            return vectorKernels();
        }
        if (requested != OFF && requested != AUTO) {
            throw new EngineUnavailableException("System property " + PROPERTY
                    + ": expected off or auto in a JVM without the Vector" + " API, received '" + requested.text
                    + "'. Start it with java --add-modules " + MODULE + ".");
        }
        return new ScalarKernels();
    }

    /** How to get faster kernels, where nobody has asked for these. */
    static String hint(Kernels kernels) {
        return requested() == AUTO && kernels instanceof ScalarKernels
                ? "; twice as fast with java --add-modules " + MODULE
                : "";
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
