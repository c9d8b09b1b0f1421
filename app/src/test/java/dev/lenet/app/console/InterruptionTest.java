package dev.lenet.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What signals mean; that they arrive is seen by {@code JarIT}. */
class InterruptionTest {
    @ParameterizedTest
    @CsvSource({"HUP, 1, 129", "INT, 2, 130", "TERM, 15, 143"})
    void theFirstSignalAsksAndGivesTheExitCode(String signal, int number, int exitCode) {
        try (Interruption interruption = new Interruption()) {
            assertThat(interruption.getAsBoolean()).isFalse();

            interruption.received(signal, number);

            assertThat(interruption.getAsBoolean()).isTrue();
            assertThat(interruption.exitCode()).isEqualTo(exitCode);
        }
    }

    /** If it did, it would end the JVM of this test. */
    @Test
    void aTerminalThatIsClosedAfterACtrlCDoesNotEndTheProcess() {
        try (Interruption interruption = new Interruption()) {
            interruption.received("INT", 2);
            interruption.received("HUP", 1);
            interruption.received("HUP", 1);
            assertThat(interruption.exitCode()).isEqualTo(130);
        }
    }
}
