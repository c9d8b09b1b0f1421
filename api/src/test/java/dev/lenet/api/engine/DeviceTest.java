package dev.lenet.api.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTest {

    @ParameterizedTest
    @CsvSource({
        "auto, AUTO, 0, auto",
        "cpu, CPU, 0, cpu",
        "cuda, CUDA, 0, cuda:0",
        "cuda:0, CUDA, 0, cuda:0",
        "cuda:12, CUDA, 12, cuda:12",
    })
    void isReadAndPrinted(String text, Device.Kind kind, int index, String printed) {
        assertThat(Device.parse(text)).isEqualTo(new Device(kind, index)).hasToString(printed);
        assertThat(Device.parse(Device.parse(text).toString())).isEqualTo(Device.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gpu", "CPU", "cpu:0", "cuda:", "cuda:-1", "cuda:1x", "cuda:1234", " cpu"})
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> Device.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Device: expected auto, cpu, cuda or cuda:N, received '" + text
                        + "'. With auto, the engine chooses.");
    }

    @Test
    void optionsResolveTheNumberOfThreads() {
        assertThat(new EngineOptions(Device.CPU, 3, true).resolvedThreads()).isEqualTo(3);
        assertThat(EngineOptions.DEFAULT.resolvedThreads())
                .isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(EngineOptions.DEFAULT).isEqualTo(new EngineOptions(Device.AUTO, 0, true));
    }

    @Test
    void optionsRefuseANegativeNumberOfThreads() {
        assertThatThrownBy(() -> new EngineOptions(Device.CPU, -1, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Engine options: expected 0 threads or more, received -1."
                        + " Use 0 for as many as there are processors.");
    }
}
