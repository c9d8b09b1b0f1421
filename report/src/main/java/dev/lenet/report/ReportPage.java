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

    static String of(ReportData data) {
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
        html.leaf("title", data.title() + " – LeNet-5 report");
        html.open("style").markup(style()).close();
        html.close().open("body");
        header(html, data);
        html.open("nav", "aria-label", "Sections");
        for (Section section : SECTIONS) {
            html.leaf("a", section.heading(), "href", "#" + section.id());
        }
        html.close().open("main");
        for (Section section : SECTIONS) {
            html.open("section", "id", section.id()).leaf("h2", section.heading());
            section.write(html, data);
            html.close();
        }
        html.close().close().close();
        return html.markup();
    }

    private static void header(Html html, ReportData data) {
        Evaluation evaluation = data.evaluation();
        html.open("header").leaf("h1", data.title());
        html.open("p")
                .text(
                        "LeNet-5 on %s, tested on %s images of %d classes",
                        data.dataset(), Numbers.count(evaluation.count()), evaluation.confusion().length)
                .close();
        html.open("dl", "class", "figures");
        figure(html, "test accuracy", Numbers.percent(evaluation.accuracy()));
        figure(html, "test loss", Numbers.decimals(evaluation.loss(), 4));
        figure(html, "mistakes", Numbers.count(data.predictions().mistakes().size()));
        figure(html, "ECE", Numbers.decimals(data.calibration().error(), 4));
        figure(html, "parameters", Numbers.count(data.network().parameterCount()));
        if (!data.engine().isEmpty()) {
            figure(html, "engine", data.engine());
        }
        @Nullable TrainingHistory history = data.history();
        if (history != null) {
            figure(html, "epochs", Numbers.count(history.epochs().size()));
            figure(html, "training time", Numbers.seconds(history.seconds()));
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
