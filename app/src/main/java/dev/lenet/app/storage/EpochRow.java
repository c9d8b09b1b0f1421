package dev.lenet.app.storage;

import dev.lenet.api.inference.Evaluation;
import dev.lenet.api.training.EpochReport;
import dev.lenet.app.storage.RequiredComponents.Missable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A row of the history: an epoch, by the same names wherever programs are told of one.
 *
 * @param epoch from 1
 * @param seconds spent in its training steps
 * @param trainLoss mean over its examples
 * @param validationLoss null without validation images, as is {@code validationAccuracy}
 */
public record EpochRow(
        int epoch,
        double seconds,
        double imagesPerSecond,
        double trainLoss,
        @Missable @Nullable Double validationLoss,
        @Missable @Nullable Double validationAccuracy) {

    public static EpochRow of(EpochReport report) {
        @Nullable Evaluation validation = report.validation();
        return new EpochRow(
                report.epoch(),
                report.seconds(),
                report.examplesPerSecond(),
                report.trainingLoss(),
                validation == null ? null : (Double) validation.loss(),
                validation == null ? null : (Double) validation.accuracy());
    }

    /** A table with a line of names. */
    public static String csv(List<EpochRow> rows) {
        return Stream.concat(
                        Stream.of(String.join(",", RunJson.names(EpochRow.class))),
                        rows.stream().map(EpochRow::csv))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private String csv() {
        return Arrays.asList(epoch, seconds, imagesPerSecond, trainLoss, validationLoss, validationAccuracy).stream()
                .map(value -> value == null ? "" : value.toString())
                .collect(Collectors.joining(","));
    }
}
