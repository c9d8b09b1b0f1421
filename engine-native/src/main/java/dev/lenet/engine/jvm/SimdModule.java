package dev.lenet.engine.jvm;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.lang.module.ModuleFinder;
import org.jspecify.annotations.Nullable;

/**
 * The module of the Vector API, {@code jdk.incubator.vector}: brought into a JVM that was not started with it, where vectors
 * are fast.
 *
 * <p>A JVM resolves an incubator module at its start, for {@code --add-modules}. HotSpot can define a module later as well, as it
 * does for agents, by {@code jdk.internal.module.Modules.loadModule}; and it turns on C2's vector support when a module of this name
 * is defined to the boot loader, whenever that is ({@code Modules::define_module} in HotSpot's {@code modules.cpp}). The package is
 * internal, so a program has to ask for it: a jar in its manifest, {@code Add-Exports: java.base/jdk.internal.module}, any other with
 * {@code java --add-exports java.base/jdk.internal.module=ALL-UNNAMED}. Where that fails the scalar kernels remain.
 */
final class SimdModule {
    static final String NAME = "jdk.incubator.vector";

    private static final String DOOR = "jdk.internal.module";

    /** What kept the module out although the door was open. */
    private static volatile @Nullable String failure;

    private SimdModule() {}

    /** Whether vectors are fast here and the module can be had. Loads nothing: one image need not wait for it. */
    static boolean isUseful() {
        return drawback() == null && absence() == null;
    }

    /**
     * What would make vectors slow in this JVM; null where they are fast. C2 makes instructions of them; elsewhere each is an object,
     * and an operation a loop over its elements, hundreds of times as slow.
     *
     * <p>Decided by what the JVM says of itself and not by a clock: a run that is repeated has to take the same kernels.
     */
    static @Nullable String drawback() {
        return Drawback.TEXT;
    }

    /** Why the module cannot be had; null if it can. */
    static @Nullable String absence() {
        @Nullable String known = failure;
        if (known != null) {
            return known;
        }
        if (cameAtStart()) {
            return null;
        }
        if (ModuleFinder.ofSystem().find(NAME).isEmpty()) {
            return "this Java has no module " + NAME;
        }
        boolean open = Object.class.getModule().isExported(DOOR, SimdModule.class.getModule());
        return open ? null : "faster with java --add-modules " + NAME;
    }

    /** How the module comes, where it can be had. */
    static String origin() {
        return cameAtStart() ? "Vector API by java --add-modules " + NAME : "Vector API loaded by the engine";
    }

    private static boolean cameAtStart() {
        return ModuleLayer.boot().findModule(NAME).isPresent();
    }

    /** Brings the module, if it is not here; {@link #absence} says whether that failed. */
    static synchronized void load() {
        if (cameAtStart() || absence() != null) {
            return;
        }
        try {
            // By name: the compiler does not see the package, and other JVMs do not have it.
            Class.forName(DOOR + ".Modules")
                    .getMethod("loadModule", String.class)
                    .invoke(null, NAME);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            failure = "Java did not load " + NAME + ": " + (e.getCause() == null ? e : e.getCause());
        }
    }

    /** Found out once. */
    private static final class Drawback {
        static final @Nullable String TEXT = find();

        private Drawback() {}

        private static @Nullable String find() {
            String name = System.getProperty("java.vm.name", "");
            if (!name.contains("Server VM")) {
                return name + " has no C2";
            }
            String mode = System.getProperty("java.vm.info", "");
            if (mode.contains("interpreted") || mode.contains("emulated-client")) {
                return "C2 is off";
            }
            try {
                return find(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class));
            } catch (RuntimeException | LinkageError e) {
                return "a Java without the module jdk.management does not say whether they are fast";
            }
        }

        private static @Nullable String find(HotSpotDiagnosticMXBean jvm) {
            if (Integer.parseInt(flag(jvm, "TieredStopAtLevel", "4")) < 4) {
                return "C2 is off";
            }
            if (!cameAtStart() && flag(jvm, "UseJVMCICompiler", "false").equals("true")) {
                return "another compiler has taken C2's place";
            }
            if (flag(jvm, "EnableVectorSupport", "true").equals("false")) {
                return "C2's support for them is off";
            }
            return flag(jvm, "UseFMA", "false").equals("true") ? null : "there is no fused multiply-add";
        }

        /** The value of a flag, or what it is where the JVM has none of this name, or hides it. */
        private static String flag(HotSpotDiagnosticMXBean jvm, String name, String otherwise) {
            try {
                return jvm.getVMOption(name).getValue();
            } catch (IllegalArgumentException e) {
                return otherwise;
            }
        }
    }
}
