package dev.lenet.engine.jvm;

import dev.lenet.api.engine.Device;
import dev.lenet.api.engine.EngineOptions;
import java.util.Map;

/** What this JVM's tests ask of the engine: the build runs them once for each width. */
final class TestOptions {
    private TestOptions() {}

    static EngineOptions options() {
        return new EngineOptions(Device.CPU, 2, true, Map.of(Simd.SETTING, System.getProperty("test.simd", "auto")));
    }

    static Simd simd() {
        return Simd.in(options());
    }

    static Kernels kernels() {
        return simd().kernels();
    }
}
