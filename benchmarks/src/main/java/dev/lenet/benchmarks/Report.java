package dev.lenet.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What {@link SideBySide} measured, as Markdown.
 *
 * @param quick whether it was only a trial
 * @param load of the machine before anything was measured
 * @param missing contestants that could not run, and why
 * @param farthestLogits between the first contestant and any other, for a trained model
 * @param peakBits width of the registers the peak was measured with
 * @param peak GFLOP/s
 */
record Report(
        LocalDate date,
        boolean quick,
        double load,
        SideBySide.Effort effort,
        List<Scores> all,
        List<String> missing,
        double farthestLogits,
        int peakBits,
        Sample peak) {

    private static final String BEGIN = "<!-- measured: replaced by benchmarks.jar -->\n";
    private static final String END = "<!-- end of measured -->\n";

    /** What the others are compared with. */
    private static final String BASELINE = "djl";

    /**
     * Replaces the marked block of a file and leaves the rest as it is.
     *
     * @throws IOException if the file has no such block
     */
    void writeInto(Path file) throws IOException {
        String before = Files.readString(file);
        int begin = before.indexOf(BEGIN);
        int end = before.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(file + ": expected the lines '" + BEGIN.trim() + "' and '" + END.trim()
                    + "', received a file without them. Put them where the tables belong.");
        }
        Files.writeString(
                file, before.substring(0, begin + BEGIN.length()) + "\n" + markdown() + "\n" + before.substring(end));
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        if (quick) {
            text.append("**A quick trial, to see whether everything works: too short to be quoted.**\n\n");
        }
        text.append(format("- %s; %s\n", date, Machine.processor()));
        text.append(format("- %s; no flags but those in the table of contestants\n", Machine.jdk()));
        text.append(format(
                "- medians of %d rounds after %d of warm-up, with the smallest and the largest in brackets;"
                        + " load of the machine before: %.2f\n",
                effort.rounds(), effort.warmUp(), load));
        text.append(format(
                "- float32 multiply-adds from Java, %d-bit registers, all cores: %s GFLOP/s; the largest is the peak\n",
                peakBits, peak.show("%.0f")));
        text.append(format(
                "- checked before: with the shipped model and %,d test images all logits agree within %.1e\n",
                1000, farthestLogits));
        missing.forEach(line -> text.append("- not measured: ").append(line).append('\n'));
        contestants(text);
        training(text);
        inference(text);
        program(text);
        return text.toString();
    }

    private void contestants(StringBuilder text) {
        text.append("\n| contestant | computes on | flags of its JVM |\n|---|---|---|\n");
        for (Scores scores : all) {
            String flags = scores.flags().isEmpty() ? "" : "`" + String.join(" ", scores.flags()) + "`";
            text.append(row(scores.name(), scores.process().detail(), flags));
        }
    }

    private void training(StringBuilder text) {
        double work = Arithmetic.training(Digits.NETWORK);
        text.append(format(
                "\n### Training\n\nAn epoch of 60,000 images, batch 32, Adam, %.2f MFLOP an image.\n\n", work * 1e-6));
        text.append("| contestant | seconds an epoch | images/s | against djl | GFLOP/s | share of the peak |\n");
        text.append("|---|---|---|---|---|---|\n");
        Function<Scores, List<Double>> epochs = Scores::epochs;
        for (Scores scores : all) {
            if (scores.process().trains()) {
                Sample seconds = sample(scores.epochs());
                double perSecond = 60_000 / seconds.median();
                double flops = perSecond * work * 1e-9;
                text.append(row(
                        scores.name(),
                        seconds.show("%.2f"),
                        format("%,.0f", perSecond),
                        against(
                                scores,
                                baseline -> sample(epochs.apply(baseline)).median(),
                                true),
                        format("%.0f", flops),
                        format("%.0f %%", 100 * flops / peak.max())));
            }
        }
    }

    private void inference(StringBuilder text) {
        text.append(format(
                "\n### Inference\n\nThe 10,000 test images in batches of %d; and one warm image by itself, from an array of"
                        + " floats to an array of logits, %,d a round.\n\n",
                Contestant.PREDICTION_BATCH_SIZE, effort.singles()));
        text.append("| contestant | batches, images/s | against djl | one image, p50 us | against djl | p99 us |\n");
        text.append("|---|---|---|---|---|---|\n");
        for (Scores scores : all) {
            text.append(row(
                    scores.name(),
                    sample(scores.imagesPerSecond()).show("%,.0f"),
                    against(scores, one -> sample(one.imagesPerSecond()).median(), false),
                    sample(scores.p50()).show("%.1f"),
                    against(scores, one -> sample(one.p50()).median(), true),
                    sample(scores.p99()).show("%.1f")));
        }
    }

    private void program(StringBuilder text) {
        text.append(format(
                "\n### The program from a cold start\n\n`java -jar app/target/app.jar train --config config/plain.yaml --epochs 3 --validation-size 0`"
                        + " in a fresh JVM, %d times: the first epoch runs while the JVM still compiles.\n\n",
                effort.appRuns()));
        text.append("| engine | first epoch, s | third epoch, s | first : third | whole command, s | against djl"
                + " | peak of resident memory, MB |\n|---|---|---|---|---|---|---|\n");
        for (Scores scores : all) {
            if (scores.isEngine()) {
                Sample first = sample(scores, run -> run.epochs()[0]);
                Sample third = sample(scores, run -> run.epochs()[2]);
                text.append(row(
                        scores.name(),
                        first.show("%.2f"),
                        third.show("%.2f"),
                        format("%.2f", first.median() / third.median()),
                        sample(scores, AppRun::seconds).show("%.1f"),
                        against(scores, one -> sample(one, AppRun::seconds).median(), true),
                        sample(scores, AppRun::peakMegabytes).show("%.0f")));
            }
        }
    }

    /** How many times as fast as the baseline: below 1 is slower. */
    private String against(Scores scores, ToDoubleFunction<Scores> value, boolean smallerIsFaster) {
        return all.stream()
                .filter(one -> one.name().equals(BASELINE))
                .findFirst()
                .map(baseline -> value.applyAsDouble(scores) / value.applyAsDouble(baseline))
                .map(ratio -> format("%.2fx", smallerIsFaster ? 1 / ratio : ratio))
                .orElse("");
    }

    private static Sample sample(List<Double> values) {
        return new Sample(values.stream().mapToDouble(value -> value).toArray());
    }

    private static Sample sample(Scores scores, ToDoubleFunction<AppRun> value) {
        return new Sample(scores.appRuns().stream().mapToDouble(value).toArray());
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
