package dev.lenet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lenet.api.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code training.calibrate}. */
class CalibratedTrainingTest {
    @TempDir
    Path folder;

    private ProgramRun train(boolean calibrate, int validationSize) throws IOException {
        TwoClasses.write(folder.resolve("two"), 384 + 64, 40);
        Files.writeString(folder.resolve("config.yaml"), String.format(Locale.ROOT, """
                data: {dataset: idx, directory: two, validation_size: %d}
                training: {epochs: 2, optimizer: adam, learning_rate: 0.001, calibrate: %s}
                """, validationSize, calibrate));
        return ProgramRun.of(
                folder, "train", "--device", "cpu", "--run", "r" + calibrate, "--output", calibrate + ".safetensors");
    }

    private ModelFile model(boolean calibrate) {
        return ModelFile.read(folder.resolve(calibrate + ".safetensors"), List.of());
    }

    @Test
    void theLastLayerIsDividedByWhatTheFileSays() throws IOException {
        assertThat(train(false, 64).exitCode()).isZero();
        assertThat(train(true, 64).exitCode()).isZero();

        double temperature = Double.parseDouble(model(true).facts().getOrDefault("calibration_temperature", "0"));
        assertThat(temperature).isBetween(0.5, 5.0);
        assertThat(Math.abs(temperature - 1)).isGreaterThan(0.01);
        for (String name : model(true).weights().tensors().keySet()) {
            float[] plain = model(false).weights().get(name);
            float[] calibrated = model(true).weights().get(name);
            double divisor = name.startsWith("fc3.") ? temperature : 1;
            for (int i = 0; i < plain.length; i++) {
                assertThat((double) calibrated[i]).as(name).isCloseTo(plain[i] / divisor, within(1e-6));
            }
        }
    }

    @Test
    void withoutValidationImagesItIsRefusedBeforeTraining() throws IOException {
        ProgramRun run = train(true, 0);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("training.calibrate: expected validation images");
        assertThat(folder.resolve("models/runs")).doesNotExist();
    }
}
