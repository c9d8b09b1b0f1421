package dev.lenet.report;

import dev.lenet.report.chart.Heatmaps;
import dev.lenet.report.chart.Thumbnail;
import java.util.Base64;

/**
 * A small picture in the page, whose pixels become squares.
 *
 * @param source the picture itself, as a {@code data:} URL
 * @param width on the page, in CSS pixels
 * @param height on the page, in CSS pixels
 * @param description for readers who cannot see it
 */
record PictureView(String source, int width, int height, String description) {
    /** @param side of a square that holds it, in CSS pixels */
    static PictureView of(Thumbnail image, int side, String description) {
        double scale = (double) side / Math.max(image.width(), image.height());
        return of(
                image.png(),
                Math.max(1, (int) Math.round(scale * image.width())),
                Math.max(1, (int) Math.round(scale * image.height())),
                description);
    }

    /** @param scale CSS pixels for each number */
    static PictureView of(Heatmaps maps, int scale, String description) {
        return of(maps.png(), scale * maps.pictureWidth(), scale * maps.pictureHeight(), description);
    }

    static PictureView of(byte[] png, int width, int height, String description) {
        String source = "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
        return new PictureView(source, width, height, description);
    }
}
