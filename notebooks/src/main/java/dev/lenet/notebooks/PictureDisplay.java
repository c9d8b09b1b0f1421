package dev.lenet.notebooks;

import dev.lenet.report.chart.Chart;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rapaio.jupyter.kernel.display.DisplayData;
import org.rapaio.jupyter.kernel.display.DisplayRenderer;
import org.rapaio.jupyter.kernel.display.DisplayTransformer;
import org.rapaio.jupyter.kernel.display.MimeType;
import org.rapaio.jupyter.kernel.display.spi.DisplayProvider;

/** Teaches the kernel, which finds it by its service file, to show a {@link Chart} as PNG, which every viewer can. */
public final class PictureDisplay implements DisplayProvider {

    @Override
    public List<DisplayRenderer> getDisplayRenderers() {
        return List.of(new Renderer());
    }

    @Override
    public List<DisplayTransformer> getDisplayTransformers() {
        return List.of();
    }

    private static final class Renderer implements DisplayRenderer {
        @Override
        public Class<?> rendererClass() {
            return Chart.class;
        }

        @Override
        public boolean canRender(@Nullable String mime) {
            return true;
        }

        @Override
        public DisplayData render(@Nullable String mime, Object value) {
            Chart chart = (Chart) value;
            DisplayData data = DisplayData.fromText(chart.description());
            data.putData(MimeType.PNG, Base64.getEncoder().encodeToString(chart.png()));
            data.putMetaData("image/png", Map.of("width", (int) chart.width(), "height", (int) chart.height()));
            return data;
        }
    }
}
