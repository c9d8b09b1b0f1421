package dev.lenet.notebooks;

import dev.lenet.api.Shape;
import dev.lenet.notebooks.Canvas.Align;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;

/**
 * What layers put out, a row for each: channels as small pictures, vectors as strips. Blue is above zero, orange below, both
 * full at the layer's largest value.
 */
public final class FeatureMaps {
    private static final int WIDTH = 760;
    private static final int LABELS = 96;
    private static final int LARGEST = 84;
    private static final int STRIP = 22;
    private static final int GAP = 4;
    private static final int BETWEEN = 14;

    /** Values of a strip that has room for their numbers. */
    private static final int MOST_NUMBERED = 20;

    private record Layer(String name, Shape shape, float[] values) {

        boolean isVector() {
            return shape.rank() == 1;
        }

        int count() {
            return isVector() ? 1 : shape.dimension(0);
        }

        int columns() {
            return isVector() ? shape.dimension(0) : shape.dimension(2);
        }

        int rows() {
            return isVector() ? 1 : shape.dimension(1);
        }

        int width() {
            return isVector() ? WIDTH - LABELS : Math.min(LARGEST, (WIDTH - LABELS - GAP * (count() - 1)) / count());
        }

        int height() {
            return isVector() ? STRIP : width() * rows() / columns();
        }
    }

    private final List<Layer> layers = new ArrayList<>();

    /**
     * Adds a layer.
     *
     * @param shape {@code [C, H, W]} or {@code [N]}
     * @param values of one example, row-major
     */
    public FeatureMaps add(String name, Shape shape, float[] values) {
        layers.add(new Layer(name, shape, values.clone()));
        return this;
    }

    public Picture picture() {
        int height = layers.stream().mapToInt(layer -> layer.height() + BETWEEN).sum();
        Canvas canvas = new Canvas(WIDTH, Math.max(1, height));
        int y = BETWEEN / 2;
        for (Layer layer : layers) {
            double middle = y + layer.height() / 2.0;
            canvas.text(layer.name(), Canvas.BOLD, Palette.INK, Align.LEFT, 8, middle - 2);
            canvas.text(layer.shape().toString(), Canvas.PLAIN, Palette.GREY, Align.LEFT, 8, middle + 12);
            for (int channel = 0; channel < layer.count(); channel++) {
                int x = LABELS + channel * (layer.width() + GAP);
                canvas.pixels(pixels(layer, channel), x, y, layer.width(), layer.height());
            }
            if (layer.isVector() && layer.columns() <= MOST_NUMBERED) {
                number(canvas, layer, middle);
            }
            y += layer.height() + BETWEEN;
        }
        return canvas.picture("Values of "
                + String.join(", ", layers.stream().map(Layer::name).toList()));
    }

    /** For a layer whose values stand for classes. */
    private static void number(Canvas canvas, Layer layer, double middle) {
        double cell = (double) layer.width() / layer.columns();
        for (int k = 0; k < layer.columns(); k++) {
            double x = LABELS + (k + 0.5) * cell;
            canvas.text(String.valueOf(k), Canvas.BOLD, Palette.PAPER, Align.CENTRE, x, middle + 4);
        }
    }

    private static Color[][] pixels(Layer layer, int channel) {
        double largest = Float.MIN_NORMAL;
        for (float value : layer.values()) {
            largest = Math.max(largest, Math.abs(value));
        }
        Color[][] pixels = new Color[layer.rows()][layer.columns()];
        for (int i = 0; i < layer.rows() * layer.columns(); i++) {
            float value = layer.values()[channel * layer.rows() * layer.columns() + i];
            pixels[i / layer.columns()][i % layer.columns()] = Palette.signed(value / largest);
        }
        return pixels;
    }
}
