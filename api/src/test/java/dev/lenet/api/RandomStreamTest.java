package dev.lenet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The golden values come from a Python program of its own, written from the formulas of SplitMix64 and FNV-1a and
 * checked against the published first output of SplitMix64 with seed 0, e220a8397b1dcdaf.
 */
class RandomStreamTest {
    private static final int DRAWS = 100_000;

    @ParameterizedTest
    @CsvSource({
        "0, init/conv1.weight, 0, 385ca1313d881b2c",
        "0, init/conv1.weight, 1, bd9f8ca82925979a",
        "0, init/conv1.weight, 1000000007, 72345e9e41d94ecf",
        "42, shuffle, 0, e323372fb5b47ec2",
        "42, shuffle, 1, b22c94d3ae6e00ba",
        "-1, dropout/é, 0, 940572790ffc3c32",
        "-1, dropout/é, 1000000007, a713a81e55db2ea2",
    })
    void bitsAreThoseOfTheFormula(long seed, String name, long index, String bits) {
        assertThat(Long.toHexString(RandomStream.of(seed, name).bits(index))).isEqualTo(bits);
    }

    @ParameterizedTest
    @CsvSource({
        "0, init/conv1.weight, 56ac998c081534ab, 86ab9da44e79c95e",
        "42, shuffle, 67878c418fea348d, fb2428484ff29bdd",
        "-1, dropout/é, 9483a74bd0d4c9d, 2565d9317e24270c",
    })
    void substreamsAreThoseOfTheFormula(long seed, String name, String first, String second) {
        RandomStream substream = RandomStream.of(seed, name).substream(3);

        assertThat(Long.toHexString(substream.bits(0))).isEqualTo(first);
        assertThat(Long.toHexString(substream.bits(1))).isEqualTo(second);
    }

    @Test
    void uniformsAreTheUpperTwentyFourBits() {
        assertThat(RandomStream.of(0, "init/conv1.weight").uniform(0)).isEqualTo(0.2201634f);
        assertThat(RandomStream.of(42, "shuffle").uniform(0)).isEqualTo(0.8872561f);
    }

    @Test
    void permutationsAreThoseOfTheFormula() {
        assertThat(RandomStream.of(42, "shuffle").permutation(10)).containsExactly(8, 1, 6, 2, 9, 4, 5, 3, 7, 0);
        assertThat(RandomStream.of(7, "shuffle").substream(2).permutation(10))
                .containsExactly(9, 0, 4, 3, 8, 1, 2, 6, 5, 7);
    }

    @Test
    void aValueDependsOnNothingDrawnBefore() {
        RandomStream stream = RandomStream.of(1, "a");
        long late = stream.bits(99);

        for (int i = 0; i < 50; i++) {
            stream.uniform(i);
        }

        assertThat(stream.bits(99)).isEqualTo(late);
        assertThat(RandomStream.of(1, "a").bits(99)).isEqualTo(late);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -5, 1L << 40})
    void uniformsFillTheUnitIntervalEvenly(long seed) {
        RandomStream stream = RandomStream.of(seed, "uniform");
        int[] histogram = new int[100];
        for (int i = 0; i < DRAWS; i++) {
            float value = stream.uniform(i);
            assertThat(value).isGreaterThanOrEqualTo(0).isLessThan(1);
            histogram[(int) (value * 100)]++;
        }

        assertThat(chiSquared(histogram, DRAWS / 100.0)).as("seed %d", seed).isBetween(worst(99, -6), worst(99, 6));
    }

    @ParameterizedTest
    @CsvSource({"neighbour", "name", "seed", "substream"})
    void neighboursInEveryDirectionAreIndependent(String direction) {
        int[] histogram = new int[100];
        for (int i = 0; i < DRAWS; i++) {
            float first = RandomStream.of(3, "a").substream(0).uniform(i);
            float second =
                    switch (direction) {
                        case "neighbour" -> RandomStream.of(3, "a").substream(0).uniform(i + 1);
                        case "name" -> RandomStream.of(3, "b").substream(0).uniform(i);
                        case "seed" -> RandomStream.of(4, "a").substream(0).uniform(i);
                        default -> RandomStream.of(3, "a").substream(1).uniform(i);
                    };
            histogram[((int) (first * 10)) * 10 + (int) (second * 10)]++;
        }

        assertThat(chiSquared(histogram, DRAWS / 100.0)).isBetween(worst(99, -6), worst(99, 6));
    }

    @Test
    void streamsDoNotShareValues() {
        Set<Long> seen = new HashSet<>();
        for (String name : new String[] {"a", "b", "ab", "ba", "", "shuffle"}) {
            for (long seed = -2; seed <= 2; seed++) {
                RandomStream stream = RandomStream.of(seed, name);
                for (int i = 0; i < 100; i++) {
                    seen.add(stream.bits(i));
                    seen.add(stream.substream(i).bits(0));
                }
            }
        }

        assertThat(seen).hasSize(6 * 5 * 200);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 1000, 60_000})
    void aPermutationHoldsEveryNumberOnce(int size) {
        int[] sorted = RandomStream.of(11, "shuffle").permutation(size);
        Arrays.sort(sorted);

        assertThat(sorted).isEqualTo(IntStream.range(0, size).toArray());
    }

    @Test
    void allPermutationsAreEquallyLikely() {
        Map<String, Integer> counts = new HashMap<>();
        RandomStream stream = RandomStream.of(12, "shuffle");
        for (int i = 0; i < 24 * 1000; i++) {
            counts.merge(Arrays.toString(stream.substream(i).permutation(4)), 1, Integer::sum);
        }

        assertThat(counts).hasSize(24);
        assertThat(chiSquared(counts.values().stream().mapToInt(i -> i).toArray(), 1000))
                .isBetween(worst(23, -4), worst(23, 6));
    }

    private static double chiSquared(int[] counts, double expected) {
        return Arrays.stream(counts)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
    }

    /** So many standard deviations from the mean of a chi-squared distribution. */
    private static double worst(int degreesOfFreedom, double deviations) {
        return degreesOfFreedom + deviations * Math.sqrt(2.0 * degreesOfFreedom);
    }
}
