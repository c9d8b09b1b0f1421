package dev.lenet.notebooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AxisTest {
    private static final double ROUNDING = 1e-12;

    @Test
    void ticksAreRoundNumbersBetweenTheEnds() {
        assertThat(new Axis(0, 5157, false).ticks(8)).containsExactly(0.0, 1000.0, 2000.0, 3000.0, 4000.0, 5000.0);
        assertThat(new Axis(95, 100, false).ticks(8)).containsExactly(95.0, 96.0, 97.0, 98.0, 99.0, 100.0);
    }

    @Test
    void ticksOfFactorsAreOneTwoAndFiveOrPowersOfTenAlone() {
        assertThat(new Axis(0.1, 2.5, true).ticks(8).stream().map(Axis::label))
                .containsExactly("0.1", "0.2", "0.5", "1", "2");
        assertThat(new Axis(0.001, 100, true).ticks(8).stream().map(Axis::label))
                .containsExactly("0.001", "0.01", "0.1", "1", "10", "100");
    }

    @Test
    void equalFactorsAreEqualLengths() {
        Axis axis = new Axis(0.01, 1, true);
        assertThat(axis.place(0.01)).isEqualTo(0, within(ROUNDING));
        assertThat(axis.place(0.1)).isEqualTo(0.5, within(ROUNDING));
        assertThat(axis.place(1)).isEqualTo(1, within(ROUNDING));
        assertThat(axis.place(0))
                .as("what has no logarithm is below the bottom")
                .isNegative()
                .isFinite();
    }

    @Test
    void labelsAreAsAPersonWritesThem() {
        assertThat(Axis.label(5000)).isEqualTo("5,000");
        assertThat(Axis.label(3 * 0.001)).isEqualTo("0.003");
        assertThat(Axis.label(0)).isEqualTo("0");
    }
}
