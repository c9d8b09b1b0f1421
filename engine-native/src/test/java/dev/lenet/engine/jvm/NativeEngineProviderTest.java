package dev.lenet.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.EngineUnavailableException;
import dev.lenet.api.engine.Availability;
import dev.lenet.api.engine.Device;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.EngineProvider;
import dev.lenet.api.engine.Engines;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NativeEngineProviderTest {
    private final EngineProvider provider = Engines.named("native");

    @Test
    void isFoundByNameAndReady() {
        assertThat(provider).isInstanceOf(NativeEngineProvider.class);
        assertThat(provider.probe(new EngineOptions(Device.CPU, 2, true)))
                .isEqualTo(new Availability.Ready(
                        "plain Java, " + Simd.AUTO.kernels().describe() + ", 2 threads; " + Simd.AUTO.remark()));
    }

    @Test
    void hasNoCuda() {
        EngineOptions cuda = new EngineOptions(Device.parse("cuda:1"), 0, true);
        assertThat(provider.probe(cuda))
                .isEqualTo(new Availability.Unavailable(
                        "it computes on the CPU; cuda:1 was asked for",
                        "Take the device cpu, or an engine that has CUDA."));
        assertThatThrownBy(() -> provider.open(cuda))
                .isInstanceOf(EngineUnavailableException.class)
                .hasMessage("Engine 'native': expected the device cpu or auto, received 'cuda:1'."
                        + " Take the device cpu, or an engine that has CUDA.");
    }

    @Test
    void refusesAnotherWidthThanThisJvmHas() {
        // On a processor whose registers have 128 bits it is refused as too wide.
        String text = Simd.AUTO.kernels().describe().startsWith("128") ? "256" : "128";
        EngineOptions other = new EngineOptions(Device.CPU, 1, true, Map.of(Simd.SETTING, text));
        assertThat(provider.probe(other)).isInstanceOf(Availability.Unavailable.class);
        assertThatThrownBy(() -> provider.open(other))
                .isInstanceOf(EngineUnavailableException.class)
                .hasMessageContaining("received '" + text + "'");
    }

    @Test
    void hasScalarKernelsWhereTheyAreAskedFor() {
        assertThat(provider.probe(new EngineOptions(Device.CPU, 1, true, Map.of(Simd.SETTING, "off"))))
                .isEqualTo(new Availability.Ready("plain Java, scalar kernels, 1 thread"));
    }

    @Test
    void refusesKernelsThatThereAreNot() {
        EngineOptions options = new EngineOptions(Device.CPU, 1, true, Map.of(Simd.SETTING, "12"));
        assertThat(provider.probe(options))
                .isEqualTo(new Availability.Unavailable(
                        "Engine 'native', native.simd: expected auto, off, 128, 256 or 512, received '12'. Choose one of"
                                + " these.",
                        "Set native.simd to auto."));
        assertThatThrownBy(() -> provider.open(options))
                .isInstanceOf(EngineUnavailableException.class)
                .hasMessageContaining("received '12'");
    }
}
