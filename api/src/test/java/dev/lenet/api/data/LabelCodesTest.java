package dev.lenet.api.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.DatasetException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelCodesTest {
    private static final Path FILE = Path.of("labels");

    @Test
    void areThoseThatOccurEachOnceAndAscending() {
        LabelCodes codes = LabelCodes.of(labels(30, 10, 255, 10, 20));

        assertThat(codes.codes()).containsExactly(10, 20, 30, 255);
        assertThat(codes.classes(FILE, labels(255, 10, 30, 20)).values()).containsExactly(3, 0, 2, 1);
        assertThat(codes.names().names()).containsExactly("10", "20", "30", "255");
    }

    @Test
    void labelsThatLackAnyOfTheClassesAreReadAsTheOthersAre() {
        LabelCodes from1 = LabelCodes.of(labels(1, 2, 3));

        assertThat(from1.areFrom1()).isTrue();
        assertThat(from1.classes(FILE, labels(2, 1)).values()).containsExactly(1, 0);
        assertThat(LabelCodes.from0(3).classes(FILE, labels(2, 1)).values()).containsExactly(2, 1);
    }

    @Test
    void aLabelThatStandsForNoClassIsNamed() {
        assertThatThrownBy(() -> LabelCodes.of(labels(1, 2, 3)).classes(FILE, labels(3, 0)))
                .isInstanceOf(DatasetException.class)
                .hasMessage(
                        "labels: expected the labels of the training data, 1 to 3, received 0 for example 1, counted"
                                + " from 0. The file is damaged, or of other classes: use the one that belongs to them.");
    }

    @Test
    void knowWhetherTheyAreCountedAndFromWhere() {
        assertThat(LabelCodes.from0(3)).isEqualTo(LabelCodes.of(labels(0, 1, 2)));
        assertThat(LabelCodes.from0(3).areFrom0()).isTrue();
        for (LabelCodes other : List.of(LabelCodes.of(labels(1, 2, 4)), LabelCodes.of(labels(0, 2)))) {
            assertThat(other.areFrom0()).as("%s", other).isFalse();
            assertThat(other.areFrom1()).as("%s", other).isFalse();
        }
    }

    @Test
    void areNamedShortly() {
        assertThat(LabelCodes.from0(10)).hasToString("0 to 9");
        assertThat(LabelCodes.of(labels(10, 20, 30))).hasToString("10, 20, 30");
        assertThat(LabelCodes.of(labels(7))).hasToString("7");
        assertThat(LabelCodes.of(labels(IntStream.range(0, 100).map(i -> 2 * i).toArray())))
                .hasToString("0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, ... up to 198");
    }

    @Test
    void ascend() {
        for (List<Integer> wrong : List.of(List.of(2, 1), List.of(1, 1), List.of(-1, 0))) {
            assertThatThrownBy(() -> new LabelCodes(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "Label codes: expected ascending ones of at least 0, received " + wrong + ". Sort them.");
        }
    }

    private static IdxFile labels(int... labels) {
        byte[] values = new byte[labels.length];
        for (int i = 0; i < labels.length; i++) {
            values[i] = (byte) labels[i];
        }
        return new IdxFile(List.of(labels.length), values, "");
    }
}
