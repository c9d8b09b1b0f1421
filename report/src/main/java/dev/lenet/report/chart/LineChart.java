package dev.lenet.report.chart;

import dev.lenet.report.chart.Axis.Tick;
import dev.lenet.report.chart.Canvas.Anchor;
import dev.lenet.report.chart.Canvas.Stroke;
import dev.lenet.report.chart.Curve.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * Curves over a common axis, with a title and a legend:
 * {@code new LineChart("step", "loss").faint(losses).line(losses.smoothed(50)).logarithmic().png()}.
 *
 * <p>Each method changes this chart and returns it. Curves get their colours in the order in which they are added. Unless told
 * otherwise, the vertical axis holds all values and the horizontal one goes from 0 to the last point.
 */
public final class LineChart extends Chart {
    private static final int FULL_WIDTH = 760;
    private static final int FULL_HEIGHT = 270;
    private static final int GAP = 10;

    private static final double SMALL = 12;
    private static final double LEFT = 54;
    private static final double RIGHT = 22;
    private static final double TOP = 36;
    private static final double BOTTOM = 42;
    private static final double TITLE_LEFT = 8;
    private static final double BASELINE = 16;
    private static final double LEGEND_LINE = 18;

    /** What a tick of the horizontal axis has for its label. */
    private static final double TICK_WIDTH = 90;

    private static final List<ColorRole> COLORS = List.of(ColorRole.FIRST, ColorRole.SECOND, ColorRole.THIRD);

    private enum Look {
        LINE,
        MARKED,
        FAINT,
        DOTS,
        LEVEL
    }

    private record Series(Curve curve, Look look, ColorRole color) {
        Stroke stroke() {
            return look == Look.FAINT ? Stroke.FAINT : look == Look.LEVEL ? Stroke.DASHED : Stroke.SOLID;
        }
    }

    private record Range(double from, double to) {}

    /** A number from here on is written by its power of ten. */
    private static final double LONG = 1e9;

    private final String xName;
    private final String yName;
    private final List<Series> series = new ArrayList<>();
    private int colored;
    private @Nullable Range range;
    private double end = Double.NaN;
    private boolean logarithmic;
    private boolean percent;
    private boolean counted;
    private boolean fromZero;
    private double width = FULL_WIDTH;
    private double height = FULL_HEIGHT;

    /**
     * @param xName what the curves go along, for example {@code epoch}
     * @param yName what they show, with its unit; the chart's title
     */
    public LineChart(String xName, String yName) {
        this.xName = xName;
        this.yName = yName;
    }

    /** Adds a curve. */
    public LineChart line(Curve curve) {
        return add(curve, Look.LINE, nextColor());
    }

    /** Adds a curve with a mark on each point; in a page a mark tells its value. */
    public LineChart marked(Curve curve) {
        return add(curve, Look.MARKED, nextColor());
    }

    /** Adds a noisy curve in the background, in the colour of the curve that is added next. */
    public LineChart faint(Curve curve) {
        return add(curve, Look.FAINT, COLORS.get(colored % COLORS.size()));
    }

    /** Adds points without a line. */
    public LineChart dots(Curve curve) {
        return add(curve, Look.DOTS, nextColor());
    }

    /** Adds a dashed line across the chart, one value to compare with. */
    public LineChart level(String name, double y) {
        return add(new Curve(name).add(Double.NaN, y), Look.LEVEL, nextColor());
    }

    /** The range of the vertical axis. What lies outside is cut off. */
    public LineChart range(double from, double to) {
        range = new Range(from, to);
        return this;
    }

    /** Makes equal heights equal ratios, if all values are above 0. */
    public LineChart logarithmic() {
        logarithmic = true;
        return this;
    }

    /** Writes the values as percentages: 0.98 is 98 %. */
    public LineChart percent() {
        percent = true;
        return this;
    }

    /** Lets the vertical axis begin at 0. */
    public LineChart fromZero() {
        fromZero = true;
        return this;
    }

    /** Lets the horizontal axis count from 1 in whole numbers, for example epochs. */
    public LineChart counted() {
        counted = true;
        return this;
    }

    /** Where the horizontal axis ends, instead of at the last point. */
    public LineChart upTo(double x) {
        end = x;
        return this;
    }

    /** The size in CSS pixels; {@value #FULL_WIDTH} by {@value #FULL_HEIGHT} without. */
    public LineChart size(int newWidth, int newHeight) {
        width = newWidth;
        height = newHeight;
        return this;
    }

    /** Half as wide, for two charts {@linkplain #beside beside} each other. */
    public LineChart half() {
        width = (FULL_WIDTH - GAP) / 2.0;
        return this;
    }

    private LineChart add(Curve curve, Look look, ColorRole color) {
        series.add(new Series(curve, look, color));
        return this;
    }

    private ColorRole nextColor() {
        return COLORS.get(colored++ % COLORS.size());
    }

    @Override
    public double width() {
        return width;
    }

    @Override
    public double height() {
        return height;
    }

    @Override
    public String description() {
        List<String> names = series.stream()
                .map(each -> each.curve().name())
                .filter(name -> !name.isEmpty())
                .toList();
        return "Chart of " + yName + " by " + xName + (names.isEmpty() ? "" : ": " + String.join(", ", names));
    }

    /** The rectangle of the curves, and how numbers become places in it. */
    private record Plot(Axis horizontal, Axis vertical, double top, double width, double height) {
        double x(double value) {
            return LEFT + width * horizontal.position(value);
        }

        double y(double value) {
            return top + height * (1 - vertical.position(value));
        }

        double bottom() {
            return top + height;
        }
    }

