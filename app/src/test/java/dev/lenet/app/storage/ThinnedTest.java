package dev.lenet.app.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.app.storage.Progress.Curve;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThinnedTest {
    @Test
    void aShortCurveIsKeptAsItIs() {
        Thinned curve = new Thinned(11);
        curve.add(2);
        curve.add(1.5);
        assertThat(curve.toCurve()).isEqualTo(new Curve(11, 1, List.of(2f, 1.5f)));
    }

    @Test
    void aPointOfALongCurveIsTheMeanOfItsSteps() {
        Thinned curve = new Thinned(1);
        int steps = 10_000;
        for (int step = 1; step <= steps; step++) {
            curve.add(step);
        }
        int stride = curve.toCurve().stride();
        List<Float> values = curve.toCurve().values();
        assertThat(values.size()).isBetween(Thinned.MOST_POINTS / 2, Thinned.MOST_POINTS);
        assertThat(values.size() * stride).isBetween(steps - stride, steps);
        for (int i = 0; i < values.size(); i++) {
            assertThat(values.get(i).doubleValue()).isEqualTo(1 + i * stride + (stride - 1) / 2.0);
        }
    }

    @Test
    void whatIsNotFiniteIsNull() {
        Thinned curve = new Thinned(1);
        curve.add(Double.NaN);
        curve.add(1);
        assertThat(curve.toCurve().values()).containsExactly(null, 1f);
    }
}
