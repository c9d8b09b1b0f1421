package dev.lenet.datasets;

import dev.lenet.vision.DigitImage;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Images of what is no digit, to measure whether a model doubts them. They are drawn in other ways than the outliers that a model may
 * be trained with: letters come from fonts, curves are smooth, and there are faces.
 *
 * <p>Drawings are cropped, scaled and centred by the recipe of MNIST's makers; textures and noise fill the image.
 */
public enum MadeUpImages {
    /** From the system's fonts, without those that look like a digit. */
    LETTERS("letters") {
        private static final String OTHERS_THAN_DIGITS = "ACEFHKMNPRTUVWXYadefhkmnrtuwx";

        @Override
        byte[] image(Random random) {
            String[] families = {Font.SERIF, Font.SANS_SERIF, Font.MONOSPACED};
            Font font = new Font(families[random.nextInt(families.length)], random.nextInt(4), SIDE);
            int letter = random.nextInt(OTHERS_THAN_DIGITS.length());
            String text = OTHERS_THAN_DIGITS.substring(letter, letter + 1);
            FontRenderContext context = new FontRenderContext(null, true, true);
            return prepared(font.createGlyphVector(context, text).getOutline(), random);
        }
    },

    /** A smooth line that crosses itself. */
    SCRIBBLES("scribbles") {
        @Override
        byte[] image(Random random) {
            Path2D line = new Path2D.Double();
            line.moveTo(SIDE * random.nextDouble(), SIDE * random.nextDouble());
            int curves = 4 + random.nextInt(5);
            for (int i = 0; i < curves; i++) {
                line.curveTo(
                        SIDE * random.nextDouble(),
                        SIDE * random.nextDouble(),
                        SIDE * random.nextDouble(),
                        SIDE * random.nextDouble(),
                        SIDE * random.nextDouble(),
                        SIDE * random.nextDouble());
            }
            return prepared(stroke(line, pen(random)), random);
        }
    },

    /** Polygons and stars, filled or in outline; discs. A ring would be a zero. */
    SHAPES("shapes") {
        @Override
        byte[] image(Random random) {
            int corners = 2 + random.nextInt(6);
            if (corners == 2) {
                return prepared(new Ellipse2D.Double(0, 0, SIDE, SIDE * (0.6 + 0.4 * random.nextDouble())), random);
            }
            boolean star = corners >= 4 && random.nextBoolean();
            Path2D path = new Path2D.Double();
            int points = star ? 2 * corners : corners;
            double turn = 2 * Math.PI * random.nextDouble();
            for (int i = 0; i < points; i++) {
                double radius = SIDE / 2.0 * (star && i % 2 == 1 ? 0.4 : 1);
                double angle = turn + 2 * Math.PI * i / points;
                double x = radius * Math.cos(angle);
                double y = radius * Math.sin(angle);
                if (i == 0) {
                    path.moveTo(x, y);
                } else {
                    path.lineTo(x, y);
                }
            }
            path.closePath();
            return prepared(random.nextBoolean() ? path : stroke(path, pen(random)), random);
        }
    },

    /** A round head with eyes and a mouth. */
    FACES("faces") {
        @Override
        byte[] image(Random random) {
            double eye = SIDE * (0.1 + 0.06 * random.nextDouble());
            double apart = SIDE * (0.15 + 0.08 * random.nextDouble());
            Path2D mouth = new Path2D.Double();
            double low = SIDE * 0.7;
            mouth.moveTo(SIDE * 0.28, low);
            mouth.quadTo(SIDE * 0.5, low + SIDE * (0.4 * random.nextDouble() - 0.15), SIDE * 0.72, low);
            double pen = 0.6 * pen(random);
            Shape head = new Ellipse2D.Double(0, 0, SIDE * (0.8 + 0.2 * random.nextDouble()), SIDE);
            Area face = new Area(stroke(head, pen));
            face.add(new Area(stroke(mouth, pen)));
            for (double x : new double[] {SIDE * 0.46 - apart, SIDE * 0.46 + apart}) {
                face.add(new Area(new Ellipse2D.Double(x - eye / 2, SIDE * 0.36, eye, eye)));
            }
            return prepared(face, random);
        }
    },

    /** Waves in all directions. */
    TEXTURES("textures") {
        @Override
        byte[] image(Random random) {
            double[] waves = new double[4 * 6];
            for (int i = 0; i < waves.length; i++) {
                waves[i] = random.nextGaussian();
            }
            byte[] pixels = new byte[DigitImage.SIDE * DigitImage.SIDE];
            for (int i = 0; i < pixels.length; i++) {
                int row = i / DigitImage.SIDE;
                int column = i % DigitImage.SIDE;
                double sum = 0;
                for (int k = 0; k < waves.length; k += 4) {
                    sum += waves[k] * Math.sin(0.8 * (waves[k + 1] * row + waves[k + 2] * column) + 9 * waves[k + 3]);
                }
                pixels[i] = (byte) Math.round(255 / (1 + Math.exp(-2 * sum)));
            }
            return pixels;
        }
    },

    /** Every pixel by itself. */
    NOISE("uniform noise") {
        @Override
        byte[] image(Random random) {
            byte[] pixels = new byte[DigitImage.SIDE * DigitImage.SIDE];
            random.nextBytes(pixels);
            return pixels;
        }
    };

    /** Of the square that is drawn in. */
    private static final int SIDE = 80;

    private static final int MARGIN = 30;

    private final String title;

    MadeUpImages(String title) {
        this.title = title;
    }

    /** As in a table, in lower case. */
    public String title() {
        return title;
    }

    /**
     * So many images; the same for the same seed, on one Java.
     *
     * @return raw pixels, 28 by 28; fewer, or none, where the system has no fonts
     */
    public List<byte[]> images(int count, long seed) {
        List<byte[]> images = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Random random = new Random((seed * 1_000_003 + i) * 31 + title.hashCode());
            try {
                images.add(image(random));
            } catch (RuntimeException | InternalError | LinkageError e) {
                // What Java throws where there are no fonts differs from version to version.
                return List.of();
            }
        }
        return images;
    }

    abstract byte[] image(Random random);

    private static double pen(Random random) {
        return SIDE * (0.08 + 0.1 * random.nextDouble());
    }

    private static Shape stroke(Shape line, double pen) {
        return new BasicStroke((float) pen, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND).createStrokedShape(line);
    }

    /** Draws a shape, a little tilted, and prepares it as a digit is. */
    private static byte[] prepared(Shape shape, Random random) {
        int width = SIDE + 2 * MARGIN;
        BufferedImage sheet = new BufferedImage(width, width, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        Rectangle2D bounds = shape.getBounds2D();
        double scale = SIDE / Math.max(bounds.getWidth(), bounds.getHeight());
        AffineTransform place = AffineTransform.getTranslateInstance(width / 2.0, width / 2.0);
        place.rotate(0.1 * random.nextGaussian());
        place.scale(scale, scale);
        place.translate(-bounds.getCenterX(), -bounds.getCenterY());
        graphics.fill(place.createTransformedShape(shape));
        graphics.dispose();
        byte[] ink = ((DataBufferByte) sheet.getRaster().getDataBuffer()).getData();
        return DigitImage.ofInk(ink, width, width).orElseThrow().pixels();
    }
}
