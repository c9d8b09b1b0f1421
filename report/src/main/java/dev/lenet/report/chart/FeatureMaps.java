package dev.lenet.report.chart;

import dev.lenet.api.Shape;
import dev.lenet.report.chart.Canvas.Anchor;
import java.util.ArrayList;
import java.util.List;

/**
 * What layers put out, a row for each: channels as small pictures, vectors as strips. Each layer has its own scale; its
 * colours are those of {@link Heatmaps}.
 *
 * <p>Each method changes this chart and returns it.
 */
public final class FeatureMaps extends Chart {
    private static final double WIDTH = 760;
    private static final double LABELS = 96;
    private static final double RIGHT = 8;
    private static final double LARGEST = 84;
    private static final double STRIP = 22;
    private static final double GAP = 4;
    private static final double BETWEEN = 14;
    private static final double SMALL = 12;

    /** Values of a strip that has room for their numbers. */
    private static final int MOST_NUMBERED = 20;

    private record Layer(String name, Shape shape, float[] values) {
        boolean vector() {
            return shape.rank() == 1;
        }

        boolean numbered() {
            return vector() && columns() <= MOST_NUMBERED;
        }

        int count() {
            return vector() ? 1 : shape.dimension(0);
        }

        int columns() {
            return shape.dimension(vector() ? 0 : 2);
        }

        int rows() {
            return vector() ? 1 : shape.dimension(1);
        }

        /** Of one map. */
        double width() {
            double room = WIDTH - LABELS - RIGHT;
            return vector() ? room : Math.min(LARGEST, Math.floor((room - GAP * (count() - 1)) / count()));
        }

        double height() {
            return vector() ? STRIP : width() * rows() / columns();
        }

        /** With the numbers below a strip. */
        double wholeHeight() {
            return Math.max(height() + (numbered() ? 16 : 0), 28) + BETWEEN;
        }
    }

    private final List<Layer> layers = new ArrayList<>();

    /**
     * Adds a layer.
     *
     * @param shape {@code [C, H, W]} or {@code [N]}
     * @param values of one example, row-major
     * @throws IllegalArgumentException if the shape has another rank, or another number of values
     */
    public FeatureMaps add(String name, Shape shape, float[] values) {
        if ((shape.rank() != 1 && shape.rank() != 3) || shape.size() != values.length) {
            throw new IllegalArgumentException(
                    "FeatureMaps: " + name + ": expected [C, H, W] or [N] and as many values," + " received " + shape
                            + " and " + values.length + " values. Give the output of one example.");
        }
        layers.add(new Layer(name, shape, values.clone()));
        return this;
    }

    @Override
    public double width() {
        return WIDTH;
    }

    @Override
    public double height() {
        return Math.max(1, layers.stream().mapToDouble(Layer::wholeHeight).sum());
    }

    @Override
    public String description() {
        return "Values of " + String.join(", ", layers.stream().map(Layer::name).toList());
    }

    @Override
    void draw(Canvas canvas) {
        double y = BETWEEN / 2;
        for (Layer layer : layers) {
            double middle = y + Math.max(layer.height(), 28) / 2;
            canvas.text(ColorRole.TEXT, SMALL, Anchor.START, 8, middle - 2, layer.name());
            canvas.text(
                    ColorRole.MUTED,
                    SMALL,
                    Anchor.START,
                    8,
                    middle + 12,
                    layer.shape().toString());
            maps(canvas, layer, y);
            if (layer.numbered()) {
                double cell = layer.width() / layer.columns();
                for (int k = 0; k < layer.columns(); k++) {
                    double x = LABELS + (k + 0.5) * cell;
                    canvas.text(ColorRole.MUTED, SMALL, Anchor.MIDDLE, x, y + layer.height() + 13, String.valueOf(k));
                }
            }
            y += layer.wholeHeight();
        }
    }

    /** One picture for each channel, all with the scale of the layer. */
    private static void maps(Canvas canvas, Layer layer, double y) {
        Heatmaps all = new Heatmaps(layer.rows(), layer.columns(), layer.values(), layer.count());
        for (int channel = 0; channel < layer.count(); channel++) {
            double x = LABELS + channel * (layer.width() + GAP);
            canvas.image(all.image(channel), x, y, layer.width(), layer.height());
        }
    }
}
