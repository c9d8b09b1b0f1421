package dev.lenet.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchCutTest {
    private static List<Integer> sizes(int images) {
        return IntStream.range(0, BatchCut.blocks(images))
                .mapToObj(block -> BatchCut.size(images, block))
                .toList();
    }

    @Test
    void fullBlocksComeInPairsAndTheRestIsHalved() {
        assertThat(sizes(1)).containsExactly(1);
        assertThat(sizes(2)).containsExactly(1, 1);
        assertThat(sizes(7)).containsExactly(4, 3);
        assertThat(sizes(8)).containsExactly(4, 4);
        assertThat(sizes(31)).containsExactly(16, 15);
        assertThat(sizes(32)).containsExactly(16, 16);
        assertThat(sizes(33)).containsExactly(16, 16, 1);
        assertThat(sizes(48)).containsExactly(16, 16, 8, 8);
        assertThat(sizes(101)).containsExactly(16, 16, 16, 16, 16, 16, 3, 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 9, 17, 32, 33, 40, 63, 64, 1000})
    void theBlocksFollowEachOtherAndHaveAllImages(int images) {
        int first = 0;
        for (int block = 0; block < BatchCut.blocks(images); block++) {
            assertThat(BatchCut.first(images, block)).isEqualTo(first);
            first += BatchCut.size(images, block);
        }
        assertThat(first).isEqualTo(images);
        for (int size = 1; size <= Activation.LANES; size++) {
            assertThat(BatchCut.contains(images, size))
                    .as("%d of %d", size, images)
                    .isEqualTo(sizes(images).contains(size));
        }
    }
}
