package dev.lenet.engine.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.djl.engine.EngineException;
import dev.lenet.api.EngineUnavailableException;
import dev.lenet.api.engine.Availability;
import dev.lenet.api.engine.Device;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.EngineProvider;
import dev.lenet.api.engine.Engines;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The provider of the engine djl")
class DjlEngineProviderTest {
    private static final EngineOptions CUDA = new EngineOptions(Device.parse("cuda:1"), 2, true);
    private final EngineProvider provider = new DjlEngineProvider();

    @Test
    void isFoundByName() {
        assertThat(Engines.named("djl")).isInstanceOf(DjlEngineProvider.class);
    }

    @Test
    void reportsWhatItWouldRunOn() {
        assertThat(provider.probe(new EngineOptions(Device.CPU, 2, true)))
                .isEqualTo(new Availability.Ready("PyTorch 2.7.1, CPU, DJL 0.35.1, 2 threads"));
    }

    @Test
    void namesEngineAndDevice() {
        try (Engine engine = provider.open(new EngineOptions(Device.CPU, 1, true))) {
            assertThat(engine.describe().name()).isEqualTo("djl");
            assertThat(engine.describe().device()).isEqualTo("cpu");
            assertThat(engine.describe().detail()).isEqualTo("PyTorch 2.7.1, CPU, DJL 0.35.1, 1 thread");
        }
    }

    @Test
    void takesTheCpuIfTheChoiceIsItsOwnAndTorchHasNoCuda() {
        try (Engine engine = provider.open(EngineOptions.DEFAULT)) {
            assertThat(engine.describe().device()).isEqualTo("cpu");
        }
    }

    @Test
    void neverTakesTheCpuForCuda() {
        assertThatThrownBy(() -> provider.open(CUDA))
                .isInstanceOf(EngineUnavailableException.class)
                .hasMessageContaining("expected device cuda:1, received PyTorch 2.7.1, where ")
                .hasMessageContaining("libtorch is the one for CPUs")
                .hasMessageContaining("PYTORCH_LIBRARY_PATH")
                .hasMessageEndingWith("or take the device cpu.");
        assertThat(provider.probe(CUDA)).isInstanceOfSatisfying(Availability.Unavailable.class, unavailable -> {
            assertThat(unavailable.reason()).contains("cuda:1");
            assertThat(unavailable.remedy()).contains("take the device cpu");
        });
    }

    @Test
    void saysWhichLibraryIsMissing() {
        Torch.Missing missing = missing(new EngineException(
                "Failed to load PyTorch native library",
                new UnsatisfiedLinkError("libtorch_cpu.so: libgomp.so.1: cannot open shared object file\nmore")));
        assertThat(missing.reason())
                .isEqualTo("expected to load libtorch and its JNI library, received: "
                        + "libtorch_cpu.so: libgomp.so.1: cannot open shared object file");
        assertThat(missing.remedy()).endsWith("or take another engine that needs no native library");
    }

    @Test
    void survivesWhateverLoadingThrows() {
        assertThat(missing(new ExceptionInInitializerError(new IllegalStateException("no class")))
                        .reason())
                .endsWith("no class");
        assertThat(missing(new NoClassDefFoundError("ai/djl/Engine")).reason()).endsWith("ai/djl/Engine");
        assertThat(missing(new AssertionError("No pytorch version found")).reason())
                .endsWith("No pytorch version found");
        assertThat(missing(new UnsatisfiedLinkError()).reason()).endsWith("UnsatisfiedLinkError");
    }

    @Test
    void staysOfflineAndUntrackedWhileLoadingAndLeavesTheSwitchAsItWas() throws Exception {
        String before = System.getProperty("ai.djl.offline");
        EngineOptions cpuOnline = new EngineOptions(Device.CPU, 1, false);
        EngineOptions cudaOffline = new EngineOptions(Device.parse("cuda"), 1, true);
        EngineOptions cudaOnline = new EngineOptions(Device.parse("cuda"), 1, false);
        assertThat(offlineWhileLoading(EngineOptions.DEFAULT)).isEqualTo("true");
        assertThat(offlineWhileLoading(cpuOnline)).isEqualTo("true");
        assertThat(offlineWhileLoading(cudaOffline)).isEqualTo("true");
        assertThat(offlineWhileLoading(cudaOnline)).isEqualTo("true");
        assertThat(System.getProperty("ai.djl.offline")).isEqualTo(before);
    }

    private static String offlineWhileLoading(EngineOptions options) {
        Torch.Missing missing = catchThrowableOfType(
                Torch.Missing.class,
                () -> Torch.find(options, () -> {
                    assertThat(System.getProperty("OPT_OUT_TRACKING")).isEqualTo("true");
                    throw new EngineException(System.getProperty("ai.djl.offline"));
                }));
        return missing.reason().substring(missing.reason().lastIndexOf(' ') + 1);
    }

    private static Torch.Missing missing(Throwable failure) {
        return catchThrowableOfType(
                Torch.Missing.class,
                () -> Torch.find(EngineOptions.DEFAULT, () -> {
                    if (failure instanceof Error error) {
                        throw error;
                    }
                    throw (RuntimeException) failure;
                }));
    }
}
