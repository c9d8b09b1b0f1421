package dev.lenet.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

/** Maps of numbers as pixels. */
class HeatmapsTest {
    @Test
    void mapsStandInRowsWithAGapThatShowsWhatIsBehind() {
        // Three maps of 1x2, two in a row: five pixels by three, the last map alone in the second row.
        Heatmaps maps = new Heatmaps(1, 2, new float[] {0, 4, 1, 2, 4, 0}, 2);

        BufferedImage picture = maps.image();

        assertThat(maps.count()).isEqualTo(3);
        assertThat(maps.pictureWidth()).isEqualTo(5);
        assertThat(maps.pictureHeight()).isEqualTo(3);
        assertThat(picture.getWidth()).isEqualTo(5);
        assertThat(picture.getHeight()).isEqualTo(3);
        assertThat(alpha(picture, 2, 0)).as("gap").isZero();
        assertThat(alpha(picture, 0, 1)).as("gap").isZero();
        assertThat(alpha(picture, 4, 2)).as("no map").isZero();
        int dark = picture.getRGB(0, 0);
        int light = picture.getRGB(1, 0);
        assertThat(dark).isEqualTo(0xFF440154);
        assertThat(light).isEqualTo(0xFFFDE725);
        assertThat(picture.getRGB(0, 2)).as("first pixel of the third map").isEqualTo(light);
        assertThat(picture.getRGB(1, 2)).isEqualTo(dark);
    }

    @Test
    void valuesOfBothSignsHaveAScaleWithAMiddle() {
        Heatmaps maps = new Heatmaps(1, 3, new float[] {-2, 0, 1}, 1);

        assertThat(maps.signed()).isTrue();
        assertThat(maps.largest()).isEqualTo(2);
        assertThat(maps.image().getRGB(0, 0)).as("blue").isEqualTo(0xFF2A4FA8);
        assertThat(maps.image().getRGB(1, 0)).as("near white").isEqualTo(0xFFF4F2F0);
        int half = maps.image().getRGB(2, 0);
        assertThat(half >> 16 & 0xFF).as("more red than blue: %x", half).isGreaterThan(half & 0xFF);
    }

    @Test
    void mapsOfZerosAreDark() {
        assertThat(new Heatmaps(1, 1, new float[] {0}, 1).image().getRGB(0, 0)).isEqualTo(0xFF440154);
    }

    private static int alpha(BufferedImage picture, int x, int y) {
        return picture.getRGB(x, y) >>> 24;
    }
}
