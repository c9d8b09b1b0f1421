package dev.lenet.report;

import dev.lenet.api.inference.Evaluation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The report as one page that needs nothing else: no network, no script, no font. */
final class ReportPage {
    private static final List<Section> SECTIONS = List.of(
            new TrainingSection(),
            new ConfusionSection(),
            new ClassSection(),
            new CalibrationSection(),
            new PredictionsSection(),
            new MistakesSection(),
            new FiltersSection(),
            new FeatureMapsSection(),
            new ManifestSection());

    private ReportPage() {}

    static String of(Findings findings) {
        Html html = new Html();
        html.markup("<!DOCTYPE html>\n").open("html", "lang", "en").open("head");
        html.empty("meta", "charset", "utf-8");
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.empty("meta", "name", "color-scheme", "content", "light dark");
        // Whatever a name of a class says, nothing is loaded from anywhere.
        html.empty(
                "meta",
                "http-equiv",
                "Content-Security-Policy",
                "content",
                "default-src 'none'; img-src data:; style-src 'unsafe-inline'");
        html.leaf("title", findings.title() + " – LeNet-5 report");
        html.open("style").markup(style()).close();
        html.close().open("body");
        header(html, findings);
        html.open("nav", "aria-label", "Sections");
        for (Section section : SECTIONS) {
            html.leaf("a", section.heading(), "href", "#" + section.id());
        }
        html.close().open("main");
        for (Section section : SECTIONS) {
            html.open("section", "id", section.id()).leaf("h2", section.heading());
            section.write(html, findings);
            html.close();
        }
        html.close().close().close();
        return html.markup();
    }

    private static void header(Html html, Findings findings) {
        Evaluation evaluation = findings.evaluation();
        html.open("header").leaf("h1", findings.title());
        html.open("p")
                .text(
                        "LeNet-5 on %s, tested on %s images of %d classes",
                        findings.dataset(), Figures.count(evaluation.count()), evaluation.confusion().length)
                .close();
        html.open("dl", "class", "figures");
        figure(html, "test accuracy", Figures.percent(evaluation.accuracy()));
        figure(html, "test loss", Figures.decimals(evaluation.loss(), 4));
        figure(html, "mistakes", Figures.count(findings.predictions().mistakes().size()));
        figure(html, "ECE", Figures.decimals(findings.calibrationError(), 4));
        figure(html, "parameters", Figures.count(findings.network().parameterCount()));
        if (!findings.engine().isEmpty()) {
            figure(html, "engine", findings.engine());
        }
        @Nullable Course course = findings.course();
        if (course != null) {
            figure(html, "epochs", Figures.count(course.epochs().size()));
            figure(html, "training time", Figures.seconds(course.seconds()));
        }
        html.close().close();
    }

    private static void figure(Html html, String name, String value) {
        html.open("div").leaf("dt", name).leaf("dd", value).close();
    }

    private static String style() {
        try (@Nullable InputStream in = ReportPage.class.getResourceAsStream("report.css")) {
            if (in == null) {
                throw new IllegalStateException("the program was packaged without report.css");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
