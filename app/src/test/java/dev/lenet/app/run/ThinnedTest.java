package dev.lenet.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;

class ThinnedTest {
    @Test
    void aShortCurveIsKeptAsItIs() {
        Thinned curve = new Thinned(11);
        curve.add(2);
        curve.add(1.5);
        assertThat(curve.toJson().toString()).isEqualTo("{\"first\":11,\"stride\":1,\"values\":[2.0,1.5]}");
    }

    @Test
    void aPointOfALongCurveIsTheMeanOfItsSteps() {
        Thinned curve = new Thinned(1);
        int steps = 10_000;
        for (int step = 1; step <= steps; step++) {
            curve.add(step);
        }
        JsonObject json = curve.toJson();
        int stride = json.get("stride").getAsInt();
        JsonArray values = json.getAsJsonArray("values");
        assertThat(values.size()).isBetween(Thinned.MOST_POINTS / 2, Thinned.MOST_POINTS);
        assertThat(values.size() * stride).isBetween(steps - stride, steps);
        for (int i = 0; i < values.size(); i++) {
            assertThat(values.get(i).getAsDouble()).isEqualTo(1 + i * stride + (stride - 1) / 2.0);
        }
    }

    @Test
    void whatIsNotFiniteIsNull() {
        Thinned curve = new Thinned(1);
        curve.add(Double.NaN);
        curve.add(1);
        assertThat(curve.toJson().get("values").toString()).isEqualTo("[null,1.0]");
    }
}
