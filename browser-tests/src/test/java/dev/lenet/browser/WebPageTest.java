package dev.lenet.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.json.Json;

/** The page that is a file, from the disk: it reads as {@code predict} does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebPageTest {
    private static final Path TEST_IMAGES = Path.of("../data/mnist/t10k-images-idx3-ubyte.gz");

    /** Of 10,000; the first half is by other writers than the second. */
    private static final int STRIDE = 10;

    private static final int PIXELS = 28 * 28;

    /** In pixels, of what the page reads off the pad. */
    private static final int SIDE = 140;

    private static final double ROUNDING = 1e-5;

    /** Milliseconds for an image. */
    private static final double LONGEST = 5;

    private Browser browser;
    private Path folder;
    private String url = "";

    @BeforeAll
    void start(@TempDir Path itsFolder) throws Exception {
        folder = itsFolder;
        run("export", "--output", "digits.html");
        url = folder.resolve("digits.html").toUri().toString();
        browser = new Browser();
    }

    @AfterAll
    void end() {
        browser.close();
    }

    @BeforeEach
    void open() {
        browser.size(1280, 960, false);
        browser.colours("light");
        browser.open("about:blank");
        browser.open(url);
    }

    private void run(String... arguments) throws Exception {
        try (App app = App.start(folder, arguments)) {
            assertThat(app.end())
                    .as(Files.readString(folder.resolve(arguments[0] + ".err")))
                    .isZero();
        }
    }

    /** What {@code predict} says of pictures, one object each. */
    private List<Map<String, Object>> predicted(List<byte[]> pictures, int side) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("predict", "--json"));
        for (byte[] pixels : pictures) {
            BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
            image.getRaster().setDataElements(0, 0, side, side, pixels);
            Path file = folder.resolve(side + "-" + arguments.size() + ".png");
            ImageIO.write(image, "png", file.toFile());
            arguments.add(file.toString());
        }
        List<Map<String, Object>> answers = new ArrayList<>();
        try (App app = App.start(folder, arguments.toArray(String[]::new))) {
            for (int i = 0; i < pictures.size(); i++) {
                answers.add(new Json().toType("{" + app.line("{"), Json.MAP_TYPE));
            }
        }
        return answers;
    }

    private byte[] bytes(String javaScript) {
        return Base64.getDecoder()
                .decode(String.valueOf(browser.script("btoa(String.fromCharCode(...(" + javaScript + ")))")));
    }

    @Test
    void everyDigitIsReadAsPredictReadsIt() throws Exception {
        List<byte[]> drawings = new ArrayList<>();
        List<byte[]> images = new ArrayList<>();
        List<Object> read = new ArrayList<>();
        for (Strokes digit : Strokes.values()) {
            browser.draw(digit);
            browser.text("#digit", digit.digit()::equals);
            assertThat(browser.text("#doubt")).isEmpty();
            drawings.add(bytes("lenet.pad.pixels(" + SIDE + ")"));
            images.add(bytes("lenet.prepare(lenet.pad.pixels(" + SIDE + "), " + SIDE + ")"));
            read.add(browser.script("lenet.classify(lenet.prepare(lenet.pad.pixels(" + SIDE + "), " + SIDE + "))"));
            browser.find("#clear").click();
            browser.text("#digit", "–"::equals);
        }
        List<Map<String, Object>> ofDrawings = predicted(drawings, SIDE);
        List<Map<String, Object>> ofImages = predicted(images, 28);
        for (Strokes digit : Strokes.values()) {
            int i = Integer.parseInt(digit.digit());
            assertThat(ofDrawings.get(i)).as("drawing of %s", digit).containsEntry("digit", (long) i);
            assertThat(ofImages.get(i)).as("image of %s", digit).containsEntry("digit", (long) i);
            assertSame((Map<?, ?>) read.get(i), ofImages.get(i));
        }
        browser.expectNoComplaint();
    }

    private static void assertSame(Map<?, ?> read, Map<String, Object> predicted) {
        List<?> probabilities = list(read, "probabilities");
        List<?> expected = list(predicted, "probabilities");
        for (int k = 0; k < expected.size(); k++) {
            assertThat(number(probabilities.get(k))).isCloseTo(number(expected.get(k)), within(ROUNDING));
        }
        assertThat(number(value(read, "novelty"))).isCloseTo(number(value(predicted, "novelty")), within(1e-4));
        assertThat(read.get("doubtful")).isEqualTo(predicted.get("doubtful"));
    }

    private static Object value(Map<?, ?> answer, String key) {
        return Objects.requireNonNull(answer.get(key), key);
    }

    private static List<?> list(Map<?, ?> answer, String key) {
        return (List<?>) value(answer, key);
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    @Test
    void aThousandTestImagesAreReadAsPredictReadsThem() throws Exception {
        List<byte[]> images = new ArrayList<>();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(TEST_IMAGES))) {
            DataInputStream data = new DataInputStream(in);
            data.skipNBytes(16);
            for (int i = 0; i < 10_000; i++) {
                byte[] image = new byte[PIXELS];
                data.readFully(image);
                if (i % STRIDE == 0) {
                    images.add(image);
                }
            }
        }
        List<Object> read = new ArrayList<>();
        double most = 0;
        for (int from = 0; from < images.size(); from += 100) {
            List<String> texts = new ArrayList<>();
            for (byte[] image : images.subList(from, from + 100)) {
                texts.add("'" + Base64.getEncoder().encodeToString(image) + "'");
            }
            Map<?, ?> answer = (Map<?, ?>)
                    browser.script(
                            "(() => {"
                                    + "const images = [" + String.join(",", texts) + "]"
                                    + ".map((text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0)));"
                                    + "const begin = performance.now();"
                                    + "const answers = images.map((image) => lenet.classify(image));"
                                    + "return {milliseconds: (performance.now() - begin) / images.length,"
                                    + "answers: answers.map(({probabilities, novelty, doubtful}) => ({probabilities, novelty, doubtful}))};})()");
            read.addAll(list(answer, "answers"));
            most = Math.max(most, number(value(answer, "milliseconds")));
        }
        assertThat(most).as("milliseconds an image").isLessThan(LONGEST);
        List<Map<String, Object>> expected = predicted(images, 28);
        for (int i = 0; i < images.size(); i++) {
            List<?> probabilities = list((Map<?, ?>) read.get(i), "probabilities");
            int best = 0;
            for (int k = 1; k < probabilities.size(); k++) {
                best = number(probabilities.get(k)) > number(probabilities.get(best)) ? k : best;
            }
            assertThat(expected.get(i)).as("image %d", i * STRIDE).containsEntry("digit", (long) best);
            assertSame((Map<?, ?>) read.get(i), expected.get(i));
        }
    }

    @Test
    void aNetworkOfOtherLayersIsReadAsPredictReadsIt() throws Exception {
        Files.writeString(folder.resolve("config.yaml"), """
                data: {dataset: mnist}
                model:
                  layers:
                    - conv2d: {filters: 4, kernel_size: 3x5, stride: 2, padding: 1x2, bias: false}
                    - batch_norm2d
                    - leaky_relu: {slope: 0.2}
                    - residual:
                        layers:
                          - conv2d: {filters: 8, kernel_size: 3, stride: 2, padding: 1, groups: 2}
                          - group_norm: {groups: 2}
                          - silu
                        projection: 8/2
                    - avg_pool2d: {kernel_size: 2, stride: 1}
                    - sigmoid
                    - max_pool2d: {kernel_size: 2}
                    - tanh
                    - global_avg_pool
                    - linear: {outputs: auto}
                """);
        run("train", "--max-steps", "3", "--output", "other.safetensors");
        run("export", "--model", "other.safetensors", "--output", "other.html");
        browser.open(folder.resolve("other.html").toUri().toString());
        byte[] image = new byte[PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            image[i] = (byte) (i % 28 > 10 && i % 28 < 15 && i > 100 && i < 700 ? 255 - i % 50 : 0);
        }
        String text = Base64.getEncoder().encodeToString(image);
        Map<?, ?> answer = (Map<?, ?>)
                browser.script("lenet.classify(Uint8Array.from(atob('" + text + "'), (c) => c.charCodeAt(0)))");
        Path picture = folder.resolve("bar.png");
        BufferedImage bar = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
        bar.getRaster().setDataElements(0, 0, 28, 28, image);
        ImageIO.write(bar, "png", picture.toFile());
        try (App app = App.start(folder, "predict", "--json", "--model", "other.safetensors", picture.toString())) {
            assertSame(answer, new Json().toType("{" + app.line("{"), Json.MAP_TYPE));
        }
        browser.expectNoComplaint();
    }

    @Test
    void theLastStrokeIsTakenBackAndAScribbleIsDoubtful() {
        browser.draw(Strokes.ONE);
        browser.text("#digit", "1"::equals);
        browser.draw(Strokes.ZERO);
        browser.find("#undo").click();
        browser.text("#digit", "1"::equals);
        browser.draw(Strokes.FOUR);
        browser.draw(Strokes.SIX);
        browser.text("#doubt", text -> text.startsWith("doubtful"));
        browser.expectNoComplaint();
    }

    @Test
    void theLookOnAScreenAndOnAPhone() throws IOException {
        browser.draw(Strokes.FIVE);
        browser.text("#digit", "5"::equals);
        browser.picture("file-light");
        browser.colours("dark");
        browser.picture("file-dark");
        browser.size(390, 844, true);
        browser.expectNoHorizontalScrolling();
        browser.picture("file-phone-dark");
        browser.colours("light");
        browser.open(url);
        browser.drawByFinger(Strokes.SEVEN);
        browser.text("#digit", "7"::equals);
        browser.expectNoHorizontalScrolling();
        browser.picture("file-phone");
        browser.expectNoComplaint();
    }

    /** Nothing is fetched, and nothing could be. */
    @Test
    void noOtherHostIsAskedForAnything() {
        assertThat(browser.number(
                        "performance.getEntriesByType('resource').filter(e => !e.name.startsWith('data:')).length"))
                .isZero();
        browser.expectNoComplaint();
        browser.script("(document.body.append(Object.assign(new Image(), {src: 'http://127.0.0.1:9/x.png'})), 0)");
        List<String> log = new ArrayList<>();
        browser.await("the browser refuses", page -> {
            log.addAll(page.log());
            return log.stream().anyMatch(line -> line.contains("Content Security Policy"));
        });
    }
}
