package dev.lenet.report;

import dev.lenet.api.data.ImageDataset;
import dev.lenet.report.chart.GreyPng;
import java.awt.image.BufferedImage;

/** Images of a data set as pictures: as they are stored, not as the network sees them. */
final class Pictures {
    private Pictures() {}

    static int height(ImageDataset images) {
        return images.exampleShape().dimension(1);
    }

    static int width(ImageDataset images) {
        return images.exampleShape().dimension(2);
    }

    /** A PNG. */
    static byte[] png(ImageDataset images, int row) {
        return GreyPng.encode(width(images), height(images), pixels(images, row));
    }

    /** The same, to be drawn. */
    static BufferedImage picture(ImageDataset images, int row) {
        BufferedImage picture = new BufferedImage(width(images), height(images), BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster().setDataElements(0, 0, picture.getWidth(), picture.getHeight(), pixels(images, row));
        return picture;
    }

    private static byte[] pixels(ImageDataset images, int row) {
        byte[] pixels = new byte[width(images) * height(images)];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) images.pixel(row, i);
        }
        return pixels;
    }
}
