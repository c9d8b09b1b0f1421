package dev.lenet.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.Keys;

/** Draws digits, and reads the answers off the page. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DrawingPageTest {
    private static final String NOTHING = "–";

    private App app;
    private Browser browser;
    private String url = "";

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        app = App.start(folder, "serve", "--port", "0");
        url = app.line("page");
        browser = new Browser();
    }

    @AfterAll
    void end() {
        browser.close();
        app.close();
    }

    @BeforeEach
    void open() {
        browser.size(1280, 960, false);
        browser.colours("light");
        browser.open("about:blank");
        browser.open(url);
        browser.await("engines", page -> page.count("#engines label") >= 2);
    }

    @AfterEach
    void complaints() {
        browser.expectNoComplaint();
    }

    @ParameterizedTest
    @EnumSource(Strokes.class)
    void everyDigitIsReadAsItIsDrawn(Strokes digit) throws Exception {
        browser.draw(digit);
        browser.text("#digit", digit.digit()::equals);

        assertThat(browser.count("#probabilities li")).isEqualTo(10);
        assertThat(browser.text("#probabilities li.best .class")).isEqualTo(digit.digit());
        assertThat(browser.text("#probabilities li.best .value")).matches("[0-9.]+ %");
        browser.text("#spoken", text -> text.startsWith("Read as " + digit.digit() + ", "));
        browser.awaitReading();
        assertThat(browser.text("#doubt")).isEmpty();
        browser.picture("digit-" + digit.name().toLowerCase(Locale.ROOT));
    }

    @Test
    void aScribbleIsDoubtful() throws Exception {
        browser.draw(Strokes.TWO);
        browser.draw(Strokes.FOUR);
        browser.draw(Strokes.SIX);
        browser.text("#doubt", text -> text.startsWith("doubtful"));
        browser.text("#spoken", text -> text.contains(", doubtful"));
        browser.picture("doubtful");
        browser.find("#clear").click();
        browser.text("#doubt", String::isEmpty);
    }

    @Test
    void theFeatureMapsLightUpAndGoOut() throws Exception {
        String lit = "[...document.querySelectorAll('#layers canvas')].filter(canvas => {"
                + "const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;"
                + "return data.some((value, i) => i % 4 < 3 && value !== data[i % 4]);}).length";
        assertThat(browser.count("#layers figure")).isEqualTo(7);
        assertThat(browser.count("#layers canvas")).isEqualTo(6 + 6 + 16 + 16 + 3);
        assertThat(browser.number(lit)).isZero();

        browser.draw(Strokes.FIVE);
        browser.text("#digit", "5"::equals);
        assertThat(browser.number(lit)).isGreaterThan(30);

        browser.find("#clear").click();
        browser.text("#digit", NOTHING::equals);
        assertThat(browser.number(lit)).isZero();
        assertThat(browser.text("#sure")).isEqualTo("nothing yet");
    }

    @Test
    void theLastStrokeIsTakenBack() {
        browser.draw(Strokes.ONE);
        browser.text("#digit", "1"::equals);
        browser.draw(Strokes.ZERO);
        browser.find("#undo").click();
        browser.text("#digit", "1"::equals);
        browser.find("#undo").click();
        browser.text("#digit", NOTHING::equals);
        assertThat(browser.find("#undo").isEnabled()).isFalse();
    }

    /** Down, right, down: a seven, without ever touching the mouse. */
    @Test
    void aDigitIsDrawnByKeyboardAlone() throws Exception {
        browser.await("the pad has the focus", page -> {
            page.press(Keys.TAB);
            return page.script("document.activeElement.id").equals("pad");
        });
        browser.press(Keys.ARROW_LEFT, 9);
        browser.press(Keys.ARROW_UP, 4);
        browser.press(Keys.SPACE);
        browser.press(Keys.ARROW_RIGHT, 17);
        for (int i = 0; i < 11; i++) {
            browser.press(Keys.ARROW_DOWN, 2);
            browser.press(Keys.ARROW_LEFT);
        }
        browser.text("#digit", "7"::equals);
        browser.picture("keyboard");
        browser.press(Keys.SPACE);
        browser.press(Keys.ESCAPE);
        browser.text("#digit", NOTHING::equals);
    }

    @Test
    void tabsAreChangedByArrows() {
        browser.find("#tab-draw").click();
        browser.press(Keys.ARROW_RIGHT);
        assertThat(browser.script("document.activeElement.id")).isEqualTo("tab-training");
        assertThat(browser.find("#panel-training").isDisplayed()).isTrue();
        assertThat(browser.find("#panel-draw").isDisplayed()).isFalse();
        browser.press(Keys.HOME);
        assertThat(browser.find("#panel-draw").isDisplayed()).isTrue();
    }

    @Test
    void anotherEngineReadsTheSameDrawing() throws Exception {
        browser.draw(Strokes.FOUR);
        browser.text("#digit", "4"::equals);
        String sure = browser.text("#sure");
        assertThat(browser.script("document.body.dataset.engine")).isEqualTo("native");

        browser.find("#engines input[value=native]").sendKeys(Keys.ARROW_LEFT);
        browser.await(
                "djl reads", page -> page.script("document.body.dataset.engine").equals("djl"));

        browser.awaitReading();
        assertThat(browser.text("#digit")).isEqualTo("4");
        assertThat(browser.text("#sure")).isEqualTo(sure);
        browser.picture("engines");
        assertThat(browser.text("#engines label:has(input[value=djl]) .latency"))
                .matches("[0-9.]+ (µs|ms)");
        assertThat(browser.text("#engines label:has(input[value=native]) .latency"))
                .matches("[0-9.]+ (µs|ms)");
    }

    private static double[] at(double x, double y) {
        return new double[] {x, y};
    }

    /** The hand lies down first, and moves a little, as hands do. */
    @Test
    void aPenDrawsThoughTheHandTouchedFirst() throws Exception {
        browser.touch("touchStart", at(85, 90));
        browser.touch("touchMove", at(86, 89));
        browser.drawByPen(Strokes.TWO);
        browser.touch("touchMove", at(60, 60));
        browser.touch("touchEnd");
        browser.awaitReading();
        browser.picture("pen");
        browser.text("#digit", "2"::equals);
        // One stroke is all there is.
        browser.find("#undo").click();
        browser.text("#digit", NOTHING::equals);
        assertThat(browser.find("#undo").isEnabled()).isFalse();
    }

    @Test
    void aHandThatTouchesWhereAPenJustWasDrawsNothing() {
        browser.drawByPen(Strokes.THREE);
        browser.touch("touchStart", at(10, 95));
        browser.touch("touchMove", at(30, 20));
        browser.touch("touchEnd");
        browser.awaitReading();
        browser.text("#digit", "3"::equals);
        browser.find("#undo").click();
        browser.text("#digit", NOTHING::equals);
    }

    @Test
    void aFingerDrawsThoughTheHandRests() {
        browser.touch("touchStart", at(85, 90));
        browser.touch("touchStart", at(85, 90), at(54, 15));
        browser.touch("touchMove", at(85, 90), at(54, 50));
        browser.touch("touchMove", at(85, 90), at(54, 85));
        browser.touch("touchEnd");
        browser.awaitReading();
        browser.text("#digit", "1"::equals);
        browser.find("#undo").click();
        browser.text("#digit", NOTHING::equals);
    }

    @Test
    void aSecondFingerDoesNotDisturbTheOneThatDraws() {
        browser.touch("touchStart", at(54, 15));
        browser.touch("touchMove", at(54, 40));
        browser.touch("touchStart", at(54, 40), at(10, 10));
        browser.touch("touchMove", at(54, 60), at(90, 10));
        browser.touch("touchMove", at(54, 85), at(90, 90));
        browser.touch("touchEnd");
        browser.awaitReading();
        browser.text("#digit", "1"::equals);
    }

    @Test
    void whatTheSystemTakesForAGestureIsTakenBackAndTheNextStrokeIsDrawn() {
        browser.touch("touchStart", at(20, 20));
        browser.touch("touchMove", at(80, 80));
        browser.touch("touchCancel");
        browser.text("#digit", NOTHING::equals);
        browser.drawByFinger(Strokes.TWO);
        browser.text("#digit", "2"::equals);
    }

    @Test
    void aPhoneShowsEverythingOneBelowTheOther() throws Exception {
        browser.size(390, 844, true);
        browser.open(url);
        browser.await("engines", page -> page.count("#engines label") >= 2);
        browser.drawByFinger(Strokes.TWO);
        browser.text("#digit", "2"::equals);
        browser.expectNoHorizontalScrolling();
        browser.picture("phone");
        browser.size(320, 640, true);
        browser.expectNoHorizontalScrolling();
    }

    @Test
    void thereIsADarkSide() throws Exception {
        browser.colours("dark");
        browser.draw(Strokes.EIGHT);
        browser.text("#digit", "8"::equals);
        assertThat(browser.script("getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(17, 19, 23)");
        browser.picture("dark");
    }

    @Test
    void nothingComesFromElsewhere() {
        browser.draw(Strokes.SIX);
        browser.text("#digit", "6"::equals);
        Object foreign = browser.script("performance.getEntriesByType('resource')"
                + ".map(entry => entry.name).filter(name => !name.startsWith(location.origin + '/')).join(' ')");
        assertThat(foreign).isEqualTo("");
    }
}
