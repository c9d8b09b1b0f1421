package dev.lenet.vision;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * Draws a seven on a sheet: no two of its turned and mirrored pictures look alike. Lines only, as fonts differ from
 * machine to machine.
 */
final class Drawing {
    private final int width;
    private final int height;
    private int type = BufferedImage.TYPE_INT_RGB;
    private Color paper = Color.WHITE;
    private Color ink = Color.BLACK;
    private double scale = 1;
    private double left;
    private double top;

    Drawing(int width, int height) {
        this.width = width;
        this.height = height;
    }

    Drawing on(Color color) {
        paper = color;
        return this;
    }

    Drawing with(Color color) {
        ink = color;
        return this;
    }

    Drawing as(int bufferedImageType) {
        type = bufferedImageType;
        return this;
    }

    /** With the box of 60 x 100 times {@code size}, and its strokes 10 times that, at this place. */
    Drawing at(double x, double y, double size) {
        left = x;
        top = y;
        scale = size;
        return this;
    }

    BufferedImage image() {
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D graphics = image.createGraphics();
        graphics.setBackground(paper);
        graphics.clearRect(0, 0, width, height);
        graphics.setColor(ink);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.translate(left, top);
        graphics.scale(scale, scale);
        graphics.setStroke(new BasicStroke(10, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        Path2D seven = new Path2D.Double();
        seven.moveTo(5, 5);
        seven.lineTo(55, 8);
        seven.lineTo(20, 95);
        seven.moveTo(20, 50);
        seven.lineTo(50, 50);
        graphics.draw(seven);
        graphics.dispose();
        return image;
    }

    Path write(Path file) throws IOException {
        return write(image(), file);
    }

    /** In the format that the file's name ends with. */
    static Path write(BufferedImage image, Path file) throws IOException {
        String name = file.toString();
        String format = name.substring(name.lastIndexOf('.') + 1);
        if (!ImageIO.write(image, format, file.toFile())) {
            throw new IllegalArgumentException("no writer of " + format + " for this type of image");
        }
        return file;
    }

    /** The cosine of the angle between two images as vectors: 1 for the same up to brightness. */
    static double similarity(DigitImage a, DigitImage b) {
        double product = 0;
        double lengthA = 0;
        double lengthB = 0;
        for (int i = 0; i < a.pixels().length; i++) {
            double p = a.pixels()[i] & 0xFF;
            double q = b.pixels()[i] & 0xFF;
            product += p * q;
            lengthA += p * p;
            lengthB += q * q;
        }
        return product / Math.sqrt(lengthA * lengthB);
    }
}
