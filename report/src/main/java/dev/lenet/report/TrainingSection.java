package dev.lenet.report;

import dev.lenet.report.TrainingHistory.Epoch;
import dev.lenet.report.chart.LineChart;
import org.jspecify.annotations.Nullable;

/** How training went: losses, accuracy, learning rate. */
final class TrainingSection implements Section {
    private static final int WIDTH = 360;
    private static final int HEIGHT = 250;

    @Override
    public String id() {
        return "training";
    }

    @Override
    public String heading() {
        return "Training";
    }

    @Override
    public void write(Html html, ReportData data) {
        @Nullable TrainingHistory history = data.history();
        if (history == null) {
            html.leaf(
                    "p",
                    "Nothing is known of the training: this is the report of a model file alone, which has no history."
                            + " The report of a run has its curves here.",
                    "class",
                    "note");
            return;
        }
        html.open("div", "class", "charts");
        chart(html, TrainingCharts.loss(history));
        chart(html, TrainingCharts.accuracy(history, data.evaluation().accuracy()));
        chart(html, TrainingCharts.learningRate(history));
        html.close();
        if (!history.note().isEmpty()) {
            html.leaf("p", history.note(), "class", "note");
        }
        html.open("details").leaf("summary", "Every epoch in numbers");
        table(html, history);
        html.close();
    }

    private static void chart(Html html, LineChart chart) {
        html.open("figure", "class", "card")
                .markup(chart.size(WIDTH, HEIGHT).svg())
                .close();
    }

    private static void table(Html html, TrainingHistory history) {
        html.open("div", "class", "scroll").open("table").open("thead").open("tr");
        for (String column :
                new String[] {"epoch", "training loss", "validation loss", "validation accuracy", "images/s", "seconds"
                }) {
            html.leaf("th", column, "scope", "col");
        }
        html.close().close().open("tbody");
        for (Epoch epoch : history.epochs()) {
            html.open("tr")
                    .leaf("th", String.valueOf(epoch.number()), "scope", "row")
                    .leaf("td", Numbers.decimals(epoch.trainingLoss(), 4))
                    .leaf("td", loss(epoch.validationLoss()))
                    .leaf("td", accuracy(epoch.validationAccuracy()))
                    .leaf("td", Numbers.count(Math.round(epoch.imagesPerSecond())))
                    .leaf("td", Numbers.decimals(epoch.seconds(), 1))
                    .close();
        }
        html.close().close().close();
    }

    private static String loss(@Nullable Double loss) {
        return loss == null ? "–" : Numbers.decimals(loss, 4);
    }

    private static String accuracy(@Nullable Double accuracy) {
        return accuracy == null ? "–" : Numbers.percent(accuracy);
    }
}
