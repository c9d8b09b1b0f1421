package dev.lenet.api.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The largest difference, where it is, and that nothing hides behind a NaN. */
class DifferenceTest {

    private static Difference between(float[] first, float[] second) {
        return Difference.between("fc1", Shape.of(2, 3), first, second);
    }

    @Test
    void theLargestOfTheDifferencesIsFoundWithItsPlace() {
        Difference difference = between(new float[] {1, 2, 3, 4, 5, -8}, new float[] {1, 2.5f, 3, 4, 3, -8});
        assertThat(difference.largest()).isEqualTo(2);
        assertThat(difference.where()).containsExactly(1, 1);
        assertThat(difference.magnitude()).isEqualTo(8);
        assertThat(difference.relative()).isEqualTo(0.25);
        assertThat(difference.equal()).isFalse();
    }

    @Test
    void ofEqualDifferencesTheFirstIsNamed() {
        Difference difference = between(new float[] {0, 0, 0, 0, 0, 0}, new float[] {0, 0, 1, -1, 1, 1});
        assertThat(difference.where()).containsExactly(0, 2);
    }

    @Test
    void equalArraysHaveNoDifferenceAndNoPlace() {
        Difference difference = between(new float[6], new float[] {0, -0.0f, 0, 0, 0, 0});
        assertThat(difference.equal()).isTrue();
        assertThat(difference.relative()).isZero();
        assertThat(difference.where()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"NaN, 1", "1, NaN", "Infinity, 1", "1, -Infinity", "Infinity, -Infinity", "NaN, Infinity"})
    void whatIsNotFiniteOnOneSideAloneIsAnInfiniteDifference(float first, float second) {
        // In front and behind are differences that are finite: neither may cover it, nor be covered.
        Difference difference = between(new float[] {1, 5, first, 1, 1, 1}, new float[] {9, 5, second, 1, 1, 7});
        assertThat(difference.largest()).isInfinite();
        assertThat(difference.relative()).isInfinite();
        assertThat(difference.where()).containsExactly(0, 2);
        assertThat(difference.magnitude()).isEqualTo(9);
        assertThat(difference.notFiniteInFirst()).isEqualTo(Float.isFinite(first) ? 0 : 1);
        assertThat(difference.notFiniteInSecond()).isEqualTo(Float.isFinite(second) ? 0 : 1);
    }

    @ParameterizedTest
    @CsvSource({"NaN", "Infinity", "-Infinity"})
    void whatIsNotFiniteOnBothSidesAlikeIsCountedButIsNoDifference(float value) {
        Difference difference = between(new float[] {1, value, 3, value, 5, 6}, new float[] {1, value, 3, value, 5, 7});
        assertThat(difference.largest()).isEqualTo(1);
        assertThat(difference.where()).containsExactly(1, 2);
        assertThat(difference.notFiniteInFirst()).isEqualTo(2);
        assertThat(difference.notFiniteInSecond()).isEqualTo(2);
    }

    @Test
    void nothingFiniteAtAllIsStillADifference() {
        float[] broken = new float[6];
        Arrays.fill(broken, Float.NaN);
        Difference difference = between(broken, new float[6]);
        assertThat(difference.relative()).isInfinite();
        assertThat(difference.notFiniteInFirst()).isEqualTo(6);
    }

    @Test
    void theDifferenceOfTheLargestFloatsDoesNotOverflow() {
        float[] first = {Float.MAX_VALUE, 0, 0, 0, 0, 0};
        float[] second = {-Float.MAX_VALUE, 0, 0, 0, 0, 0};
        assertThat(between(first, second).largest()).isEqualTo(2.0 * Float.MAX_VALUE);
    }

    @Test
    void anEngineThatGivesTooFewValuesIsToldByName() {
        assertThatThrownBy(() -> between(new float[6], new float[5]))
                .isInstanceOf(ShapeException.class)
                .hasMessage("fc1: expected [2, 3] from both engines, received 5 values from one. The engine is broken:"
                        + " run the engine contract against it.");
    }
}
