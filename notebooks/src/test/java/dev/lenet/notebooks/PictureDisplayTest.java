package dev.lenet.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.report.chart.Chart;
import dev.lenet.report.chart.LineChart;
import java.util.Base64;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.rapaio.jupyter.kernel.display.DisplayData;
import org.rapaio.jupyter.kernel.display.DisplayRenderer;
import org.rapaio.jupyter.kernel.display.spi.DisplayProvider;

class PictureDisplayTest {
    @Test
    void theKernelFindsHowToShowAChart() {
        Chart chart = new LineChart("step", "loss");
        DisplayRenderer renderer = ServiceLoader.load(DisplayProvider.class)
                .findFirst()
                .orElseThrow()
                .getDisplayRenderers()
                .get(0);

        DisplayData shown = renderer.render(null, chart);

        assertThat(renderer.rendererClass()).isAssignableFrom(chart.getClass());
        assertThat(Base64.getDecoder().decode((String) shown.data().get("image/png")))
                .isEqualTo(chart.png());
        assertThat(shown.data().get("text/plain")).isEqualTo("Chart of loss by step");
        assertThat(shown.metadata().get("image/png")).isEqualTo(Map.of("width", 760, "height", 270));
    }
}
