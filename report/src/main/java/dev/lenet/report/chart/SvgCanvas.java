package dev.lenet.report.chart;

import java.util.Locale;

/** Draws SVG that stands inside a page, which brings the colours: see {@link Ink}. */
public final class SvgCanvas implements Canvas {
    private final StringBuilder svg = new StringBuilder();

    /**
     * @param description for who cannot see it
     */
    public SvgCanvas(double width, double height, String description) {
        svg.append("<svg viewBox=\"0 0 ").append(number(width)).append(' ').append(number(height));
        svg.append("\" role=\"img\" aria-label=\"").append(escaped(description)).append("\">");
    }

    @Override
    public void line(Ink ink, double x1, double y1, double x2, double y2) {
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"stroke %s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>",
                ink.id(),
                number(x1),
                number(y1),
                number(x2),
                number(y2)));
    }

    @Override
    public void curve(Ink ink, boolean dashed, double[] xs, double[] ys) {
        svg.append("<polyline class=\"curve ").append(ink.id()).append(dashed ? " dashed" : "");
        svg.append("\" points=\"");
        for (int i = 0; i < xs.length; i++) {
            svg.append(i == 0 ? "" : " ").append(number(xs[i])).append(',').append(number(ys[i]));
        }
        svg.append("\"/>");
    }

    @Override
    public void dot(Ink ink, double x, double y, String tip) {
        svg.append(String.format(
                Locale.ROOT,
                "<circle class=\"fill %s\" cx=\"%s\" cy=\"%s\" r=\"3\">%s</circle>",
                ink.id(),
                number(x),
                number(y),
                title(tip)));
    }

    @Override
    public void box(Ink ink, double strength, double x, double y, double width, double height, String tip) {
        svg.append(String.format(
                Locale.ROOT,
                "<rect class=\"fill %s\" opacity=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\">%s</rect>",
                ink.id(),
                number(strength),
                number(x),
                number(y),
                number(width),
                number(height),
                title(tip)));
    }

    @Override
    public void text(Ink ink, double size, Anchor anchor, double x, double y, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"fill %s\" font-size=\"%s\" text-anchor=\"%s\" x=\"%s\" y=\"%s\">%s</text>",
                ink.id(),
                number(size),
                anchor.name().toLowerCase(Locale.ROOT),
                number(x),
                number(y),
                escaped(text)));
    }

    /** The whole element. */
    public String svg() {
        return svg + "</svg>";
    }

    private static String title(String tip) {
        return tip.isEmpty() ? "" : "<title>" + escaped(tip) + "</title>";
    }

    /** A hundredth of a pixel is more than anybody sees. */
    private static String number(double value) {
        String digits = String.format(Locale.ROOT, "%.2f", value);
        return digits.replaceAll("\\.?0+$", "");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
