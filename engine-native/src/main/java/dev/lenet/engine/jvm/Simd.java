package dev.lenet.engine.jvm;

import dev.lenet.api.EngineUnavailableException;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.EngineSetting;
import java.util.Arrays;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Which kernels an engine uses: those on the Vector API where it is there and fast, the scalar ones otherwise, or as it was told. */
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
            Kernels of the native engine: {range}. auto takes the widest vectors of the processor where Java makes them
            fast, and plain loops otherwise; the command `engines` says which. off takes plain loops in any case. A
            number asks for vectors of that many bits, and is an error where there are none. All engines of a JVM share
            one width.""");

    /** Its name in {@link EngineOptions#settings}. */
    static final String SETTING = DECLARATION.key(NativeEngine.NAME);

    private static @Nullable Simd first;

    private final String text;

    Simd(String text) {
        this.text = text;
    }

    /** What this JVM's width was fixed by: C2 wants a constant, so the first engine on vectors decides. */
    static synchronized Simd requested() {
        return first == null ? AUTO : first;
    }

    /**
     * What an engine was told.
     *
     * @throws EngineUnavailableException if this JVM has no such kernels
     */
    static Simd in(EngineOptions options) {
        Simd simd = of(options);
        if (simd.isWidth()) {
            simd.kernels();
        }
        return simd;
    }

    /** Whether these kernels are on the Vector API. Loads nothing. */
    boolean usesVectors() {
        return isWidth() || (this == AUTO && SimdModule.isUseful());
    }

    private boolean isWidth() {
        return this != AUTO && this != OFF;
    }

    /**
     * New kernels.
     *
     * @throws EngineUnavailableException if a width was asked for that this JVM does not have
     */
    Kernels kernels() {
        if (!usesVectors()) {
            return new ScalarKernels();
        }
        SimdModule.load();
        @Nullable String absence = SimdModule.absence();
        if (absence == null) {
            return vectorKernels();
        }
        if (isWidth()) {
            throw refusal("off or auto, as there are no vectors (" + absence + ")", "Take one of these.");
        }
        return new ScalarKernels();
    }

    private EngineUnavailableException refusal(String expected, String remedy) {
        return new EngineUnavailableException(
                "Engine 'native', " + SETTING + ": expected " + expected + ", received '" + text + "'. " + remedy);
    }

    /** How the vectors came, or why there are none, for people; empty if none were wanted. */
    String remark() {
        if (this == OFF) {
            return "";
        }
        @Nullable String drawback = this == AUTO ? SimdModule.drawback() : null;
        if (drawback != null) {
            return "vectors would be slow: " + drawback;
        }
        @Nullable String absence = SimdModule.absence();
        return absence != null ? absence : SimdModule.origin();
    }

    private static Simd of(EngineOptions options) {
        String received = DECLARATION.valueIn(options, NativeEngine.NAME);
        for (Simd simd : values()) {
            if (simd.text.equals(received)) {
                return simd;
            }
        }
        throw new EngineUnavailableException("Engine 'native', " + SETTING + ": expected "
                + DECLARATION.values().describe() + ", received '" + received + "'. Choose one of these.");
    }

    private Kernels vectorKernels() {
        synchronized (Simd.class) {
            int bits = byName("VectorRegister", IntSupplier.class).getAsInt();
            if (isWidth() && Integer.parseInt(text) > bits) {
                throw refusal("at most the " + bits + " bits of this processor", "Use auto, or a smaller number.");
            }
            if (first == null) {
                first = this;
            }
            Kernels kernels = byName("VectorKernels", Kernels.class);
            if (isWidth() && !kernels.describe().startsWith(text + "-bit ")) {
                throw refusal(
                        "the width that this JVM already has (" + kernels.describe() + ")",
                        "Use auto, or another JVM.");
            }
            return kernels;
        }
    }

    /** Without the module the class could not be linked. */
    private static <T> T byName(String name, Class<T> type) {
        try {
            return Class.forName("dev.lenet.engine.jvm." + name)
                    .asSubclass(type)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the kernels of this very jar cannot be loaded", e);
        }
    }
}
