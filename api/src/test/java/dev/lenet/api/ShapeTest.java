package dev.lenet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeTest {

    @Test
    void knowsItsDimensions() {
        Shape shape = Shape.of(6, 1, 5, 4);

        assertThat(shape.rank()).isEqualTo(4);
        assertThat(shape.dimension(0)).isEqualTo(6);
        assertThat(shape.dimension(3)).isEqualTo(4);
        assertThat(shape.size()).isEqualTo(120);
        assertThat(shape.toArray()).containsExactly(6, 1, 5, 4);
        assertThat(shape).hasToString("[6, 1, 5, 4]");
    }

    @Test
    void ofRankZeroHoldsOneValue() {
        assertThat(Shape.of().size()).isEqualTo(1);
        assertThat(Shape.of().rank()).isEqualTo(0);
        assertThat(Shape.of()).hasToString("[]");
    }

    @Test
    void isEqualWhenTheDimensionsAre() {
        assertThat(Shape.of(2, 3)).isEqualTo(Shape.of(2, 3)).hasSameHashCodeAs(Shape.of(2, 3));
        assertThat(Shape.of(2, 3)).isNotEqualTo(Shape.of(3, 2)).isNotEqualTo(Shape.of(2, 3, 1));
    }

    @Test
    void doesNotChangeWithTheArraysItWasMadeFromOrGave() {
        int[] dimensions = {2, 3};
        Shape shape = Shape.of(dimensions);

        dimensions[0] = 7;
        shape.toArray()[1] = 7;

        assertThat(shape).isEqualTo(Shape.of(2, 3));
    }

    @Test
    void ofABatchHasOneDimensionInFront() {
        assertThat(Shape.of(1, 28, 28).batchOf(32)).isEqualTo(Shape.of(32, 1, 28, 28));
        assertThat(Shape.of().batchOf(5)).isEqualTo(Shape.of(5));
    }

    @Test
    void countsHowManyOfItATensorHolds() {
        assertThat(Shape.of(1, 28, 28).countIn(Shape.of(32, 1, 28, 28), "Model.predict"))
                .isEqualTo(32);
        assertThat(Shape.of(10).countIn(Shape.of(1, 10), "fc1")).isEqualTo(1);
        assertThat(Shape.of().countIn(Shape.of(5), "loss")).isEqualTo(5);
    }

    @Test
    void saysWhereATensorHoldsSomethingElse() {
        assertThatThrownBy(() -> Shape.of(1, 28, 28).countIn(Shape.of(1, 28, 28), "Model.predict"))
                .isInstanceOf(ShapeException.class)
                .hasMessage("Model.predict: expected [N, 1, 28, 28] with N examples, received [1, 28, 28]."
                        + " Put the number of examples in front, also if it is 1.");
        assertThatThrownBy(() -> Shape.of().countIn(Shape.of(2, 3), "loss"))
                .isInstanceOf(ShapeException.class)
                .hasMessageStartingWith("loss: expected [N] with N examples, received [2, 3].");
        assertThatThrownBy(() -> Shape.of(2, 3).countIn(Shape.of(), "x"))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("received [].");
        assertThatThrownBy(() -> Shape.of(2, 3).countIn(Shape.of(4, 6), "x")).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Shape.of(2, 3).countIn(Shape.of(4, 3, 2), "x")).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Shape.of(2, 3).countIn(Shape.of(1, 4, 2, 3), "x"))
                .isInstanceOf(ShapeException.class);
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "-2147483648"})
    void refusesDimensionsBelowOne(int dimension) {
        assertThatThrownBy(() -> Shape.of(3, dimension))
                .isInstanceOf(ShapeException.class)
                .hasMessage("Shape: expected dimensions of at least 1, received [3, " + dimension
                        + "]. Check the sizes given.");
    }

    @Test
    void holdsAsManyValuesAsAnIntCounts() {
        assertThat(Shape.of(Integer.MAX_VALUE, 1).size()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void refusesMoreValuesThanAnIntCountsEvenWhenTheProductWrapsRound() {
        assertThatThrownBy(() -> Shape.of(65536, 32768))
                .isInstanceOf(ShapeException.class)
                .hasMessage("Shape: expected at most 2147483647 values, received [65536, 32768]."
                        + " Use smaller dimensions.");
        assertThatThrownBy(() -> Shape.of(65536, 65536, 65536, 65536))
                .isInstanceOf(ShapeException.class)
                .hasMessage("Shape: expected at most 2147483647 values, received [65536, 65536, 65536, 65536]."
                        + " Use smaller dimensions.");
        assertThatThrownBy(() -> Shape.of(Integer.MAX_VALUE).batchOf(2))
                .isInstanceOf(ShapeException.class)
                .hasMessage("Shape: expected at most 2147483647 values, received [2, 2147483647]."
                        + " Use smaller dimensions.");
    }
}
