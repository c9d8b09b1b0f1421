package dev.lenet.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page follows a run from its first step to its end. */
class TrainingPageTest {
    @TempDir
    private Path folder;

    @Test
    void theTrainingTabFollowsARunToItsEnd() throws Exception {
        try (App app = App.start(folder, "serve", "--port", "0");
                Browser browser = new Browser()) {
            browser.open(app.line("page") + "#training");
            browser.text("#no-run", text -> text.contains("java -jar app/target/app.jar train"));
            browser.picture("training-none");

            try (App training = App.start(
                    folder, "train", "--epochs", "3", "--run", "watched", "--output", "m.safetensors", "--offline")) {
                browser.text("#run-name", "watched"::equals);
                browser.text("#run-status", "running"::equals);
                browser.text("#figures", text -> text.contains("time left") && text.contains("images a second"));
                browser.text("#mistakes-note", text -> text.startsWith("After epoch 1: "));
                browser.picture("training-running");
                training.line("test");
                assertThat(training.end()).isZero();
            }

            browser.text("#run-status", "complete"::equals);
            browser.text("#figures", text -> text.contains("3 / 3") && text.contains("test accuracy"));
            browser.text("#mistakes-note", text -> text.startsWith("After epoch 3: "));
            assertThat(browser.count("#mistakes li")).isPositive();
            assertThat(browser.text("#mistakes li span")).matches("[0-9] → [0-9]");
            assertThat(browser.count("#chart-loss path")).isEqualTo(3);
            assertThat(browser.count("#chart-accuracy circle")).isEqualTo(3);
            assertThat(browser.number("document.querySelector('#chart-loss path').getTotalLength()"))
                    .isGreaterThan(100);
            browser.expectNoHorizontalScrolling();
            browser.picture("training-complete");
            browser.size(390, 844, true);
            browser.expectNoHorizontalScrolling();
            browser.picture("training-phone");
            browser.expectNoComplaint();
        }
    }
}
