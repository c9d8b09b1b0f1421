package dev.lenet.tck.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DotProductTest {
    private static final long SEED = 17;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 25, 400})
    void float32SumsInAnyOrderStayWithinTheBoundAndComeNearIt(int terms) {
        double worst = 0;
        for (int trial = 0; trial < 2000; trial++) {
            RandomStream stream = RandomStream.of(SEED, "dot/" + terms).substream(trial);
            DotProduct exact = new DotProduct();
            float sum = 0;
            for (int i : stream.permutation(terms)) {
                float a = 2 * stream.uniform(2L * i) - 1;
                float b = 2 * stream.uniform(2L * i + 1) - 1;
                exact.add(a, 0, b, 0);
                sum += a * b;
            }
            double difference = Math.abs(sum - exact.value());
            assertThat(difference).as("trial %d", trial).isLessThanOrEqualTo(exact.error());
            worst = Math.max(worst, difference / exact.error());
        }
        // Rounding errors are of either sign, so long sums end far below the bound: like the root of the terms.
        assertThat(worst).isGreaterThan(0.1 / Math.sqrt(terms)).isLessThanOrEqualTo(1);
    }

    @Test
    void smallIntegersAndPowersOfTwoRoundNothing() {
        DotProduct integers = new DotProduct();
        for (int i = 0; i < 100; i++) {
            integers.add(i, 0, -i, 0);
        }
        assertThat(integers.value()).isEqualTo(-328350);
        assertThat(integers.error()).isZero();
        DotProduct quarters = new DotProduct();
        quarters.add(0.75, 0);
        quarters.add(0.1f, 0, 0, 0);
        quarters.add(-8, 0, 0.25, 0);
        assertThat(quarters.value()).isEqualTo(-1.25);
        assertThat(quarters.error()).isZero();
    }

    @Test
    void whatNeedsMoreBitsThanFloat32HasIsRounded() {
        DotProduct wide = new DotProduct();
        wide.add(0x1p24, 0);
        wide.add(1, 0);
        // 2^24 + 1 lies between two float32 numbers.
        assertThat(wide.error()).isGreaterThanOrEqualTo(1);
        DotProduct product = new DotProduct();
        product.add(0.1f, 0, 0.1f, 0);
        assertThat(product.error()).isGreaterThanOrEqualTo(Math.abs((double) (0.1f * 0.1f) - 0.1f * (double) 0.1f));
    }

    @Test
    void errorsOfTheFactorsAreCarriedAlong() {
        DotProduct sum = new DotProduct();
        sum.add(2, 0.5, 3, 0.25);
        // (2 + 0.5) * (3 + 0.25) - 2 * 3
        assertThat(sum.error()).isGreaterThanOrEqualTo(2.125).isLessThan(2.126);
    }

    @Test
    void whatMayBeFlushedToZeroIsNotExpectedToBeExact() {
        DotProduct tiny = new DotProduct();
        tiny.add(0x1p-130, 0);
        assertThat(tiny.error()).isGreaterThanOrEqualTo(0x1p-130);
    }
}
