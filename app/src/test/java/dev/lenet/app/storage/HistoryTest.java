package dev.lenet.app.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.ModelFormatException;
import dev.lenet.report.TrainingHistory.Epoch;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final Epoch VALIDATED = new Epoch(1, 1.5, 20_000, 0.5, 0.25, 0.9);
    private static final Epoch TRAINED = new Epoch(2, 1.25, 24_000, 0.4, null, null);

    @Test
    void aTableHasALineOfNamesAndLeavesOpenWhatIsNotKnown() {
        assertThat(RunJson.csv(Epoch.class, List.of(VALIDATED, TRAINED))).isEqualTo("""
                epoch,seconds,images_per_second,train_loss,validation_loss,validation_accuracy
                1,1.5,20000.0,0.5,0.25,0.9
                2,1.25,24000.0,0.4,,
                """);
    }

    @Test
    void rowsAreReadAsTheyWereWritten() {
        String text = RunJson.page(List.of(VALIDATED, TRAINED));
        assertThat(RunJson.read(text, Epoch[].class, Path.of("history.json"), "rows"))
                .containsExactly(VALIDATED, TRAINED);
    }

    @Test
    void aNumberThatIsMissingIsNotZero() {
        assertThatThrownBy(() -> RunJson.read(
                        "[{\"epoch\": 1}]", Epoch[].class, Path.of("history.json"), "a row for each epoch"))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("history.json: expected a row for each epoch, received something else (no \"seconds\")."
                        + " Restore it, or delete it to go on without.");
    }
}
