package dev.lenet.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lenet.report.chart.Axis.Tick;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Axes begin, end and are marked at numbers people read. */
class AxisTest {
    private static List<String> labels(Axis axis) {
        return axis.ticks().stream().map(Tick::label).toList();
    }

    @Test
    void aLinearAxisReachesTheRoundNumbersAroundItsValues() {
        Axis axis = Axis.linear(0.9484, 0.9934, (value, step) -> Axis.number(100 * value, 100 * step) + " %");

        assertThat(axis.from()).isCloseTo(0.94, within(1e-12));
        assertThat(axis.to()).isCloseTo(1, within(1e-12));
        assertThat(labels(axis)).containsExactly("94 %", "95 %", "96 %", "97 %", "98 %", "99 %", "100 %");
        assertThat(axis.position(0.97)).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void neighbouringTicksNeverHaveTheSameLabel() {
        for (double span : new double[] {1e-5, 3e-4, 0.07, 1, 12, 4000, 3e7}) {
            assertThat(labels(Axis.linear(0.1, 0.1 + span, Axis::number)))
                    .as("span %s", span)
                    .doesNotHaveDuplicates()
                    .hasSizeBetween(2, 7);
        }
    }

    @Test
    void aSingleValueStillHasAnAxisAroundIt() {
        for (double value : new double[] {0, 1, 0.25, -3, 1000}) {
            Axis axis = Axis.linear(value, value, Axis::number);
            assertThat(axis.position(value)).as("%s", value).isBetween(0.0, 1.0);
        }
    }

    @Test
    void aLogarithmicAxisMarksOneTwoAndFiveOfEachPowerOfTen() {
        Axis axis = Axis.logarithmic(0.02, 0.75);

        assertThat(labels(axis)).containsExactly("0.02", "0.05", "0.1", "0.2", "0.5");
        double step = axis.position(0.1) - axis.position(0.05);
        assertThat(axis.position(0.2) - axis.position(0.1)).isCloseTo(step, within(1e-12));
    }

    @Test
    void aLogarithmicAxisOfManyPowersMarksThemAlone() {
        assertThat(labels(Axis.logarithmic(1e-5, 2))).containsExactly("1e-05", "0.0001", "0.001", "0.01", "0.1", "1");
    }

    /** A file of a run may say any loss. */
    @Test
    void noValuesMakeTicksWithoutEnd() {
        double[] values = {
            -Double.MAX_VALUE,
            -1e300,
            -1,
            -1e-310,
            -Double.MIN_VALUE,
            0,
            Double.MIN_VALUE,
            2 * Double.MIN_VALUE,
            1e-310,
            Double.MIN_NORMAL,
            1e-300,
            1e-100,
            1e-9,
            0.1,
            Math.nextUp(0.1),
            1,
            Math.nextUp(1.0),
            1e9,
            1e16,
            1e100,
            1e300,
            Double.MAX_VALUE
        };
        for (double least : values) {
            for (double largest : values) {
                if (least > largest) {
                    continue;
                }
                List<Axis> axes = new ArrayList<>(List.of(Axis.linear(least, largest, Axis::number)));
                if (least < largest) {
                    axes.add(Axis.between(least, largest, Axis::number));
                }
                if (least > 0) {
                    axes.add(Axis.logarithmic(least, largest));
                }
                for (Axis axis : axes) {
                    assertThat(axis.ticks()).as("%s to %s", least, largest).hasSizeLessThan(50);
                    assertThat(labels(axis)).allMatch(label -> label.length() < 40);
                    for (double value : values) {
                        assertThat(axis.position(value))
                                .as("%s on %s to %s", value, least, largest)
                                .isFinite();
                    }
                }
            }
        }
        assertThat(Axis.counting(Integer.MAX_VALUE).ticks()).hasSizeLessThan(50);
    }

    @Test
    void epochsAreCountedInWholeNumbers() {
        assertThat(labels(Axis.counting(3))).containsExactly("1", "2", "3");
        assertThat(labels(Axis.counting(60))).containsExactly("10", "20", "30", "40", "50", "60");
        assertThat(Axis.counting(1).position(1)).isEqualTo(0.5);
    }
}