    @Override
    void draw(Canvas canvas) {
        Axis vertical = vertical();
        String title = title(vertical);
        double legend = legendWidth();
        boolean together = TITLE_LEFT + Letters.width(title, PixelCanvas.TITLE_SIZE) * 1.15 + 16 + legend <= width;
        double top = together || legend == 0 ? TOP : TOP + LEGEND_LINE;
        Plot plot = new Plot(horizontal(), vertical, top, width - LEFT - RIGHT, height - top - BOTTOM);
        axes(canvas, plot);
        canvas.title(TITLE_LEFT, BASELINE, title);
        legend(canvas, together ? width - RIGHT - legend : LEFT, together ? BASELINE : BASELINE + LEGEND_LINE);
        if (range != null) {
            canvas.clip(LEFT, top - 4, width - LEFT - RIGHT + 5, plot.height() + 4);
        }
        for (Series each : series) {
            draw(canvas, each, plot);
        }
        if (range != null) {
            canvas.unclip();
        }
    }

    private String title(Axis vertical) {
        String title = yName.isEmpty() ? "" : yName.substring(0, 1).toUpperCase(Locale.ROOT) + yName.substring(1);
        return vertical.logarithmic() ? title + ", logarithmic" : title;
    }

    private void axes(Canvas canvas, Plot plot) {
        double right = LEFT + plot.width();
        for (Tick tick : plot.vertical().ticks()) {
            double at = plot.y(tick.value());
            canvas.line(ColorRole.GRID, LEFT, at, right, at);
            canvas.text(ColorRole.MUTED, SMALL, Anchor.END, LEFT - 8, at + SMALL * 0.36, tick.label());
        }
        for (Tick tick : plot.horizontal().ticks()) {
            double at = plot.x(tick.value());
            canvas.line(ColorRole.MUTED, at, plot.bottom(), at, plot.bottom() + 4);
            canvas.text(ColorRole.MUTED, SMALL, Anchor.MIDDLE, at, plot.bottom() + 18, tick.label());
        }
        canvas.line(ColorRole.MUTED, LEFT, plot.bottom(), right, plot.bottom());
        canvas.text(ColorRole.MUTED, SMALL, Anchor.MIDDLE, (LEFT + right) / 2, plot.bottom() + 36, xName);
    }

    private void draw(Canvas canvas, Series each, Plot plot) {
        List<Point> points = each.curve().points();
        double[] xs = points.stream().mapToDouble(point -> plot.x(point.x())).toArray();
        double[] ys = points.stream().mapToDouble(point -> plot.y(point.y())).toArray();
        if (each.look() == Look.LEVEL && ys.length > 0) {
            canvas.curve(
                    each.color(), each.stroke(), new double[] {LEFT, LEFT + plot.width()}, new double[] {ys[0], ys[0]});
        } else if (each.look() != Look.DOTS) {
            canvas.curve(each.color(), each.stroke(), xs, ys);
        }
        if (each.look() == Look.MARKED || each.look() == Look.DOTS) {
            for (int i = 0; i < xs.length; i++) {
                canvas.dot(each.color(), xs[i], ys[i], tip(each.curve(), points.get(i)));
            }
        }
    }

    private String tip(Curve curve, Point point) {
        String value = percent
                ? String.format(Locale.ROOT, "%.2f %%", 100 * point.y())
                : String.format(Locale.ROOT, Math.abs(point.y()) < LONG ? "%.4f" : "%.4e", point.y());
        String name = curve.name().isEmpty() ? "" : curve.name() + " ";
        return xName + " " + Axis.number(point.x(), counted ? 1 : 0.01) + ": " + name + yName + " " + value;
    }

    private static double entryWidth(Series each) {
        // A page's own font may be wider than the letters this is measured with.
        return 24 + Letters.width(each.curve().name(), SMALL) * 1.1;
    }

    private double legendWidth() {
        double sum = 0;
        for (Series each : series) {
            if (!each.curve().name().isEmpty()) {
                sum += entryWidth(each) + (sum > 0 ? 18 : 0);
            }
        }
        return sum;
    }

    private void legend(Canvas canvas, double left, double baseline) {
        double x = left;
        for (Series each : series) {
            if (each.curve().name().isEmpty()) {
                continue;
            }
            double y = baseline - SMALL * 0.36;
            if (each.look() == Look.DOTS) {
                canvas.dot(each.color(), x + 9, y, "");
            } else {
                canvas.curve(each.color(), each.stroke(), new double[] {x, x + 18}, new double[] {y, y});
            }
            canvas.text(
                    ColorRole.TEXT,
                    SMALL,
                    Anchor.START,
                    x + 24,
                    baseline,
                    each.curve().name());
            x += entryWidth(each) + 18;
        }
    }

    private Axis horizontal() {
        double last = end;
        if (Double.isNaN(end)) {
            last = series.stream()
                    .flatMap(each -> each.curve().points().stream())
                    .mapToDouble(Point::x)
                    .filter(Double::isFinite)
                    .max()
                    .orElse(1);
        }
        return counted
                ? Axis.counting((int) Math.max(1, last))
                : Axis.between(0, last > 0 ? last : 1, (int) Math.max(3, width / TICK_WIDTH), Axis::number);
    }

    private Axis vertical() {
        Axis.Label label = percent ? (value, step) -> Axis.number(100 * value, 100 * step) + " %" : Axis::number;
        if (range != null) {
            return logarithmic
                    ? Axis.logarithmicBetween(range.from(), range.to())
                    : Axis.between(range.from(), range.to(), label);
        }
        double least = values().min().orElse(0);
        double largest = values().max().orElse(1);
        return logarithmic && least > 0
                ? Axis.logarithmic(least, largest)
                : Axis.linear(fromZero ? Math.min(0, least) : least, largest, label);
    }

    private DoubleStream values() {
        return series.stream().flatMap(each -> each.curve().points().stream()).mapToDouble(Point::y);
    }
}
