package dev.lenet.report;

import dev.lenet.api.Shape;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.inference.Predictions;
import dev.lenet.report.ExampleActivations.Output;
import dev.lenet.report.chart.Thumbnail;
import dev.lenet.report.chart.Heatmaps;
import dev.lenet.report.chart.ImageGrid;
import java.util.List;

/** What the layers make of an image that the reader chooses. */
final class FeatureMapsSection implements Section {
    /** What the widest layer may take, in CSS pixels. */
    private static final int WIDTH = 760;

    private static final int LARGEST_SCALE = 6;
    private static final int COLUMNS = 8;
    private static final int STRIP_HEIGHT = 22;
    private static final int INPUT_SIDE = 112;

    @Override
    public String id() {
        return "maps";
    }

    @Override
    public String heading() {
        return "Feature maps";
    }

    @Override
    public void write(Html html, ReportData data) {
        html.open("p", "class", "note")
                .text(
                        "What each layer makes of a test image. Choose a %s. Outputs of one sign go from dark (0) to yellow, those"
                                + " of both from blue over near white (0) to red; each layer has its own scale.",
                        data.classWord())
                .close();
        List<ExampleActivations> all = data.activations();
        html.open("div", "class", "tabs");
        for (int i = 0; i < all.size(); i++) {
            ExampleActivations maps = all.get(i);
            String id = "map-" + maps.row();
            html.empty("input", "type", "radio", "name", "map", "id", id, "checked", i == 0 ? "checked" : "");
            html.leaf(
                    "label",
                    data.classNames().name(data.predictions().label(maps.row())),
                    "for",
                    id,
                    "title",
                    "test image " + maps.row());
            html.open("div", "class", "panel");
            panel(html, data, maps);
            html.close();
        }
        html.close();
    }

    private static void panel(Html html, ReportData data, ExampleActivations maps) {
        Predictions predictions = data.predictions();
        ClassNames names = data.classNames();
        int row = maps.row();
        html.open("figure", "class", "maps");
        html.open("figcaption")
                .leaf("b", "input")
                .text(
                        " test image %d: %s, read as %s (%s)",
                        row,
                        names.name(predictions.label(row)),
                        names.name(predictions.predicted(row)),
                        ImageGrid.probability(predictions.confidence(row)))
                .close();
        html.pixels(Thumbnail.of(predictions.images(), row).png(), INPUT_SIDE, INPUT_SIDE, "test image " + row);
        html.close();
        for (Output output : maps.outputs()) {
            output(html, output);
        }
    }

    private static void output(Html html, Output output) {
        Shape shape = output.layer().output();
        boolean flat = shape.rank() == 1;
        Heatmaps tiles = flat
                ? new Heatmaps(1, shape.size(), output.values(), 1)
                : new Heatmaps(shape.dimension(1), shape.dimension(2), output.values(), COLUMNS);
        int scale = Math.max(1, Math.min(flat ? STRIP_HEIGHT : LARGEST_SCALE, WIDTH / tiles.pictureWidth()));
        html.open("figure", "class", flat ? "maps strip" : "maps");
        html.open("figcaption")
                .leaf("b", output.layer().name())
                .text(" %s, %s %.2f", shape, tiles.signed() ? "up to ±" : "up to", tiles.largest())
                .close();
        html.pixels(
                tiles.png(),
                scale * tiles.pictureWidth(),
                flat ? STRIP_HEIGHT : scale * tiles.pictureHeight(),
                "output of " + output.layer().name());
        html.close();
    }
}
