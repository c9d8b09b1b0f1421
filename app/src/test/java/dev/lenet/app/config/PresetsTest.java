package dev.lenet.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.training.TrainingSettings;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The presets of the api are those of the command line")
class PresetsTest {
    /** How often a program hears of the loss unless it says otherwise. */
    private static final int REPORT_EVERY = 100;

    @TempDir
    Path folder = Path.of("");

    @Test
    @DisplayName("QUICK is config/quick.yaml")
    void quick() {
        assertThat(TrainingSettings.QUICK).isEqualTo(settingsOf("quick.yaml"));
    }

    @Test
    @DisplayName("STANDARD is the defaults")
    void standard() {
        assertThat(TrainingSettings.STANDARD).isEqualTo(settingsOf(null));
    }

    @Test
    @DisplayName("BEST is config/best.yaml")
    void best() {
        assertThat(TrainingSettings.BEST).isEqualTo(settingsOf("best.yaml"));
    }

    private TrainingSettings settingsOf(@Nullable String preset) {
        @Nullable
        Path file = preset == null ? null : Path.of("..", "config", preset).toAbsolutePath();
        Config config = ConfigLoader.load(file, folder, List.of()).config();
        return config.toSettings(config.training().maxSteps(), REPORT_EVERY);
    }
}
