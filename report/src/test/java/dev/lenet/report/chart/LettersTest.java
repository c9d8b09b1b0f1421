package dev.lenet.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.geom.Rectangle2D;
import org.junit.jupiter.api.Test;

/** Text without a font. */
class LettersTest {
    /** Of Roboto: a digit is 562 thousandths of an em wide, and all digits are. */
    @Test
    void digitsAreAsWideAsTheFontSays() {
        for (char digit = '0'; digit <= '9'; digit++) {
            assertThat(Letters.width(String.valueOf(digit), 1000))
                    .as("%s", digit)
                    .isCloseTo(562, within(1.0));
        }
        assertThat(Letters.width("1998", 10)).isCloseTo(4 * 5.62, within(0.05));
    }

    @Test
    void outlinesStandOnTheBaselineAndGoUp() {
        Rectangle2D bounds = Letters.outline("H", 100).getBounds2D();

        assertThat(bounds.getMaxY()).isEqualTo(0);
        assertThat(bounds.getMinY()).as("height of capitals").isCloseTo(-71.1, within(0.1));
    }

    /** The bar of a 4 is left of its stem and ends right of it: every point of a path counts, not only the first. */
    @Test
    void aFourHasItsBar() {
        var four = Letters.outline("4", 1000);

        assertThat(four.contains(100, -200)).as("bar").isTrue();
        assertThat(four.contains(400, -400)).as("stem").isTrue();
        assertThat(four.contains(300, -300)).as("hole").isFalse();
    }

    @Test
    void lettersThatAreNotThereAreBoxes() {
        assertThat(Letters.width("漢", 1000)).isEqualTo(600);
        assertThat(Letters.outline("漢", 1000).contains(300, -300))
                .as("inside of the box")
                .isFalse();
        assertThat(Letters.outline("漢", 1000).contains(100, -300))
                .as("its side")
                .isTrue();
    }

    @Test
    void aTextThatIsTooLongEndsInAnEllipsis() {
        assertThat(Letters.fitted("Ankle boot", 14, 1000)).isEqualTo("Ankle boot");
        String fitted = Letters.fitted("Ankle boot of a long name", 14, 80);
        assertThat(fitted).startsWith("Ankle").endsWith("…");
        assertThat(Letters.width(fitted, 14)).isLessThanOrEqualTo(80);
        assertThat(Letters.fitted("W", 14, 1)).isEqualTo("…");
        assertThat(Letters.fitted("😀😀😀", 10, 15)).as("no half of a pair").isEqualTo("😀…");
    }
}
