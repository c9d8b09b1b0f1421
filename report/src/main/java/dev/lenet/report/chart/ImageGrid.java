package dev.lenet.report.chart;

import dev.lenet.api.ShapeException;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.inference.Predictions;
import dev.lenet.report.chart.Canvas.Anchor;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Images of a data set in rows, with a caption below each or with what a model says of them:
 * {@code new ImageGrid(10).add(digits, 0, "5").png()}.
 *
 * <p>Each method changes this grid and returns it. All images are of one size.
 */
public final class ImageGrid extends Chart {
    private static final double FULL_WIDTH = 760;
    private static final double GAP = 12;
    private static final double HEAD = 34;
    private static final double BAR = 15;

    /** How many of the likeliest classes are below an image. */
    private static final int GUESSES = 2;

    /** @param lines below the image */
    private record Cell(BufferedImage image, List<Line> lines, List<Guess> guesses) {}

    /** @param joined whether it goes on the line before where there is room in the whole grid */
    private record Line(String text, boolean wrong, boolean joined) {}

    private record Guess(String name, double probability, boolean right) {}

    private final int columns;
    private final List<Cell> cells = new ArrayList<>();
    private double width = FULL_WIDTH;
    private String title = "";
    private @Nullable ClassNames names;

    /** @param columns how many images are in a row, 1 at least */
    public ImageGrid(int columns) {
        if (columns < 1) {
            throw new IllegalArgumentException(
                    "ImageGrid: expected 1 column or more, received " + columns + ". Give the images in a row.");
        }
        this.columns = columns;
    }

    /** What the classes of the images added from here on are called; their numbers without. */
    public ImageGrid names(ClassNames classNames) {
        names = classNames;
        return this;
    }

    /** A line above the images. */
    public ImageGrid title(String newTitle) {
        title = newTitle;
        return this;
    }

    /** The width in CSS pixels; 760 without. */
    public ImageGrid width(int newWidth) {
        width = newWidth;
        return this;
    }

    /**
     * Adds an image with a caption.
     *
     * @throws ShapeException if it is not an image of 1 or 3 channels
     */
    public ImageGrid add(Dataset images, int row, String caption) {
        return add(images, row, List.of(new Line(caption, false, false)), List.of());
    }

