package dev.lenet.notebooks;

import dev.lenet.api.Shape;
import dev.lenet.api.data.Dataset;
import dev.lenet.notebooks.Canvas.Align;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Images of a data set in rows, dark on light, with a caption below each: {@code new DigitGrid(10).add(digits, 0, "5")}.
 */
public final class DigitGrid {
    private static final int WIDTH = 760;
    private static final int GAP = 12;
    private static final int CAPTION = 17;
    private static final int BAR = 14;

    /** How many of the likeliest classes stand below an image. */
    private static final int GUESSES = 2;

    private record Cell(Color[][] pixels, String caption, List<Guess> guesses) {}

    private record Guess(int label, double probability, boolean right) {}

    private final int columns;
    private final List<Cell> cells = new ArrayList<>();

    public DigitGrid(int columns) {
        this.columns = columns;
    }

    /** Adds image {@code row} of a data set. */
    public DigitGrid add(Dataset images, int row, String caption) {
        cells.add(new Cell(pixels(images, row), caption, List.of()));
        return this;
    }

    /** Adds an image and, as bars, the two classes a model thinks likeliest: the right one blue, a wrong one orange. */
    public DigitGrid add(Dataset images, int row, String caption, double[] probabilities) {
        List<Guess> guesses = IntStream.range(0, probabilities.length)
                .boxed()
                .sorted((a, b) -> Double.compare(probabilities[b], probabilities[a]))
                .limit(GUESSES)
                .map(k -> new Guess(k, probabilities[k], k == images.label(row)))
                .toList();
        cells.add(new Cell(pixels(images, row), caption, guesses));
        return this;
    }

    public Picture picture() {
        int pitch = WIDTH / columns;
        // Whole pixels of the image on whole pixels of the canvas, as long as that leaves the columns their places.
        int side = (pitch - GAP) / 14 * 14;
        boolean guessed = cells.stream().anyMatch(cell -> !cell.guesses().isEmpty());
        int height = side + CAPTION + (guessed ? GUESSES * BAR + 6 : 0) + GAP;
        int rows = (cells.size() + columns - 1) / columns;
        Canvas canvas = new Canvas(WIDTH, Math.max(1, rows * height));
        for (int i = 0; i < cells.size(); i++) {
            Cell cell = cells.get(i);
            double x = i % columns * pitch + (pitch - side) / 2;
            double y = i / columns * height + GAP / 2;
            canvas.pixels(cell.pixels(), x, y, side, side);
            canvas.text(cell.caption(), Canvas.PLAIN, Palette.GREY, Align.CENTRE, x + side / 2.0, y + side + 13);
            double bar = y + side + CAPTION;
            for (Guess guess : cell.guesses()) {
                draw(canvas, guess, x - (pitch - GAP - side) / 2.0, bar, pitch - GAP);
                bar += BAR;
            }
        }
        return canvas.picture(cells.size() + " images in " + columns + " columns");
    }

    private static void draw(Canvas canvas, Guess guess, double x, double y, double width) {
        Color colour = guess.right() ? Palette.BLUE : Palette.ORANGE;
        double length = width - 48;
        canvas.text(String.valueOf(guess.label()), Canvas.BOLD, colour, Align.LEFT, x, y + 10);
        canvas.fill(Palette.TILE, x + 11, y + 2, length, 9);
        canvas.fill(colour, x + 11, y + 2, Math.max(1, length * guess.probability()), 9);
        canvas.text(
                Math.round(100 * guess.probability()) + " %",
                Canvas.PLAIN,
                Palette.GREY,
                Align.RIGHT,
                x + width,
                y + 10);
    }

    /** From the weakest value, which is paper, to the strongest, which is ink. */
    private static Color[][] pixels(Dataset images, int row) {
        Shape shape = images.exampleShape();
        int height = shape.dimension(1);
        int width = shape.dimension(2);
        float[] values = new float[shape.size()];
        images.read(row, values, 0);
        float weakest = values[0];
        float strongest = values[0];
        for (float value : values) {
            weakest = Math.min(weakest, value);
            strongest = Math.max(strongest, value);
        }
        float range = Math.max(strongest - weakest, Float.MIN_NORMAL);
        Color[][] pixels = new Color[height][width];
        for (int i = 0; i < height * width; i++) {
            pixels[i / width][i % width] = Palette.mix(Palette.TILE, Palette.INK, (values[i] - weakest) / range);
        }
        return pixels;
    }
}
