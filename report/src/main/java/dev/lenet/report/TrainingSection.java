package dev.lenet.report;

import dev.lenet.report.chart.LineChart;
import dev.lenet.report.chart.SvgCanvas;
import org.jspecify.annotations.Nullable;

/** How training went: losses, accuracy, learning rate. */
final class TrainingSection implements Section {
    private static final double WIDTH = 360;
    private static final double HEIGHT = 250;

    @Override
    public String id() {
        return "training";
    }

    @Override
    public String heading() {
        return "Training";
    }

    @Override
    public void write(Html html, Findings findings) {
        @Nullable Course course = findings.course();
        if (course == null) {
            html.leaf(
                    "p",
                    "Nothing is known of the training: this is the report of a model file alone, which has no history."
                            + " The report of a run has its curves here.",
                    "class",
                    "note");
            return;
        }
        html.open("div", "class", "charts");
        LineChart loss = Curves.loss(course);
        chart(html, loss, loss.vertical().logarithmic() ? "Loss, logarithmic" : "Loss");
        chart(html, Curves.accuracy(course, findings.evaluation().accuracy()), "Accuracy");
        chart(html, Curves.learningRate(course), "Learning rate");
        html.close();
        if (!course.note().isEmpty()) {
            html.leaf("p", course.note(), "class", "note");
        }
        html.open("details").leaf("summary", "Every epoch in numbers");
        table(html, course);
        html.close();
    }

    private static void chart(Html html, LineChart chart, String title) {
        SvgCanvas canvas = new SvgCanvas(WIDTH, HEIGHT, title + " over the epochs");
        chart.draw(canvas, 0, 0, WIDTH, HEIGHT);
        html.open("figure", "class", "card")
                .leaf("figcaption", title)
                .markup(canvas.svg())
                .close();
    }

    private static void table(Html html, Course course) {
        html.open("div", "class", "scroll").open("table").open("thead").open("tr");
        for (String column :
                new String[] {"epoch", "training loss", "validation loss", "validation accuracy", "images/s", "seconds"
                }) {
            html.leaf("th", column, "scope", "col");
        }
        html.close().close().open("tbody");
        for (Epoch epoch : course.epochs()) {
            html.open("tr")
                    .leaf("th", String.valueOf(epoch.number()), "scope", "row")
                    .leaf("td", Figures.decimals(epoch.trainingLoss(), 4))
                    .leaf("td", loss(epoch.validationLoss()))
                    .leaf("td", accuracy(epoch.validationAccuracy()))
                    .leaf("td", Figures.count(Math.round(epoch.imagesPerSecond())))
                    .leaf("td", Figures.decimals(epoch.seconds(), 1))
                    .close();
        }
        html.close().close().close();
    }

    private static String loss(@Nullable Double loss) {
        return loss == null ? "–" : Figures.decimals(loss, 4);
    }

    private static String accuracy(@Nullable Double accuracy) {
        return accuracy == null ? "–" : Figures.percent(accuracy);
    }
}
