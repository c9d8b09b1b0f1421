package dev.lenet.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More windows than a browser has connections to one server. */
class WindowsTest {
    private static final int WINDOWS = 8;

    @TempDir
    private Path folder;

    @Test
    void eightWindowsFollowARunAndEachStillReadsDrawings() throws Exception {
        try (App app = App.start(folder, "serve", "--port", "0");
                Browser browser = new Browser()) {
            String url = app.line("page");
            browser.open(url + "#training");
            for (int i = 1; i < WINDOWS; i++) {
                browser.openWindow(url + "#training");
            }
            List<String> windows = browser.windows();
            assertThat(windows).hasSize(WINDOWS);
            for (String window : windows) {
                browser.show(window);
                browser.text("#no-run", text -> text.contains("java -jar app/target/app.jar train"));
            }
            try (App training = App.start(
                    folder, "train", "--epochs", "1", "--run", "watched", "--output", "m.safetensors", "--offline")) {
                for (String window : windows) {
                    browser.show(window);
                    browser.text("#run-name", "watched"::equals);
                }
                training.line("test");
                assertThat(training.end()).isZero();
            }
            for (String window : windows) {
                browser.show(window);
                browser.text("#run-status", "complete"::equals);
                browser.find("#tab-draw").click();
                browser.draw(Strokes.SEVEN);
                browser.text("#digit", "7"::equals);
                browser.find("#tab-training").click();
            }
            // Who is left is still told when the others are gone.
            for (String window : windows.subList(1, WINDOWS)) {
                browser.show(window);
                browser.closeWindow();
            }
            browser.show(windows.get(0));
            browser.find("#tab-training").click();
            browser.await("the stream is open", page -> page.count("#panel-training.lost") == 0);
            browser.expectNoComplaint();
        }
    }

    /** A browser that has no shared workers, or may not start one. */
    @Test
    void aWindowAloneHasAStreamOfItsOwn() throws Exception {
        try (App app = App.start(folder, "serve", "--port", "0");
                Browser browser = new Browser()) {
            browser.beforeEveryPage("delete globalThis.SharedWorker");
            browser.open(app.line("page") + "#training");
            assertThat(browser.script("typeof SharedWorker")).isEqualTo("undefined");
            browser.text("#no-run", text -> text.contains("java -jar app/target/app.jar train"));
            browser.expectNoComplaint();
        }
    }
}
