package dev.lenet.report;

import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.TensorData;
import dev.lenet.report.chart.Heatmaps;
import java.util.List;

/** The weights of the convolutions, as pictures. */
final class FiltersSection implements Section {
    private static final int SCALE = 8;

    /** What LeCun et al. (1998) call the convolutions of LeNet-5. */
    private static final List<String> OF_THE_PAPER = List.of("C1", "C3");

    @Override
    public String id() {
        return "filters";
    }

    @Override
    public String heading() {
        return "Filters";
    }

    @Override
    public void write(Html html, ReportData data) {
        List<NamedLayer> convolutions = data.network().layers().stream()
                .filter(layer -> layer.spec() instanceof Conv2d)
                .toList();
        html.leaf(
                "p",
                "Blue weights are negative, red ones positive, near white is 0; each layer has its own scale.",
                "class",
                "note");
        for (int i = 0; i < convolutions.size(); i++) {
            String paper = convolutions.size() == OF_THE_PAPER.size() ? " (" + OF_THE_PAPER.get(i) + ")" : "";
            filters(html, data, convolutions.get(i), paper);
        }
    }

    /** A column for each filter, a row for each channel it looks at; one that looks at a single channel is a row. */
    private static void filters(Html html, ReportData data, NamedLayer layer, String paper) {
        TensorData weights = data.weights().tensors().get(layer.name() + ".weight");
        if (weights == null) {
            return;
        }
        int filters = weights.shape().dimension(0);
        int channels = weights.shape().dimension(1);
        int height = weights.shape().dimension(2);
        int width = weights.shape().dimension(3);
        Heatmaps tiles =
                new Heatmaps(height, width, byChannel(weights.values(), filters, channels, height * width), filters);
        html.open("figure", "class", "maps");
        html.open("figcaption")
                .leaf("b", layer.name() + paper)
                .text(
                        " %d filters of %dx%d%s, weights up to %.2f",
                        filters,
                        height,
                        width,
                        channels == 1 ? "" : ": a column each, a row for each of their " + channels + " channels",
                        tiles.largest())
                .close();
        html.pixels(
                tiles.png(), SCALE * tiles.pictureWidth(), SCALE * tiles.pictureHeight(), "weights of " + layer.name());
        html.close();
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
