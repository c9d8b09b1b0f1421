package dev.lenet.report;

import dev.lenet.api.inference.Evaluation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole page, as {@code page.jte} shows it; each section has a view and a template of its own. Views hold texts and numbers
 * as a reader sees them, templates where they go.
 *
 * @param style the style sheet
 * @param summary a sentence below the title
 * @param figures at the top
 * @param robustness null if it was not measured
 * @param rejection null if it was not measured
 */
record PageView(
        String title,
        String style,
        String summary,
        List<Figure> figures,
        TrainingView training,
        ConfusionView confusion,
        ClassesView classes,
        CalibrationView calibration,
        @Nullable RobustnessView robustness,
        @Nullable RejectionView rejection,
        PredictionsView predictions,
        MistakesView mistakes,
        FiltersView filters,
        FeatureMapsView maps,
        ManifestView manifest) {
    record Figure(String name, String value) {}

    static PageView of(ReportData data, String style) {
        return new PageView(
                data.title(),
                style,
                summary(data),
                figures(data),
                TrainingView.of(data),
                ConfusionView.of(data),
                ClassesView.of(data),
                CalibrationView.of(data),
                RobustnessView.of(data),
                RejectionView.of(data),
                PredictionsView.of(data),
                MistakesView.of(data),
                FiltersView.of(data),
                FeatureMapsView.of(data),
                ManifestView.of(data));
    }

    private static String summary(ReportData data) {
        Evaluation evaluation = data.evaluation();
        return data.network().title() + (data.dataset().isEmpty() ? "" : " on " + data.dataset()) + ", tested on "
                + Numbers.count(evaluation.count()) + " images of " + evaluation.confusion().length + " classes";
    }

    private static List<Figure> figures(ReportData data) {
        Evaluation evaluation = data.evaluation();
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure("test accuracy", Numbers.percent(evaluation.accuracy())));
        figures.add(new Figure("test loss", Numbers.decimals(evaluation.loss(), 4)));
        figures.add(new Figure(
                "mistakes", Numbers.count(data.predictions().mistakes().size())));
        figures.add(new Figure("ECE", Numbers.decimals(data.calibration().error(), 4)));
        figures.add(new Figure("parameters", Numbers.count(data.network().parameterCount())));
        if (!data.engine().isEmpty()) {
            figures.add(new Figure("engine", data.engine()));
        }
        @Nullable TrainingHistory history = data.history();
        if (history != null) {
            figures.add(new Figure("epochs", Numbers.count(history.epochs().size())));
            figures.add(new Figure("training time", Numbers.seconds(history.seconds())));
        }
        return figures;
    }
}
