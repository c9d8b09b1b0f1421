package dev.lenet.api.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
    /** A handful of roundings of numbers up to 1. */
    private static final double ROUNDINGS = 8 * Math.ulp(1.0);

    private static final double HALF_ROOT = Math.sqrt(0.5);

    private static void assertFactors(Schedule schedule, double... expected) {
        double[] factors = LongStream.range(0, expected.length)
                .mapToDouble(step -> schedule.factor(step, expected.length))
                .toArray();
        assertThat(factors).as(schedule.toString()).containsExactly(expected, within(ROUNDINGS));
    }

    @Test
    void aConstantRateIsTheSameFromTheFirstStepToTheLast() {
        assertFactors(new Schedule.Constant(), 1, 1, 1, 1);
    }

    @Test
    void stairsFallAfterEachShareOfTheRun() {
        assertFactors(new Schedule.Step(0.25, 0.5), 1, 1, 0.5, 0.5, 0.25, 0.25, 0.125, 0.125);
        assertFactors(new Schedule.Step(0.5, 0.1), 1, 1, 0.1, 0.1);
        assertFactors(new Schedule.Step(0.75, 0.1), 1, 1, 1, 0.1);
        assertFactors(new Schedule.Step(1, 0.1), 1, 1, 1, 1);
    }

    /** 5 / 3 and 10 / 3 steps are rounded to 2 and 3. */
    @Test
    void stairsBetweenStepsAreRounded() {
        assertFactors(new Schedule.Step(1 / 3.0, 0.5), 1, 1, 0.5, 0.25, 0.25);
    }

    /** PyTorch's StepLR with step_size = 3 * 938 in 10 epochs of 938 steps. 0.3 * 9380 is not 2814 in double precision. */
    @Test
    void aStairEveryThreeEpochsBeginsWithTheFourth() {
        Schedule stairs = new Schedule.Step(0.3, 0.1);
        for (int stair = 1; stair <= 3; stair++) {
            long first = stair * 2814L;
            assertThat(stairs.factor(first - 1, 9380)).isEqualTo(Math.pow(0.1, stair - 1));
            assertThat(stairs.factor(first, 9380)).isEqualTo(Math.pow(0.1, stair));
        }
        assertThat(stairs.factor(9379, 9380)).isEqualTo(Math.pow(0.1, 3));
    }

    /** The stair is where the integers say, for any length of epoch and run. */
    @Test
    void stairsLieOnWholeEpochsWhereTheyShould() {
        for (int epochs = 1; epochs <= 40; epochs++) {
            for (int every = 1; every <= epochs; every++) {
                for (long length : new long[] {1, 7, 938, 1_000_003}) {
                    Schedule stairs = new Schedule.Step((double) every / epochs, 0.5);
                    for (int epoch = 0; epoch < epochs; epoch++) {
                        int stair = epoch / every;
                        double expected = Math.pow(0.5, stair);
                        assertThat(stairs.factor(epoch * length, epochs * length))
                                .isEqualTo(expected);
                        assertThat(stairs.factor(epoch * length + length - 1, epochs * length))
                                .isEqualTo(expected);
                    }
                }
            }
        }
    }

    /** The cosines of 0, 45, 90 and 135 degrees; of 180 behind the end. */
    @Test
    void aCosineFallsFromOneTowardsItsLowest() {
        assertFactors(new Schedule.Cosine(), 1, (1 + HALF_ROOT) / 2, 0.5, (1 - HALF_ROOT) / 2);
        assertFactors(new Schedule.Cosine(0.2), 1, 0.6 + 0.4 * HALF_ROOT, 0.6, 0.6 - 0.4 * HALF_ROOT);
        assertThat(new Schedule.Cosine(0.2).factor(4, 4)).isCloseTo(0.2, within(ROUNDINGS));
        assertFactors(new Schedule.Cosine(), 1);
    }

    /** Ten steps, three of them up: the peak is step 2, and the wave down has 7 steps. */
    @Test
    void oneCycleRisesToThePeakAndFallsToItsLast() {
        Schedule cycle = new Schedule.OneCycle(0.3, 0.04, 0.1);
        assertThat(cycle.factor(0, 10)).isCloseTo(0.04, within(ROUNDINGS));
        assertThat(cycle.factor(1, 10)).isCloseTo(0.52, within(ROUNDINGS));
        assertThat(cycle.factor(2, 10)).isCloseTo(1, within(ROUNDINGS));
        for (int step = 3; step < 10; step++) {
            double expected = 0.1 + 0.9 * (1 + Math.cos(Math.PI * (step - 2) / 7)) / 2;
            assertThat(cycle.factor(step, 10)).isCloseTo(expected, within(ROUNDINGS));
        }
        assertThat(cycle.factor(9, 10)).isCloseTo(0.1, within(ROUNDINGS));
    }

    /** Eight steps: the peak is step 3, and half way down from it is step 5. */
    @Test
    void oneCycleHasItsPeakInTheMiddleIfAskedTo() {
        Schedule cycle = new Schedule.OneCycle(0.5, 0.25, 0);
        assertFactors(cycle, 0.25, 0.4375, 0.8125, 1, (1 + HALF_ROOT) / 2, 0.5, (1 - HALF_ROOT) / 2, 0);
    }

    /** The peak of 0.3 * 4 - 1 = 0.2 is between two steps: no step has it, and step 1 is 0.8 / 2.8 of the way down. */
    @Test
    void aPeakBetweenTwoStepsIsPassed() {
        Schedule cycle = new Schedule.OneCycle(0.3, 0.04, 0);
        assertThat(cycle.factor(0, 4)).isCloseTo(0.04, within(ROUNDINGS));
        assertThat(cycle.factor(1, 4)).isCloseTo((1 + Math.cos(Math.PI * 2 / 7)) / 2, within(ROUNDINGS));
        assertThat(cycle.factor(3, 4)).isCloseTo(0, within(ROUNDINGS));
    }

    /** A peak at or before the first step: with 0.5 of two steps at step 0; with 0.3 of two at -0.4, of one at -0.7. */
    @Test
    void runsTooShortForAWarmUpStartOnTheWayDown() {
        assertFactors(new Schedule.OneCycle(0.5, 0.04, 0.1), 1, 0.1);
        Schedule usual = new Schedule.OneCycle(0.3, 0.04, 0.1);
        assertThat(usual.factor(0, 2)).isCloseTo(0.1 + 0.9 * (1 + Math.cos(Math.PI * 2 / 7)) / 2, within(ROUNDINGS));
        assertThat(usual.factor(1, 2)).isCloseTo(0.1, within(ROUNDINGS));
        assertFactors(usual, 0.1);
        assertThat(new Schedule.OneCycle(0, 0.04, 0.1).factor(0, 1)).isCloseTo(0.1, within(ROUNDINGS));
    }

    @Test
    void oneCycleHasTheDefaultsOfPyTorch() {
        Schedule cycle = new Schedule.OneCycle();
        assertThat(cycle).isEqualTo(new Schedule.OneCycle(0.3, 0.04, 0.000004));
        assertThat(cycle.factor(0, 1000)).isCloseTo(0.04, within(ROUNDINGS));
        assertThat(cycle.factor(299, 1000)).isCloseTo(1, within(ROUNDINGS));
        assertThat(cycle.factor(999, 1000)).isCloseTo(0.000004, within(ROUNDINGS));
    }

    @Test
    void noScheduleLeavesItsRange() {
        List<Schedule> schedules = List.of(
                new Schedule.Step(0.1, 0.1),
                new Schedule.Cosine(),
                new Schedule.OneCycle(),
                new Schedule.OneCycle(0, 0.04, 0),
                new Schedule.Cooldown(0.3));
        for (Schedule schedule : schedules) {
            for (long steps = 1; steps <= 100; steps++) {
                for (long step = 0; step < steps; step++) {
                    assertThat(schedule.factor(step, steps))
                            .as("%s, step %d of %d", schedule, step, steps)
                            .isBetween(0.0, 1.0);
                }
            }
        }
    }

    @Test
    void aCooldownStaysAndThenFallsInAStraightLine() {
        assertFactors(new Schedule.Cooldown(0.5), 1, 1, 1, 1, 1, 0.75, 0.5, 0.25);
    }

    @Test
    void aCooldownOfTheWholeRunFallsFromTheStart() {
        assertFactors(new Schedule.Cooldown(1), 1, 0.75, 0.5, 0.25);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 1.01, Double.NaN})
    void aShareMustBeOne(double share) {
        refuses(
                () -> new Schedule.Cooldown(share),
                "Cooldown: expected a share above 0 and at most 1, received " + share
                        + ". For a constant rate use no cooldown.");
        refuses(
                () -> new Schedule.Step(share, 0.1),
                "Step: expected a share above 0 and at most 1, received " + share + ". Take 1 / stairs.");
        refuses(
                () -> new Schedule.Step(0.1, share),
                "Step: expected a decay above 0 and at most 1, received " + share + ". 0.1 is usual.");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN})
    void aCosineAndAWarmUpNeedRoomToFall(double received) {
        refuses(
                () -> new Schedule.Cosine(received),
                "Cosine: expected a lowest factor of at least 0 and below 1, received " + received
                        + ". For a constant rate use no cosine.");
        refuses(
                () -> new Schedule.OneCycle(received, 0.04, 0),
                "OneCycle: expected a share for the warm-up of at least 0 and below 1, received " + received
                        + ". 0.3 is usual.");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, a factor to start from above 0",
        "1.01, 0, a factor to start from above 0",
        "NaN, 0, a factor to start from above 0",
        "0.04, -0.1, a last factor of at least 0",
        "0.04, 1.01, a last factor of at least 0",
        "0.04, NaN, a last factor of at least 0"
    })
    void theEndsOfACycleAreFactors(double start, double last, String expected) {
        assertThatThrownBy(() -> new Schedule.OneCycle(0.3, start, last))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("OneCycle: expected " + expected + " and at most 1, received ");
    }

    private static void refuses(Runnable making, String message) {
        assertThatThrownBy(making::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
