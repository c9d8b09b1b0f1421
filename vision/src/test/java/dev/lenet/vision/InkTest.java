package dev.lenet.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ink is told from paper, lines and shadows: what comes of a hard picture is what comes of an easy one. */
class InkTest {
    private final Path directory;

    InkTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void whiteInkOnNothingIsSeen() throws IOException {
        DigitImage digit = read(new Drawing(150, 150)
                .at(20, 20, 1)
                .as(BufferedImage.TYPE_INT_ARGB)
                .on(new Color(0, 0, 0, 0))
                .with(Color.WHITE));

        assertThat(Drawing.similarity(digit, standard())).isGreaterThan(0.99);
    }

    @Test
    void inkAsLightAsItsPaperIsSeenByItsColour() throws IOException {
        // Lumas of 157 and 141.
        DigitImage digit =
                read(new Drawing(150, 150).at(20, 20, 1).on(new Color(0x9090FF)).with(new Color(0xD08020)));

        assertThat(Drawing.similarity(digit, standard())).isGreaterThan(0.98);
    }

    @Test
    void linesOfThePaperAreNoInk() throws IOException {
        BufferedImage ruled = new Drawing(300, 300).at(100, 80, 1.2).image();
        Graphics2D graphics = ruled.createGraphics();
        graphics.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, 0.3f));
        graphics.setColor(Color.BLUE);
        for (int y = 15; y < 300; y += 30) {
            graphics.fillRect(0, y, 300, 2);
        }
        graphics.dispose();

        DigitImage digit = DigitImage.read(Drawing.write(ruled, directory.resolve("ruled.png")));

        assertThat(Drawing.similarity(digit, standard())).isGreaterThan(0.95);
    }

    @Test
    void theCornerOfAShadowIsNoInk() throws IOException {
        BufferedImage shadowed = new Drawing(300, 300).at(100, 80, 1.2).image();
        Graphics2D graphics = shadowed.createGraphics();
        graphics.setColor(new Color(0, 0, 0, 110));
        graphics.fillPolygon(new int[] {0, 90, 0}, new int[] {0, 0, 120}, 3);
        graphics.fillPolygon(new int[] {300, 300, 215}, new int[] {300, 120, 300}, 3);
        graphics.dispose();

        DigitImage digit = DigitImage.read(Drawing.write(shadowed, directory.resolve("shadowed.png")));

        assertThat(Drawing.similarity(digit, standard())).isGreaterThan(0.97);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 30, 45, 70, 100, 135, 160, 200, 245, 280, 315, 340})
    void theEdgeOfAShadowAcrossBlankPaperIsNoInk(int degrees) throws IOException {
        BufferedImage paper = halfInShadow(new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB), degrees, true);
        Path file = Drawing.write(paper, directory.resolve("blank.png"));

        assertThatThrownBy(() -> DigitImage.read(file)).hasMessageContaining("received a blank one");
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 45, 70, 100, 160, 200, 280, 340})
    void aDigitAcrossTheEdgeOfAShadowIsSeen(int degrees) throws IOException {
        BufferedImage seven = new Drawing(320, 240).at(130, 60, 1.2).image();
        Path file = Drawing.write(halfInShadow(seven, degrees, false), directory.resolve("across.png"));

        assertThat(Drawing.similarity(DigitImage.read(file), standard())).isGreaterThan(0.97);
    }

    /** Its bar lies along the border as the shadow of a hand may. */
    @Test
    void aDigitThatFillsItsPictureIsSeen() throws IOException {
        DigitImage digit = read(new Drawing(60, 100).at(0, 0, 1));

        assertThat(Drawing.similarity(digit, standard())).isGreaterThan(0.97);
    }

    /** With the shadow of something straight over one half, as a lamp throws it. */
    private static BufferedImage halfInShadow(BufferedImage image, int degrees, boolean white) {
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                double in = (x - 0.45 * image.getWidth()) * Math.cos(Math.toRadians(degrees))
                        + (y - 0.55 * image.getHeight()) * Math.sin(Math.toRadians(degrees));
                double light = 1 - 0.5 / (1 + Math.exp(-in / 4));
                int grey = (int) (light * (white ? 230 : image.getRGB(x, y) & 0xFF));
                image.setRGB(x, y, grey << 16 | grey << 8 | grey);
            }
        }
        return image;
    }

    @Test
    void grainyPaperUnderUnevenLightBecomesBlack() throws IOException {
        BufferedImage photo = new Drawing(900, 1200)
                .at(250, 300, 4)
                .with(new Color(50, 50, 70))
                .image();
        Random random = new Random(1);
        for (int y = 0; y < photo.getHeight(); y++) {
            for (int x = 0; x < photo.getWidth(); x++) {
                double light = 0.65 + 0.25 * x / photo.getWidth() + 0.05 * y / photo.getHeight();
                int grey = (int) ((photo.getRGB(x, y) & 0xFF) * light + 8 * random.nextGaussian());
                int value = Math.max(0, Math.min(255, grey));
                photo.setRGB(x, y, value << 16 | value << 8 | value);
            }
        }
        DigitImage digit = DigitImage.read(Drawing.write(photo, directory.resolve("photo.jpeg")));

        assertThat(Drawing.similarity(digit, standard())).isGreaterThan(0.99);
    }

    private DigitImage read(Drawing drawing) throws IOException {
        return DigitImage.read(drawing.write(directory.resolve("digit.png")));
    }

    /** What all drawings of the seven should come to. */
    private DigitImage standard() throws IOException {
        return read(new Drawing(150, 150).at(20, 20, 1));
    }
}
