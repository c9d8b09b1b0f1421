package dev.lenet.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.EngineUnavailableException;
import dev.lenet.api.engine.Availability;
import dev.lenet.api.engine.Device;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.EngineProvider;
import dev.lenet.api.engine.Engines;
import org.junit.jupiter.api.Test;

class NativeEngineProviderTest {
    private final EngineProvider provider = Engines.named("native");

    @Test
    void isFoundByNameAndReady() {
        assertThat(provider).isInstanceOf(NativeEngineProvider.class);
        assertThat(provider.probe(new EngineOptions(Device.CPU, 2, true)))
                .isEqualTo(
                        new Availability.Ready("plain Java, " + Simd.kernels().describe() + ", 2 threads"));
    }

    @Test
    void hasNoCuda() {
        EngineOptions cuda = new EngineOptions(Device.parse("cuda:1"), 0, true);
        assertThat(provider.probe(cuda))
                .isEqualTo(new Availability.Unavailable(
                        "it computes on the CPU; cuda:1 was asked for",
                        "Use --device cpu, or an engine that has CUDA."));
        assertThatThrownBy(() -> provider.open(cuda))
                .isInstanceOf(EngineUnavailableException.class)
                .hasMessage("Engine 'native': expected the device cpu or auto, received 'cuda:1'."
                        + " Use --device cpu, or an engine that has CUDA.");
    }

    @Test
    void refusesKernelsThatThereAreNot() {
        String before = System.getProperty(Simd.PROPERTY);
        System.setProperty(Simd.PROPERTY, "12");
        try {
            assertThat(provider.probe(EngineOptions.DEFAULT))
                    .isEqualTo(new Availability.Unavailable(
                            "Engine 'native', system property lenet.native.simd: expected auto, off, 128, 256 or 512,"
                                    + " received '12'. Choose one of these.",
                            "Leave out -Dlenet.native.simd."));
            assertThatThrownBy(() -> provider.open(EngineOptions.DEFAULT))
                    .isInstanceOf(EngineUnavailableException.class)
                    .hasMessageContaining("received '12'");
            System.setProperty(Simd.PROPERTY, "off");
            assertThat(provider.probe(new EngineOptions(Device.CPU, 1, true)))
                    .isEqualTo(new Availability.Ready("plain Java, scalar kernels, 1 thread"));
        } finally {
            if (before == null) {
                System.clearProperty(Simd.PROPERTY);
            } else {
                System.setProperty(Simd.PROPERTY, before);
            }
        }
    }
}
