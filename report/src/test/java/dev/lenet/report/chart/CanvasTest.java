package dev.lenet.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lenet.report.chart.Canvas.Anchor;
import dev.lenet.report.chart.Canvas.Stroke;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** The same marks as pixels and as SVG. */
class CanvasTest {
    private static final int BLUE = 0xFF2463C9;
    private static final int WHITE = 0xFFFFFFFF;

    private static Element parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
    }

    private static void marks(Canvas canvas) {
        canvas.box(ColorRole.FIRST, 1, 10, 10, 20, 5, "a <tip> & \"more\"");
        canvas.dot(ColorRole.FIRST, 50, 50, "");
        canvas.line(ColorRole.GRID, 0, 80, 100, 80);
        canvas.curve(ColorRole.SECOND, Stroke.DASHED, new double[] {0, 99}, new double[] {90, 90.456});
        canvas.text(ColorRole.TEXT, 12, Anchor.END, 90, 30, "<b>");
        canvas.upwards(ColorRole.MUTED, 12, 95, 95, "up");
    }

    @Test
    void aPixelCanvasHasTwoPixelsForEachUnitOnWhite() {
        PixelCanvas canvas = new PixelCanvas(100, 99.3);
        marks(canvas);
        BufferedImage image = canvas.image();

        assertThat(image.getWidth()).isEqualTo(200);
        assertThat(image.getHeight()).isEqualTo(199);
        assertThat(image.getRGB(20, 20)).as("corner of the box").isEqualTo(BLUE);
        assertThat(image.getRGB(59, 29)).as("the other corner").isEqualTo(BLUE);
        assertThat(image.getRGB(19, 19)).as("outside").isEqualTo(WHITE);
        assertThat(image.getRGB(60, 30)).as("outside").isEqualTo(WHITE);
        assertThat(image.getRGB(100, 100)).as("dot").isEqualTo(BLUE);
        assertThat(image.getRGB(107, 100)).as("outside of the dot").isEqualTo(WHITE);
    }

    @Test
    void anSvgCanvasIsWellFormedAndEscapesText() throws Exception {
        SvgCanvas canvas = new SvgCanvas(100, 99.3, "\"marks\" & <more>");
        marks(canvas);

        Element svg = parse(canvas.svg());

        assertThat(svg.getAttribute("viewBox")).isEqualTo("0 0 100 99.3");
        assertThat(svg.getAttribute("aria-label")).isEqualTo("\"marks\" & <more>");
        Element box = (Element) svg.getElementsByTagName("rect").item(0);
        assertThat(box.getTextContent()).isEqualTo("a <tip> & \"more\"");
        assertThat(box.getAttribute("style")).isEqualTo("fill:var(--first, #2463c9)");
        Element text = (Element) svg.getElementsByTagName("text").item(0);
        assertThat(text.getTextContent()).isEqualTo("<b>");
        assertThat(text.getAttribute("text-anchor")).isEqualTo("end");
        Element curve = (Element) svg.getElementsByTagName("polyline").item(0);
        assertThat(curve.getAttribute("points")).isEqualTo("0,90 99,90.46");
    }

    @Test
    void aPaleBoxLetsWhiteThrough() {
        PixelCanvas canvas = new PixelCanvas(10, 10);
        canvas.box(ColorRole.WRONG, 0.5, 0, 0, 10, 10, "");

        int rgb = canvas.image().getRGB(5, 5);

        assertThat(rgb >> 16 & 0xFF).isCloseTo((0xCD + 255) / 2, within(1));
        assertThat(rgb & 0xFF).isCloseTo((0x31 + 255) / 2, within(1));
    }

    @Test
    void nothingIsDrawnOutsideAClip() throws Exception {
        PixelCanvas pixels = new PixelCanvas(20, 20);
        SvgCanvas svg = new SvgCanvas(20, 20, "");
        for (Canvas canvas : new Canvas[] {pixels, svg}) {
            canvas.clip(0, 0, 10, 10);
            canvas.box(ColorRole.FIRST, 1, 0, 0, 20, 20, "");
            canvas.unclip();
            canvas.dot(ColorRole.FIRST, 15, 15, "");
        }

        assertThat(pixels.image().getRGB(19, 19)).isEqualTo(BLUE);
        assertThat(pixels.image().getRGB(20, 20)).isEqualTo(WHITE);
        assertThat(pixels.image().getRGB(30, 30)).as("after it").isEqualTo(BLUE);
        Element inner = (Element) parse(svg.svg()).getElementsByTagName("svg").item(0);
        assertThat(inner.getElementsByTagName("rect").getLength()).isEqualTo(1);
        assertThat(inner.getElementsByTagName("circle").getLength()).isZero();
    }

    @Test
    void aShiftedCanvasDrawsToTheRight() {
        PixelCanvas canvas = new PixelCanvas(40, 20);
        new ShiftedCanvas(canvas, 20).box(ColorRole.FIRST, 1, 0, 0, 5, 5, "");

        assertThat(canvas.image().getRGB(40, 0)).isEqualTo(BLUE);
        assertThat(canvas.image().getRGB(39, 0)).isEqualTo(WHITE);
    }
}
