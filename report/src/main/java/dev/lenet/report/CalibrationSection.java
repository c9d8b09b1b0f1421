package dev.lenet.report;

import dev.lenet.api.inference.Calibration;
import dev.lenet.api.inference.Calibration.Bin;
import dev.lenet.report.chart.ReliabilityDiagram;

/** Whether the model is right as often as it says. */
final class CalibrationSection implements Section {
    @Override
    public String id() {
        return "calibration";
    }

    @Override
    public String heading() {
        return "Calibration";
    }

    @Override
    public void write(Html html, ReportData data) {
        Calibration calibration = Calibration.of(data.predictions());
        double confidence = calibration.confidence();
        double accuracy = data.evaluation().accuracy();
        html.open("div", "class", "beside");
        html.open("figure", "class", "card")
                .markup(new ReliabilityDiagram(calibration).svg())
                .close();
        html.open("div");
        html.open("p")
                .text("The expected calibration error (ECE) is ")
                .leaf("b", Numbers.decimals(calibration.error(), 4))
                .text(
                        ". On average the model gives the class it predicts %s, and is right in %s: it is %s.",
                        Numbers.percent(confidence),
                        Numbers.percent(accuracy),
                        confidence > accuracy ? "rather too sure" : "rather too careful")
                .close();
        html.open("p", "class", "note")
                .text(
                        "Predictions are in %d bins of equal width by their confidence, the probability of the predicted class."
                                + " A calibrated model's bars end on the dashed line. ECE is the mean distance from it,"
                                + " weighted with the predictions in each bin; a pale bar has fewer than %d and says little."
                                + " (Guo et al., On calibration of modern neural networks, ICML 2017.)",
                        calibration.bins().size(), ReliabilityDiagram.FEW)
                .close();
        table(html, calibration);
        html.close().close();
    }

    private static void table(Html html, Calibration calibration) {
        html.open("div", "class", "scroll").open("table").open("thead").open("tr");
        for (String column : new String[] {"confidence", "images", "mean", "right"}) {
            html.leaf("th", column, "scope", "col");
        }
        html.close().close().open("tbody");
        for (Bin bin : calibration.bins()) {
            if (bin.count() > 0) {
                html.open("tr")
                        .open("th", "scope", "row")
                        .text("%.0f to %.0f %%", 100 * bin.from(), 100 * bin.to())
                        .close()
                        .leaf("td", Numbers.count(bin.count()))
                        .leaf("td", Numbers.percent(bin.confidence()))
                        .leaf("td", Numbers.percent(bin.accuracy()))
                        .close();
            }
        }
        html.close().close().close();
    }
}
