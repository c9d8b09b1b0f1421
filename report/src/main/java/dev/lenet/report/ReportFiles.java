package dev.lenet.report;

import dev.lenet.api.model.AtomicFile;
import dev.lenet.report.chart.Png;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The files of a report, each written whole or not at all. */
public final class ReportFiles {
    /** The page; it needs none of the others. */
    public static final String PAGE = "report.html";

    /** The pictures, for a README or a talk. */
    public static final List<String> PICTURES = List.of("results.png", "curves.png", "confusion.png");

    private ReportFiles() {}

    /**
     * @param directory made where it is missing
     */
    public static void write(Path directory, Findings findings) {
        picture(directory.resolve("results.png"), ResultsPicture.of(findings));
        picture(directory.resolve("curves.png"), CurvesPicture.of(findings));
        picture(directory.resolve("confusion.png"), ConfusionPicture.of(findings));
        write(directory.resolve(PAGE), ReportPage.of(findings).getBytes(StandardCharsets.UTF_8));
    }

    private static void picture(Path file, BufferedImage picture) {
        write(file, Png.encode(picture));
    }

    private static void write(Path file, byte[] content) {
        AtomicFile.write(file, out -> out.write(content));
    }
}
