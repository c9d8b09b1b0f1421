package dev.lenet.api.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

    @Test
    void aConstantRateIsTheSameFromTheFirstStepToTheLast() {
        Schedule constant = new Schedule.Constant();
        assertThat(constant.factor(0, 100)).isEqualTo(1);
        assertThat(constant.factor(99, 100)).isEqualTo(1);
    }

    @Test
    void aCooldownStaysAndThenFallsInAStraightLine() {
        Schedule cooldown = new Schedule.Cooldown(0.5);
        assertThat(cooldown.factor(0, 8)).isEqualTo(1);
        assertThat(cooldown.factor(4, 8)).isEqualTo(1);
        assertThat(cooldown.factor(5, 8)).isEqualTo(0.75);
        assertThat(cooldown.factor(6, 8)).isEqualTo(0.5);
        assertThat(cooldown.factor(7, 8)).isEqualTo(0.25);
    }

    @Test
    void aCooldownOfTheWholeRunFallsFromTheStart() {
        assertThat(new Schedule.Cooldown(1).factor(1, 4)).isEqualTo(0.75);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 1.01, Double.NaN})
    void aShareMustBeOne(double share) {
        assertThatThrownBy(() -> new Schedule.Cooldown(share))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Cooldown: expected a share above 0 and at most 1, received " + share
                        + ". For a constant rate use no cooldown.");
    }
}
