package dev.lenet.app.photo;

import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A sheet as a telephone would photograph it: paper and pen of some colour or chalk on a board, light that falls off to
 * one side, in every third the shadow of a hand, a lens out of focus, the noise of the sensor, JPEG, and in every
 * second the camera held in another way, which only the Exif note tells.
 */
final class Photo {
    private final Random random;

    Photo(Random random) {
        this.random = random;
    }

    byte[] of(Sheet sheet) {
        return jpeg(blurred(lit(sheet)));
    }

    private BufferedImage lit(Sheet sheet) {
        boolean board = random.nextInt(5) == 0;
        double[] ground = new double[3];
        double[] pen = new double[3];
        double groundTone = board ? between(25, 70) : between(190, 250);
        double penTone = board ? between(190, 240) : between(15, 90);
        for (int band = 0; band < 3; band++) {
            ground[band] = groundTone + between(-12, 5);
            pen[band] = penTone + between(-10, 40) * (board ? -1 : 1);
        }
        double direction = between(0, 2 * Math.PI);
        double fall = between(0, 0.5);
        boolean shadow = random.nextInt(3) == 0;
        double shadowDirection = between(0, 2 * Math.PI);
        double shadowEdge = between(-0.3, 0.3);
        double penumbra = between(0.02, 0.1);
        double shadowDepth = between(0.2, 0.5);
        double noise = between(0, 8);
        BufferedImage image = new BufferedImage(sheet.width(), sheet.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < sheet.height(); y++) {
            for (int x = 0; x < sheet.width(); x++) {
                double u = (double) x / sheet.width() - 0.5;
                double v = (double) y / sheet.height() - 0.5;
                double light = 1 - fall * (0.5 + 0.7 * (u * Math.cos(direction) + v * Math.sin(direction)));
                if (shadow) {
                    double in = u * Math.cos(shadowDirection) + v * Math.sin(shadowDirection) - shadowEdge;
                    light *= 1 - shadowDepth / (1 + Math.exp(-in / penumbra * 4));
                }
                double ink = sheet.ink()[y * sheet.width() + x];
                int rgb = 0;
                for (int band = 0; band < 3; band++) {
                    double tone = light * (ground[band] + ink * (pen[band] - ground[band]));
                    long value = Math.round(tone + noise * random.nextGaussian());
                    rgb = rgb << 8 | (int) Math.max(0, Math.min(255, value));
                }
                image.setRGB(x, y, rgb);
            }
        }
        return image;
    }

    /** The mean of a square of some pixels; the noise of a sensor is there before a camera's software smooths it. */
    private BufferedImage blurred(BufferedImage image) {
        int side = 1 + random.nextInt(1 + Math.max(1, Math.min(6, image.getWidth() / 60)));
        float[] weights = new float[side * side];
        Arrays.fill(weights, 1f / weights.length);
        return new ConvolveOp(new Kernel(side, side, weights), ConvolveOp.EDGE_NO_OP, null).filter(image, null);
    }

    private byte[] jpeg(BufferedImage upright) {
        int orientation = random.nextBoolean() ? 1 : new int[] {3, 6, 8}[random.nextInt(3)];
        BufferedImage stored = stored(upright, orientation);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality((float) between(0.4, 0.95));
            writer.setOutput(out);
            writer.write(null, new IIOImage(stored, null, null), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return noted(bytes.toByteArray(), orientation);
    }

    /** As the sensor of a camera saw it that was turned: the note says how to turn it back. */
    private static BufferedImage stored(BufferedImage upright, int orientation) {
        int width = upright.getWidth();
        int height = upright.getHeight();
        boolean lying = orientation >= 5;
        BufferedImage stored =
                new BufferedImage(lying ? height : width, lying ? width : height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int rgb = upright.getRGB(x, y);
                switch (orientation) {
                    case 3 -> stored.setRGB(width - 1 - x, height - 1 - y, rgb);
                    case 6 -> stored.setRGB(y, width - 1 - x, rgb);
                    case 8 -> stored.setRGB(height - 1 - y, x, rgb);
                    default -> stored.setRGB(x, y, rgb);
                }
            }
        }
        return stored;
    }

    /** With an Exif segment of one entry behind the first marker. */
    private static byte[] noted(byte[] jpeg, int orientation) {
        int tiff = 26;
        ByteBuffer segment = ByteBuffer.allocate(4 + 6 + tiff)
                .putShort((short) 0xFFE1)
                .putShort((short) (2 + 6 + tiff))
                .put(new byte[] {'E', 'x', 'i', 'f', 0, 0, 'M', 'M'})
                .putShort((short) 42)
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation);
        return ByteBuffer.allocate(jpeg.length + segment.capacity())
                .put(jpeg, 0, 2)
                .put(segment.array())
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    private double between(double least, double most) {
        return least + (most - least) * random.nextDouble();
    }
}
