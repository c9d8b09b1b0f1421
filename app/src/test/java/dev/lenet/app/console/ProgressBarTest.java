package dev.lenet.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final ProgressBar bar = new ProgressBar(new PrintStream(screen, true, StandardCharsets.UTF_8), "");

    @Test
    void showsEpochShareLossRateSpeedAndTheTimeLeft() {
        bar.start(0, 40, 20);
        bar.loss(2.5f);
        for (int step = 1; step <= 30; step++) {
            bar.advance(step, 32, 0.0005);
        }

        // 30 steps of 32 images in 60 seconds; 10 steps are left, of 2 seconds each.
        assertThat(bar.line(30, 0.0005, 60))
                .isEqualTo("epoch 2/2 [======================        ]  75 %  loss 2.5000  rate 0.000500  16 images/s"
                        + "  0:20 left");
    }

    /** What was done before, at another time, says nothing of the time that is left. */
    @Test
    void theTimeLeftGoesByTheStepsOfThisSession() {
        bar.start(30, 40, 20);
        bar.advance(31, 32, 1e-5);

        assertThat(bar.line(31, 1e-5, 60))
                .isEqualTo("epoch 2/2 [=======================       ]  77 %  loss -  rate 1.00e-05  1 images/s"
                        + "  9:00 left");
    }

    @Test
    void erasesItself() {
        bar.clear();
        assertThat(screen.toString(StandardCharsets.UTF_8)).isEqualTo("\r\u001b[K");
    }
}
