package dev.lenet.report.chart;

import java.awt.image.BufferedImage;

/** Writes grey pixels as a PNG of 8 bits a pixel, without loss. */
public final class GreyPng {
    private GreyPng() {}

    /**
     * @param pixels row-major, unsigned, 0 for black
     * @return the bytes of a PNG file
     */
    public static byte[] encode(int width, int height, byte[] pixels) {
        if (pixels.length != width * height) {
            throw new IllegalArgumentException(
                    "GreyPng: expected " + width + "x" + height + " pixels, received " + pixels.length);
        }
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, width, height, pixels);
        return Png.encode(image);
    }
}
