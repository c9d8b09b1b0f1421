package dev.lenet.report.chart;

import java.awt.image.BufferedImage;
import java.util.Base64;
import java.util.Locale;

/** Draws an SVG element, in the colours and the font of the page that it is in; see {@link ColorRole}. */
final class SvgCanvas implements Canvas {
    private final StringBuilder svg = new StringBuilder();

    /** @param description for readers who cannot see it */
    SvgCanvas(double width, double height, String description) {
        write(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%s\" height=\"%s\" viewBox=\"0 0 %s %s\""
                        + " font-family=\"sans-serif\" role=\"img\" aria-label=\"%s\">",
                number(width), number(height), number(width), number(height), escaped(description));
    }

    @Override
    public void line(ColorRole color, double x1, double y1, double x2, double y2) {
        write(
                "<line style=\"stroke:%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" vector-effect=\"non-scaling-stroke\"/>",
                color.css(), number(x1), number(y1), number(x2), number(y2));
    }

    @Override
    public void curve(ColorRole color, Stroke stroke, double[] xs, double[] ys) {
        write(
                "<polyline fill=\"none\" style=\"stroke:%s\" stroke-linejoin=\"round\" vector-effect=\"non-scaling-stroke\" %s"
                        + " points=\"",
                color.css(),
                switch (stroke) {
                    case SOLID -> "stroke-width=\"2\" stroke-linecap=\"round\"";
                    case DASHED -> "stroke-width=\"1.5\" stroke-dasharray=\"5 4\"";
                    case FAINT -> "stroke-width=\"0.8\" opacity=\"" + PixelCanvas.FAINT_OPACITY + "\"";
                });
        for (int i = 0; i < xs.length; i++) {
            write("%s%s,%s", i == 0 ? "" : " ", number(xs[i]), number(ys[i]));
        }
        write("\"/>");
    }

    @Override
    public void dot(ColorRole color, double x, double y, String tip) {
        write(
                "<circle style=\"fill:%s\" cx=\"%s\" cy=\"%s\" r=\"3\">%s</circle>",
                color.css(), number(x), number(y), title(tip));
    }

    @Override
    public void box(ColorRole color, double opacity, double x, double y, double width, double height, String tip) {
        write(
                "<rect style=\"fill:%s\" opacity=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\">%s</rect>",
                color.css(), number(opacity), number(x), number(y), number(width), number(height), title(tip));
    }

    @Override
    public void text(ColorRole color, double size, Anchor anchor, double x, double y, String text) {
        write(
                "<text style=\"fill:%s\" font-size=\"%s\" text-anchor=\"%s\" x=\"%s\" y=\"%s\">%s</text>",
                color.css(), number(size), anchor.name().toLowerCase(Locale.ROOT), number(x), number(y), escaped(text));
    }

    @Override
    public void upwards(ColorRole color, double size, double x, double y, String text) {
        write(
                "<text style=\"fill:%s\" font-size=\"%s\" transform=\"translate(%s %s) rotate(-90)\">%s</text>",
                color.css(), number(size), number(x), number(y), escaped(text));
    }

    @Override
    public void title(double x, double y, String text) {
        write(
                "<text style=\"fill:%s\" font-size=\"%s\" font-weight=\"600\" x=\"%s\" y=\"%s\">%s</text>",
                ColorRole.TEXT.css(), number(PixelCanvas.TITLE_SIZE), number(x), number(y), escaped(text));
    }

    @Override
    public void image(BufferedImage image, double x, double y, double width, double height) {
        write(
                "<image style=\"image-rendering:pixelated\" preserveAspectRatio=\"none\" x=\"%s\" y=\"%s\" width=\"%s\""
                        + " height=\"%s\" href=\"data:image/png;base64,%s\"/>",
                number(x),
                number(y),
                number(width),
                number(height),
                Base64.getEncoder().encodeToString(Png.encode(image)));
    }

    /** An SVG inside an SVG shows nothing outside its own rectangle. */
    @Override
    public void clip(double x, double y, double width, double height) {
        String place = number(x) + " " + number(y) + " " + number(width) + " " + number(height);
        write(
                "<svg x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" viewBox=\"%s\">",
                number(x), number(y), number(width), number(height), place);
    }

    @Override
    public void unclip() {
        write("</svg>");
    }

    /** The whole element. */
    String svg() {
        return svg + "</svg>";
    }

    private void write(String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments));
    }

    private static String title(String tip) {
        return tip.isEmpty() ? "" : "<title>" + escaped(tip) + "</title>";
    }

    /** A hundredth of a pixel is more than an eye can see. */
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
