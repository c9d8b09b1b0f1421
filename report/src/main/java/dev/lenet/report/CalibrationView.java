package dev.lenet.report;

import dev.lenet.api.inference.Calibration;
import dev.lenet.api.inference.Calibration.Bin;
import dev.lenet.report.chart.ReliabilityDiagram;
import java.util.List;

/**
 * The section on whether the model is right as often as it says.
 *
 * @param diagram SVG
 * @param tooSure whether its confidence is above its accuracy
 * @param few a bin with fewer predictions is pale
 * @param rows bins that are not empty
 */
record CalibrationView(
        String diagram,
        String error,
        String confidence,
        String accuracy,
        boolean tooSure,
        int bins,
        int few,
        List<Row> rows) {
    record Row(String range, String images, String confidence, String accuracy) {
        static Row of(Bin bin) {
            return new Row(
                    Numbers.decimals(100 * bin.from(), 0) + " to " + Numbers.decimals(100 * bin.to(), 0) + " %",
                    Numbers.count(bin.count()),
                    Numbers.percent(bin.confidence()),
                    Numbers.percent(bin.accuracy()));
        }
    }

    static CalibrationView of(ReportData data) {
        Calibration calibration = data.calibration();
        double accuracy = data.evaluation().accuracy();
        return new CalibrationView(
                new ReliabilityDiagram(calibration).svg(),
                Numbers.decimals(calibration.error(), 4),
                Numbers.percent(calibration.confidence()),
                Numbers.percent(accuracy),
                calibration.confidence() > accuracy,
                calibration.bins().size(),
                ReliabilityDiagram.FEW,
                calibration.bins().stream()
                        .filter(bin -> bin.count() > 0)
                        .map(Row::of)
                        .toList());
    }
}
