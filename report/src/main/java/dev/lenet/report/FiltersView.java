package dev.lenet.report;

import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.LeNet5;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.TensorData;
import dev.lenet.report.chart.Heatmaps;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The section with the weights of the convolutions as pictures. */
record FiltersView(List<Layer> layers) {
    private static final int SCALE = 8;

    /** What LeCun et al. (1998) call the convolutions of LeNet-5. */
    private static final List<String> PAPER_NAMES = List.of("C1", "C3");

    record Layer(String name, String caption, PictureView picture) {}

    static FiltersView of(ReportData data) {
        List<NamedLayer> convolutions = data.network().leaves().stream()
                .filter(layer -> layer.spec() instanceof Conv2d)
                .toList();
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < convolutions.size(); i++) {
            NamedLayer layer = convolutions.get(i);
            TensorData weights = data.weights().tensors().get(layer.name() + ".weight");
            if (weights != null) {
                String paper = LeNet5.is(data.network()) ? " (" + PAPER_NAMES.get(i) + ")" : "";
                layers.add(layer(layer.name(), paper, weights));
            }
        }
        return new FiltersView(layers);
    }

    /** A column for each filter, a row for each channel it looks at; one that looks at a single channel is a row. */
    private static Layer layer(String name, String paper, TensorData weights) {
        int filters = weights.shape().dimension(0);
        int channels = weights.shape().dimension(1);
        int height = weights.shape().dimension(2);
        int width = weights.shape().dimension(3);
        Heatmaps maps =
                new Heatmaps(height, width, byChannel(weights.values(), filters, channels, height * width), filters);
        String caption = String.format(
                Locale.ROOT,
                "%d filters of %dx%d%s, weights up to %.2f",
                filters,
                height,
                width,
                channels == 1 ? "" : ": a column each, a row for each of their " + channels + " channels",
                maps.largest());
        return new Layer(name + paper, caption, PictureView.of(maps, SCALE, "weights of " + name));
    }

    /** From {@code [filters, channels, ...]} to {@code [channels, filters, ...]}. */
    private static float[] byChannel(float[] weights, int filters, int channels, int size) {
        float[] turned = new float[weights.length];
        for (int f = 0; f < filters; f++) {
            for (int c = 0; c < channels; c++) {
                System.arraycopy(weights, (f * channels + c) * size, turned, (c * filters + f) * size, size);
            }
        }
        return turned;
    }
}
