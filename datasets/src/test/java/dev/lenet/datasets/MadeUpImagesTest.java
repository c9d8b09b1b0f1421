package dev.lenet.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MadeUpImagesTest {
    private static final int COUNT = 100;

    private static List<byte[]> images(MadeUpImages kind, long seed) {
        List<byte[]> images = kind.images(COUNT, seed);
        assumeFalse(kind == MadeUpImages.LETTERS && images.isEmpty(), "no fonts are installed");
        return images;
    }

    @ParameterizedTest
    @EnumSource
    void allOfThemShowSomethingAndNoTwoTheSame(MadeUpImages kind) {
        List<byte[]> images = images(kind, 1);

        assertThat(images).hasSize(COUNT).allSatisfy(image -> {
            assertThat(image).hasSize(784);
            int lit = 0;
            for (byte pixel : image) {
                lit += (pixel & 0xff) > 64 ? 1 : 0;
            }
            assertThat(lit).isBetween(20, 780);
        });
        assertThat(images.stream().map(Arrays::hashCode).distinct().count()).isGreaterThan(COUNT * 9L / 10);
    }

    @ParameterizedTest
    @EnumSource
    void aSeedGivesTheSameImagesAndAnotherOneOthers(MadeUpImages kind) {
        List<byte[]> images = images(kind, 1);

        assertThat(kind.images(COUNT, 1))
                .usingElementComparator(Arrays::compare)
                .isEqualTo(images);
        assertThat(kind.images(COUNT, 2).get(0)).isNotEqualTo(images.get(0));
    }
}
