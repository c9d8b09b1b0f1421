package dev.lenet.api.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an engine can declare as a setting of its own. */
class EngineSettingTest {
    private static final EngineSetting.Values ODD = new EngineSetting.Choice(List.of("1", "3", "5"));

    @Test
    void aChoiceIsItsWordsAndNothingElse() {
        assertThat(ODD.contains("3")).isTrue();
        assertThat(ODD.contains("2")).isFalse();
        assertThat(ODD.describe()).isEqualTo("1, 3 or 5");
        assertThat(new EngineSetting.Choice(List.of("only")).describe()).isEqualTo("only");
    }

    @Test
    void aWholeNumberIsInItsRangeAndWrittenInTheUsualWay() {
        EngineSetting.Values digits = new EngineSetting.WholeNumber(-1, 9);
        assertThat(List.of("-1", "0", "9")).allMatch(digits::contains);
        assertThat(List.of("-2", "10", "", "two", "1.0", "+1", "01", " 1", "9223372036854775808"))
                .noneMatch(digits::contains);
        assertThat(digits.describe()).isEqualTo("-1 to 9");
    }

    @Test
    void itsValueIsTheUsersOrTheDefault() {
        EngineSetting setting = new EngineSetting("step_width", ODD, "5", "Width of a step, {range}.");
        assertThat(setting.valueIn(EngineOptions.DEFAULT, "mine")).isEqualTo("5");
        EngineOptions options =
                new EngineOptions(Device.AUTO, 0, true, Map.of("mine.step_width", "2", "other.step_width", "3"));
        assertThat(setting.valueIn(options, "mine")).isEqualTo("2");
    }

    @Test
    void aDeclarationThatContradictsItselfIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EngineSetting("mine.width", ODD, "5", "Width."))
                .withMessage("Engine setting: expected a name of lower-case letters, digits and underscores, received"
                        + " 'mine.width'. Leave the name of the engine out.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EngineSetting("width", ODD, "2", "Width."))
                .withMessage("Engine setting width: expected a default of 1, 3 or 5, received '2'."
                        + " Declare one of its values as the default.");
        assertThatIllegalArgumentException().isThrownBy(() -> new EngineSetting("width", ODD, "5", " "));
        assertThatIllegalArgumentException().isThrownBy(() -> new EngineSetting.WholeNumber(2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new EngineSetting.Choice(List.of()));
    }
}
