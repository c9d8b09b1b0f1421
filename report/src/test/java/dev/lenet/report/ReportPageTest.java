package dev.lenet.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.data.ClassNames;
import dev.lenet.api.inference.Predictions;
import dev.lenet.api.inference.Robustness;
import dev.lenet.report.chart.ConfusionMatrix;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The page is whole, safe and readable for whatever the data is. */
class ReportPageTest {
    private static final ClassNames DIGITS = ClassNames.numbered(10, 0);

    private static ReportData digits() {
        return Samples.data(DIGITS, Samples.predictions(Samples.images(10, 500), 0.9), Samples.history(5, true));
    }

    /** A page that is well-formed XML has no tag open and no text that is taken for a tag. */
    private static Document parse(String page) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)));
    }

    private static Element section(Document page, String id) {
        return elements(page, "section").stream()
                .filter(each -> each.getAttribute("id").equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<Element> elements(Document page, String tag) {
        return elements(page.getDocumentElement(), tag);
    }

    private static List<Element> elements(Element parent, String tag) {
        NodeList nodes = parent.getElementsByTagName(tag);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    @Test
    void itNeedsNothingButItself() throws Exception {
        String page = ReportPage.of(digits());

        Document document = parse(page);
        assertThat(elements(document, "script")).isEmpty();
        assertThat(elements(document, "link")).isEmpty();
        assertThat(page).doesNotContain("url(", "@import", "src=\"http", "href=\"http");
        assertThat(page).contains("default-src 'none'", "prefers-color-scheme: dark");
        for (Element image : elements(document, "img")) {
            String data = image.getAttribute("src");
            assertThat(data).startsWith("data:image/png;base64,");
            byte[] png = Base64.getDecoder().decode(data.substring(data.indexOf(',') + 1));
            assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth()).isPositive();
            assertThat(image.getAttribute("alt")).isNotEmpty();
        }
    }

    @Test
    void everyLinkLeadsToASectionAndNoNameIsUsedTwice() throws Exception {
        Document document = parse(ReportPage.of(digits()));

        List<String> ids = new ArrayList<>();
        elements(document, "*").stream()
                .map(element -> element.getAttribute("id"))
                .filter(id -> !id.isEmpty())
                .forEach(ids::add);
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(elements(document, "a"))
                .hasSize(11)
                .allMatch(link -> ids.contains(link.getAttribute("href").substring(1)));
    }

    @Test
    void itShowsHowCorruptedImagesAreRead() throws Exception {
        ReportData data = digits();
        Robustness robustness = Objects.requireNonNull(data.robustness());

        Document page = parse(ReportPage.of(data));

        Element section = section(page, "robustness");
        assertThat(section.getTextContent())
                .contains(Numbers.percent(robustness.accuracy()), "salt and pepper", "zigzag");
        long wrong = robustness.predictions().values().stream()
                .flatMapToInt(kind -> IntStream.range(0, 8).filter(row -> !kind.correct(row)))
                .count();
        assertThat(elements(section, "span").stream()
                        .filter(each -> each.getAttribute("class").equals("wrong")))
                .hasSize((int) wrong)
                .allMatch(each -> each.getAttribute("title").contains(", read as "));
    }

    @Test
    void withoutOtherImagesThereIsNoSectionOnThem() throws Exception {
        ReportData all = digits();
        ReportData data = new ReportData(
                all.title(),
                all.dataset(),
                all.classNames(),
                all.network(),
                all.weights(),
                all.predictions(),
                null,
                null,
                all.activations(),
                all.history(),
                all.engine(),
                all.facts(),
                all.settings());

        assertThat(ReportPage.of(data)).doesNotContain("obustness</").doesNotContain("ejection</");
    }

    @Test
    void itShowsWhatIsTakenForAClassWithoutADoubt() throws Exception {
        Document page = parse(ReportPage.of(digits()));

        Element section = section(page, "rejection");
        // Two of four are doubted; one of the others is stranger than half of the familiar ones.
        assertThat(section.getTextContent()).contains("blots", "50.00 %", "0.7500");
        assertThat(elements(section, "span").stream().map(each -> each.getAttribute("class")))
                .containsExactly("wrong", "wrong", "right", "right");
    }

    @Test
    void itTellsTheFiguresOfTheModel() throws Exception {
        ReportData data = digits();

        String page = ReportPage.of(data);

        assertThat(page)
                .contains("<dt>test accuracy</dt><dd>"
                        + Numbers.percent(data.evaluation().accuracy()) + "</dd>")
                .contains(
                        "<dt>ECE</dt><dd>" + Numbers.decimals(data.calibration().error(), 4) + "</dd>")
                .contains("<dt>parameters</dt><dd>61,706</dd>")
                .contains("epoch 5: training loss 0.0313")
                .containsPattern("<th scope=\"row\">seed</th>\\s*<td>42</td>");
        int mistakes = data.predictions().mistakes().size();
        assertThat(page).contains("All " + mistakes + " mistakes");
        assertThat(page.split("<div class=\"truth\"", -1)).hasSize(mistakes + 1);
        assertThat(ReportPage.of(data)).as("the same again").isEqualTo(page);
    }

    @Test
    void namesOfClassesAreTextWhateverTheySay() throws Exception {
        List<String> names = List.of("<script>alert(1)</script>", "\" onload=\"x", "a & b", "Ж漢\uD83D\uDE00\uD83D");
        Predictions predictions = Samples.predictions(Samples.images(4, 60), 0.5);

        String page = ReportPage.of(Samples.data(new ClassNames(names), predictions, null));

        Document document = parse(page);
        assertThat(elements(document, "script")).isEmpty();
        assertThat(elements(document, "*")).noneMatch(element -> element.hasAttribute("onload"));
        assertThat(elements(document, "th"))
                .extracting(Element::getTextContent)
                .contains("<script>alert(1)</script>", "\" onload=\"x", "a & b", "Ж漢\uD83D\uDE00\uFFFD");
    }

    /** 101 is more than a matrix is shown of; 256 is as many as a data set may have. */
    @ParameterizedTest
    @ValueSource(ints = {2, 10, 47, 62, 101, 256})
    void anyNumberOfClassesMakesAPageAndPictures(int classes) throws Exception {
        Predictions predictions = Samples.predictions(Samples.images(classes, 4 * classes), 0.6);
        ReportData data = Samples.data(ClassNames.numbered(classes, 0), predictions, Samples.history(2, true));

        Document document = parse(ReportPage.of(data));

        long matrices = elements(document, "table").stream()
                .filter(table -> table.getAttribute("class").startsWith("confusion"))
                .count();
        assertThat(matrices).isEqualTo(classes <= 100 ? 1 : 0);
        assertThat(new ConfusionMatrix(data.evaluation(), data.classNames()).width())
                .isBetween(50.0, 2500.0);
        assertThat(Report.results(data).width()).isEqualTo(866);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 60, 1000})
    void anyNumberOfEpochsMakesCurves(int epochs) throws Exception {
        for (boolean validated : new boolean[] {true, false}) {
            ReportData data = Samples.data(
                    DIGITS, Samples.predictions(Samples.images(10, 20), 0.9), Samples.history(epochs, validated));

            Document document = parse(ReportPage.of(data));

            assertThat(elements(document, "svg")).hasSize(4);
            Pattern wrong = Pattern.compile("NaN|Infinity|∞");
            assertThat(ReportPage.of(data)).doesNotContainPattern(wrong);
            assertThat(TrainingCharts.picture(data).width()).isEqualTo(960);
        }
    }

    @Test
    void aModelWithoutHistorySaysSo() throws Exception {
        ReportData data = Samples.data(DIGITS, Samples.predictions(Samples.images(10, 20), 1), null);

        String page = ReportPage.of(data);

        assertThat(page).contains("Nothing is known of the training").contains("There is no mistake");
        assertThat(elements(parse(page), "svg")).as("the calibration's alone").hasSize(1);
    }

    @Test
    void theColoursOfThePicturesAreThoseOfTheLightPage() throws Exception {
        String page = ReportPage.of(digits()).toLowerCase(Locale.ROOT);

        assertThat(page).contains("--text: #1c2024", "--muted: #60646c", "--grid: #e2e4e8");
        assertThat(page).contains("--first: #2463c9", "--second: #d2640e", "--wrong: #cd2b31");
    }
}
