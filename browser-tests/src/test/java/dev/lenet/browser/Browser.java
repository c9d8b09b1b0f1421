package dev.lenet.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * Headless Chromium, driven by the {@code chromedriver} of the same package. Nothing is downloaded.
 *
 * <p>Pointer and keys are events of the browser's own input, not of a script: they go the way a hand's would.
 */
final class Browser implements AutoCloseable {
    static final Path PICTURES = Path.of("target/pictures");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final double PAD = 100;

    /** Between two corners of a stroke the pen is reported so often. */
    private static final int MOVES = 2;

    private final ChromeDriver driver;

    Browser() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program("chromium"));
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, java.util.logging.Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(Path.of(program("chromedriver")).toFile())
                        .build(),
                options);
        size(1280, 960, false);
    }

    private static String program(String name) {
        for (String folder : List.of("/usr/bin", "/usr/local/bin", "/snap/bin")) {
            Path path = Path.of(folder, name);
            if (Files.isExecutable(path)) {
                return path.toString();
            }
        }
        throw new AssertionError(name + ": expected it in /usr/bin, found none. Install Debian's packages chromium and"
                + " chromium-driver.");
    }

    /** How large the window is, in CSS pixels, and whether it is that of a phone. */
    void size(int width, int height, boolean phone) {
        command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", phone));
    }

    void colours(String scheme) {
        command(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    void open(String url) {
        driver.get(url);
    }

    /** Runs a script in each page that is opened from now on, before the page's own. */
    void beforeEveryPage(String javaScript) {
        command("Page.addScriptToEvaluateOnNewDocument", Map.of("source", javaScript));
    }

    private void command(String name, Map<String, Object> parameters) {
        driver.executeCdpCommand(name, parameters);
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    int count(String selector) {
        return driver.findElements(By.cssSelector(selector)).size();
    }

    String text(String selector) {
        return find(selector).getText();
    }

    /** The text of an element, once it is as expected. */
    String text(String selector, Predicate<String> expected) {
        WebDriverWait wait = new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50));
        wait.withMessage(() -> selector + " is '" + text(selector) + "', " + log());
        return wait.until(unused -> {
            String text = text(selector);
            return expected.test(text) ? text : null;
        });
    }

    void await(String what, Predicate<Browser> expected) {
        new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50))
                .withMessage(() -> what + ", " + log())
                .until(unused -> expected.test(this));
    }

    Object script(String javaScript) {
        @Nullable Object result = driver.executeScript("return " + javaScript);
        return result == null ? "null" : result;
    }

    /** Draws with the mouse, and waits until all of it is read. */
    void draw(Strokes digit) {
        driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", find("#pad"));
        Box pad = pad();
        for (List<double[]> stroke : digit.lines()) {
            double[] last = stroke.get(0);
            mouse("mousePressed", pad.x(last[0]), pad.y(last[1]), 1);
            for (double[] corner : stroke.subList(1, stroke.size())) {
                for (int i = 1; i <= MOVES; i++) {
                    double x = last[0] + (corner[0] - last[0]) * i / MOVES;
                    double y = last[1] + (corner[1] - last[1]) * i / MOVES;
                    mouse("mouseMoved", pad.x(x), pad.y(y), 1);
                }
                last = corner;
            }
            mouse("mouseReleased", pad.x(last[0]), pad.y(last[1]), 0);
        }
        awaitReading();
    }

    private void mouse(String type, double x, double y, int buttons) {
        pointer("mouse", type, x, y, buttons);
    }

    private void pointer(String kind, String type, double x, double y, int buttons) {
        Map<String, Object> event = new HashMap<>(Map.of("type", type, "x", x, "y", y));
        event.put("pointerType", kind);
        event.put("button", "left");
        event.put("buttons", buttons);
        event.put("clickCount", 1);
        command("Input.dispatchMouseEvent", event);
    }

    /** Draws the first stroke with a pen. */
    void drawByPen(Strokes digit) {
        Box pad = pad();
        String type = "mousePressed";
        double[] last = {0, 0};
        for (double[] corner : digit.lines().get(0)) {
            pointer("pen", type, pad.x(corner[0]), pad.y(corner[1]), 1);
            type = "mouseMoved";
            last = corner;
        }
        pointer("pen", "mouseReleased", pad.x(last[0]), pad.y(last[1]), 0);
    }

    /**
     * Touches the pad with so many fingers, or the hand.
     *
     * @param type {@code touchStart}, {@code touchMove}, {@code touchEnd} or {@code touchCancel}
     * @param places each {@code x, y} in a square of side 100, in the order in which they came down; none at the end
     */
    void touch(String type, double[]... places) {
        Box pad = pad();
        List<Map<String, Object>> points = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            points.add(Map.of("id", i, "x", pad.x(places[i][0]), "y", pad.y(places[i][1])));
        }
        command("Input.dispatchTouchEvent", Map.of("type", type, "touchPoints", points));
    }

    /** Opens another window of this browser, which is the one that is driven from now on. */
    void openWindow(String url) {
        driver.switchTo().newWindow(WindowType.WINDOW);
        driver.get(url);
    }

    /** The windows, in the order in which they were opened. */
    List<String> windows() {
        return List.copyOf(driver.getWindowHandles());
    }

    void show(String window) {
        driver.switchTo().window(window);
    }

    void closeWindow() {
        driver.close();
    }

    /** Where the pad is in the window, in CSS pixels; its own places are in a square of side 100. */
    private record Box(double left, double top, double side) {
        double x(double place) {
            return left + side * place / PAD;
        }

        double y(double place) {
            return top + side * place / PAD;
        }
    }

    private Box pad() {
        String box = "document.getElementById('pad').getBoundingClientRect()";
        return new Box(number(box + ".left"), number(box + ".top"), number(box + ".width"));
    }

    /** Draws the first stroke with a finger. */
    void drawByFinger(Strokes digit) {
        Box pad = pad();
        String type = "touchStart";
        for (double[] corner : digit.lines().get(0)) {
            Map<String, Object> place = Map.of("x", pad.x(corner[0]), "y", pad.y(corner[1]));
            command("Input.dispatchTouchEvent", Map.of("type", type, "touchPoints", List.of(place)));
            type = "touchMove";
        }
        command("Input.dispatchTouchEvent", Map.of("type", "touchEnd", "touchPoints", List.of()));
        awaitReading();
    }

    /** Answers to what was drawn on the way are no answers yet. */
    void awaitReading() {
        await("everything drawn is read", page -> page.count("body[data-reading]") == 0);
    }

    double number(String javaScript) {
        return ((Number) script(javaScript)).doubleValue();
    }

    /** To whatever has the focus. */
    void press(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    /** A key, several times. */
    void press(Keys key, int times) {
        for (int i = 0; i < times; i++) {
            press(key);
        }
    }

    /** The whole page as a picture, to be looked at. */
    void picture(String name) throws IOException {
        Map<String, Object> clip = Map.of(
                "x", 0,
                "y", 0,
                "width", script("document.documentElement.clientWidth"),
                "height", script("document.documentElement.scrollHeight"),
                "scale", 1);
        Object data = driver.executeCdpCommand(
                        "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true, "clip", clip))
                .get("data");
        Files.createDirectories(PICTURES);
        Files.write(PICTURES.resolve(name + ".png"), Base64.getDecoder().decode(String.valueOf(data)));
    }

    /** What the browser's console said since the last time. */
    List<String> log() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(String::valueOf)
                .toList();
    }

    void expectNoComplaint() {
        assertThat(log()).as("the browser's console").isEmpty();
    }

    void expectNoHorizontalScrolling() {
        assertThat(number("document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(number("document.documentElement.clientWidth"));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