    /** Adds an image with its predicted class and the probability of that; a wrong one in red, with the true class. */
    public ImageGrid add(Predictions predictions, int row) {
        boolean wrong = !predictions.correct(row);
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(name(predictions.predicted(row)), wrong, false));
        lines.add(new Line("(" + probability(predictions.confidence(row)) + ")", wrong, true));
        if (wrong) {
            lines.add(new Line("is " + name(predictions.label(row)), true, false));
        }
        return add(predictions.dataset(), row, lines, List.of());
    }

    /**
     * Adds an image with a caption and, as bars, the two likeliest classes: the true one blue, any other red.
     *
     * @param probabilities of the classes
     * @throws ShapeException if it is not an image of 1 or 3 channels
     */
    public ImageGrid add(Dataset images, int row, String caption, double[] probabilities) {
        List<Guess> guesses = IntStream.range(0, probabilities.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer k) -> -probabilities[k]))
                .limit(GUESSES)
                .map(k -> new Guess(name(k), probabilities[k], k == images.label(row)))
                .toList();
        return add(images, row, List.of(new Line(caption, false, false)), guesses);
    }

    /** Adds an image of predictions with a caption and, as bars, the two likeliest classes. */
    public ImageGrid add(Predictions predictions, int row, String caption) {
        double[] probabilities = new double[predictions.classes()];
        for (int k = 0; k < probabilities.length; k++) {
            probabilities[k] = predictions.probability(row, k);
        }
        return add(predictions.dataset(), row, caption, probabilities);
    }

    private ImageGrid add(Dataset images, int row, List<Line> lines, List<Guess> guesses) {
        cells.add(new Cell(Thumbnail.of(images, row).image(), lines, guesses));
        return this;
    }

    private String name(int k) {
        return names == null ? String.valueOf(k) : names.name(k);
    }

    /** A probability as a reader needs it; what is nearly certain is not written as if it were certain. */
    public static String probability(double probability) {
        double percent = Math.min(99.9, 100 * probability);
        return percent > 0 && percent < 0.05 ? "< 0.1 %" : String.format(Locale.ROOT, "%.1f %%", percent);
    }

    /** Where everything is, which depends on the longest texts. */
    private final class Layout {
        final double pitch = width / columns;
        // Whole pixels of the image on whole pixels of the picture, as long as that leaves the columns their room.
        final double side = Math.max(14, Math.floor((pitch - GAP) / 14) * 14);
        final double size = pitch >= 100 ? 14 : 11.5;
        final double line = size + 4;
        final List<List<Line>> lines = lines();
        final double top = title.isEmpty() ? GAP / 2 : HEAD;
        final double nameWidth = cells.stream()
                .flatMap(cell -> cell.guesses().stream())
                .mapToDouble(guess -> Letters.width(guess.name(), 11.5))
                .max()
                .orElse(0);
        final double height = side
                + line * lines.stream().mapToInt(List::size).max().orElse(1)
                + (nameWidth > 0 ? GUESSES * BAR + 4 : 0)
                + GAP;

        /** Joins lines if all that can be joined fit. */
        private List<List<Line>> lines() {
            List<List<Line>> joined =
                    cells.stream().map(cell -> joined(cell.lines())).toList();
            boolean fit = joined.stream()
                    .flatMap(List::stream)
                    .allMatch(each -> Letters.width(each.text(), size) <= pitch - 4);
            return fit ? joined : cells.stream().map(Cell::lines).toList();
        }

        private static List<Line> joined(List<Line> lines) {
            List<Line> joined = new ArrayList<>();
            for (Line line : lines) {
                if (line.joined() && !joined.isEmpty()) {
                    Line before = joined.remove(joined.size() - 1);
                    joined.add(new Line(before.text() + " " + line.text(), line.wrong(), false));
                } else {
                    joined.add(line);
                }
            }
            return joined;
        }
    }

    @Override
    public double width() {
        return width;
    }

    @Override
    public double height() {
        Layout layout = new Layout();
        return layout.top + Math.max(1, (cells.size() + columns - 1) / columns) * layout.height;
    }

    @Override
    public String description() {
        return cells.size() + (cells.size() == 1 ? " image" : " images") + (title.isEmpty() ? "" : ": " + title);
    }

    @Override
    void draw(Canvas canvas) {
        Layout layout = new Layout();
        canvas.text(ColorRole.MUTED, 14, Anchor.START, GAP / 2, 18, title);
        for (int i = 0; i < cells.size(); i++) {
            Cell cell = cells.get(i);
            double left = i % columns * layout.pitch;
            double middle = left + layout.pitch / 2;
            int above = i / columns;
            double top = layout.top + above * layout.height;
            draw(canvas, cell.image(), Math.rint(middle - layout.side / 2), top, layout.side);
            double baseline = top + layout.side;
            for (Line line : layout.lines.get(i)) {
                baseline += layout.line;
                String fitted = Letters.fitted(line.text(), layout.size, layout.pitch - 4);
                ColorRole color = line.wrong() ? ColorRole.WRONG : ColorRole.TEXT;
                canvas.text(color, layout.size, Anchor.MIDDLE, middle, baseline, fitted);
            }
            for (Guess guess : cell.guesses()) {
                guess(canvas, guess, left + GAP / 2, baseline + 6, layout);
                baseline += BAR;
            }
        }
    }

    /** In the middle of a square, without a change of its proportions. */
    private static void draw(Canvas canvas, BufferedImage image, double left, double top, double side) {
        double scale = side / Math.max(image.getWidth(), image.getHeight());
        double wide = scale * image.getWidth();
        double high = scale * image.getHeight();
        canvas.image(image, left + (side - wide) / 2, top + (side - high) / 2, wide, high);
    }

    private void guess(Canvas canvas, Guess guess, double x, double y, Layout layout) {
        ColorRole color = guess.right() ? ColorRole.FIRST : ColorRole.WRONG;
        double name = Math.min(layout.nameWidth, (layout.pitch - GAP) / 2);
        double share = 34;
        double length = Math.max(4, layout.pitch - GAP - name - share - 6);
        canvas.text(color, 11.5, Anchor.START, x, y + 8, Letters.fitted(guess.name(), 11.5, name + 1));
        canvas.box(ColorRole.GRID, 0.6, x + name + 4, y, length, 9, "");
        canvas.box(color, 1, x + name + 4, y, Math.max(1, length * guess.probability()), 9, "");
        String percent = Math.round(100 * guess.probability()) + " %";
        canvas.text(ColorRole.MUTED, 11.5, Anchor.END, x + layout.pitch - GAP, y + 8, percent);
    }
}
