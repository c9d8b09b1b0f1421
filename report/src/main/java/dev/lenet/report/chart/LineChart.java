package dev.lenet.report.chart;

import dev.lenet.report.chart.Axis.Tick;
import dev.lenet.report.chart.Canvas.Anchor;
import java.util.List;

/**
 * Curves over a common axis, with their names above them.
 *
 * @param unit what the horizontal axis counts
 */
public record LineChart(Axis horizontal, Axis vertical, String unit, List<Series> series) {
    private static final double SMALL = 12;
    private static final double LEFT = 54;
    private static final double RIGHT = 14;
    private static final double TOP = 30;
    private static final double BOTTOM = 42;

    /**
     * One curve.
     *
     * @param name empty if the chart's title says it
     * @param marked whether its points are marked; those of one that is only dense are not
     * @param tips of the marked points, empty if there are none
     */
    public record Series(
            String name, Ink ink, boolean dashed, boolean marked, double[] xs, double[] ys, List<String> tips) {
        /** Values that were measured, one by one. */
        public static Series measured(String name, Ink ink, double[] xs, double[] ys, List<String> tips) {
            return new Series(name, ink, false, true, xs, ys, tips);
        }

        /** One value for all, to compare with. */
        public static Series level(String name, Ink ink, Axis horizontal, double y) {
            return new Series(
                    name,
                    ink,
                    true,
                    false,
                    new double[] {horizontal.from(), horizontal.to()},
                    new double[] {y, y},
                    List.of());
        }

        /** Values of a formula, so dense that they look like a curve. */
        public static Series computed(String name, Ink ink, double[] xs, double[] ys) {
            return new Series(name, ink, false, false, xs, ys, List.of());
        }
    }

    /** Draws it into a rectangle. */
    public void draw(Canvas canvas, double left, double top, double width, double height) {
        double x = left + LEFT;
        double y = top + TOP;
        double w = width - LEFT - RIGHT;
        double h = height - TOP - BOTTOM;
        for (Tick tick : vertical.ticks()) {
            double at = y + h * (1 - vertical.position(tick.value()));
            canvas.line(Ink.GRID, x, at, x + w, at);
            canvas.text(Ink.MUTED, SMALL, Anchor.END, x - 8, at + SMALL * 0.36, tick.label());
        }
        for (Tick tick : horizontal.ticks()) {
            double at = x + w * horizontal.position(tick.value());
            canvas.line(Ink.MUTED, at, y + h, at, y + h + 4);
            canvas.text(Ink.MUTED, SMALL, Anchor.MIDDLE, at, y + h + 18, tick.label());
        }
        canvas.line(Ink.MUTED, x, y + h, x + w, y + h);
        canvas.text(Ink.MUTED, SMALL, Anchor.MIDDLE, x + w / 2, y + h + 36, unit);
        for (Series each : series) {
            draw(canvas, each, x, y, w, h);
        }
        legend(canvas, x, top + 14);
    }

    private void draw(Canvas canvas, Series each, double x, double y, double w, double h) {
        double[] xs = new double[each.xs().length];
        double[] ys = new double[xs.length];
        for (int i = 0; i < xs.length; i++) {
            xs[i] = x + w * horizontal.position(each.xs()[i]);
            ys[i] = y + h * (1 - vertical.position(each.ys()[i]));
        }
        canvas.curve(each.ink(), each.dashed(), xs, ys);
        if (each.marked()) {
            for (int i = 0; i < xs.length; i++) {
                canvas.dot(each.ink(), xs[i], ys[i], each.tips().get(i));
            }
        }
    }

    private void legend(Canvas canvas, double left, double baseline) {
        double x = left;
        for (Series each : series) {
            if (each.name().isEmpty()) {
                continue;
            }
            double y = baseline - SMALL * 0.36;
            canvas.curve(each.ink(), each.dashed(), new double[] {x, x + 18}, new double[] {y, y});
            canvas.text(Ink.TEXT, SMALL, Anchor.START, x + 24, baseline, each.name());
            // The page's own font may be wider than the letters this is measured with.
            x += 24 + Letters.width(each.name(), SMALL) * 1.1 + 18;
        }
    }
}
