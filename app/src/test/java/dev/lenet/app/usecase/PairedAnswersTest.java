package dev.lenet.app.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against figures worked out by hand: twice the tail of a binomial distribution of a half. */
class PairedAnswersTest {

    @Test
    void theStandardErrorIsThatOfPairs() {
        PairedAnswers answers = new PairedAnswers(10_000, 30, 50);

        assertThat(answers.difference()).isCloseTo(0.002, within(1e-12));
        // sqrt(80 - 400 / 10,000) / 10,000
        assertThat(answers.standardError()).isCloseTo(0.00089420, within(1e-8));
    }

    /** P of 5 and 0: 2 / 32; of 6 and 0: 2 / 64; of 9 and 1: 2 * 11 / 1024; of 8 and 2: 2 * 56 / 1024. */
    @ParameterizedTest
    @CsvSource({"0, 0, false", "5, 0, false", "6, 0, true", "0, 6, true", "9, 1, true", "8, 2, false", "600, 400, true"
    })
    void whatChanceDoesAsWellIsNotSignificant(int first, int second, boolean significant) {
        assertThat(new PairedAnswers(10_000, first, second).significant()).isEqualTo(significant);
    }
}
