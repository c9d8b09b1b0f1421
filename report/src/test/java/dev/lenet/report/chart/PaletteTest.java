package dev.lenet.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Drawings with fewer colours. */
class PaletteTest {
    @Test
    void aDrawingOfFewColoursKeepsThem() throws IOException {
        BufferedImage two = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
        two.setRGB(1, 1, 0x2463C9);

        BufferedImage read = ImageIO.read(new ByteArrayInputStream(Png.encode(Palette.reduced(two))));

        assertThat(read.getColorModel().getNumComponents()).isEqualTo(3);
        assertThat(read.getRGB(1, 1)).isEqualTo(0xFF2463C9);
        assertThat(read.getRGB(2, 1)).isEqualTo(0xFF000000);
    }

    @Test
    void aColourThatIsLeftOutBecomesTheNearest() throws IOException {
        BufferedImage shades = new BufferedImage(256, 20, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 256; x++) {
            // Once each, and hardly different from a colour that is there nineteen times.
            shades.setRGB(x, 0, new Color(x, 255 - x, 1).getRGB());
            for (int y = 1; y < 20; y++) {
                shades.setRGB(x, y, new Color(x, 255 - x, 0).getRGB());
            }
        }

        BufferedImage read = ImageIO.read(new ByteArrayInputStream(Png.encode(Palette.reduced(shades))));

        assertThat(read.getColorModel().getPixelSize()).isEqualTo(8);
        for (int x = 0; x < 256; x++) {
            assertThat(new Color(read.getRGB(x, 0))).isEqualTo(new Color(x, 255 - x, 0));
            assertThat(new Color(read.getRGB(x, 1))).isEqualTo(new Color(x, 255 - x, 0));
        }
    }
}
