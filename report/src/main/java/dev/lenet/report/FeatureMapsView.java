package dev.lenet.report;

import dev.lenet.api.Shape;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.inference.Predictions;
import dev.lenet.report.chart.Heatmaps;
import dev.lenet.report.chart.ImageGrid;
import dev.lenet.report.chart.Thumbnail;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The section on what the layers make of an image that the reader chooses. */
record FeatureMapsView(String classWord, List<Tab> tabs) {
    /** What the widest layer may take, in CSS pixels. */
    private static final int WIDTH = 760;

    private static final int LARGEST_SCALE = 6;
    private static final int COLUMNS = 8;
    private static final int STRIP_HEIGHT = 22;
    private static final int INPUT_SIDE = 112;

    /**
     * @param row of the image in the data set
     * @param first whether it is shown before the reader has chosen one
     */
    record Tab(int row, boolean first, String label, String caption, PictureView input, List<Layer> layers) {}

    /** @param strip whether it is a vector */
    record Layer(String name, String caption, boolean strip, PictureView picture) {}

    static FeatureMapsView of(ReportData data) {
        List<Tab> tabs = IntStream.range(0, data.activations().size())
                .mapToObj(i -> tab(data, data.activations().get(i), i == 0))
                .toList();
        return new FeatureMapsView(data.classWord(), tabs);
    }

    private static Tab tab(ReportData data, ExampleActivations example, boolean first) {
        Predictions predictions = data.predictions();
        ClassNames names = data.classNames();
        int row = example.row();
        String label = names.name(predictions.label(row));
        String caption = "test image " + row + ": " + label + ", read as " + names.name(predictions.predicted(row))
                + " (" + ImageGrid.probability(predictions.confidence(row)) + ")";
        return new Tab(
                row,
                first,
                label,
                caption,
                PictureView.of(Thumbnail.of(predictions.dataset(), row), INPUT_SIDE, "test image " + row),
                example.outputs().stream()
                        .map(output ->
                                layer(output.layer().name(), output.layer().output(), output.values()))
                        .toList());
    }

    private static Layer layer(String name, Shape shape, float[] values) {
        boolean strip = shape.rank() == 1;
        Heatmaps maps = strip
                ? new Heatmaps(1, shape.size(), values, 1)
                : new Heatmaps(shape.dimension(1), shape.dimension(2), values, COLUMNS);
        int scale = Math.max(1, Math.min(strip ? STRIP_HEIGHT : LARGEST_SCALE, WIDTH / maps.pictureWidth()));
        String caption =
                String.format(Locale.ROOT, "%s, %s %.2f", shape, maps.signed() ? "up to ±" : "up to", maps.largest());
        String description = "output of " + name;
        PictureView picture = strip
                ? PictureView.of(maps.png(), scale * maps.pictureWidth(), STRIP_HEIGHT, description)
                : PictureView.of(maps, scale, description);
        return new Layer(name, caption, strip, picture);
    }
}
