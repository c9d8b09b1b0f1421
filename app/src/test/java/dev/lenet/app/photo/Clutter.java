package dev.lenet.app.photo;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Random;

/** Photos of what is no digit. */
enum Clutter {
    /** None that looks like a digit: no B, D, G, I, L, O, P, Q, S, Z. */
    LETTERS {
        private static final double[][] STROKES = {
            {0, 4, 2, 0, 4, 4, -1, 1, 2.4, 3, 2.4},
            {4, 0, 0, 0, 0, 4, 4, 4, -1, 0, 2, 3, 2},
            {4, 0, 0, 0, 0, 4, -1, 0, 2, 3, 2},
            {0, 0, 0, 4, -1, 4, 0, 4, 4, -1, 0, 2, 4, 2},
            {0, 0, 0, 4, -1, 4, 0, 0, 2, 4, 4},
            {0, 4, 0, 0, 2, 2.5, 4, 0, 4, 4},
            {0, 4, 0, 0, 4, 4, 4, 0},
            {0, 4, 0, 0, 3.5, 0, 3.5, 2, 0, 2, 3.5, 4},
            {0, 0, 4, 0, -1, 2, 0, 2, 4},
            {0, 0, 1, 4, 2, 1, 3, 4, 4, 0},
            {0, 0, 4, 4, -1, 4, 0, 0, 4},
        };

        @Override
        void draw(Sheet sheet, AffineTransform place, double pen, Random random) {
            sheet.draw(lines(STROKES[random.nextInt(STROKES.length)]), place, pen);
        }
    },

    SHAPES {
        @Override
        void draw(Sheet sheet, AffineTransform place, double pen, Random random) {
            Shape shape =
                    switch (random.nextInt(6)) {
                        case 0 -> new Ellipse2D.Double(0, 0, 4, 4);
                        case 1 -> new Rectangle2D.Double(0, 0, 4, 4);
                        case 2 -> closed(0, 4, 2, 0, 4, 4);
                        case 3 -> closed(0.8, 4, 2, 0, 3.2, 4, 0, 1.5, 4, 1.5);
                        case 4 -> lines(0, 2, 4, 2, -1, 2, 0, 2, 4);
                        default -> closed(0, 1.4, 2.4, 1.4, 2.4, 0.4, 4, 2, 2.4, 3.6, 2.4, 2.6, 0, 2.6);
                    };
            // The first would be a zero as a line.
            boolean filled = shape instanceof Ellipse2D || (!(shape instanceof Path2D.Float) && random.nextBoolean());
            sheet.draw(shape, place, filled ? 0 : pen);
        }
    },

    SCRIBBLES {
        @Override
        void draw(Sheet sheet, AffineTransform place, double pen, Random random) {
            Path2D path = new Path2D.Double();
            path.moveTo(4 * random.nextDouble(), 4 * random.nextDouble());
            int curves = 3 + random.nextInt(5);
            for (int i = 0; i < curves; i++) {
                path.curveTo(
                        4 * random.nextDouble(),
                        4 * random.nextDouble(),
                        4 * random.nextDouble(),
                        4 * random.nextDouble(),
                        4 * random.nextDouble(),
                        4 * random.nextDouble());
            }
            sheet.draw(path, place, pen);
        }
    },

    FACES {
        @Override
        void draw(Sheet sheet, AffineTransform place, double pen, Random random) {
            sheet.draw(new Ellipse2D.Double(0, 0, 4, 4), place, pen);
            sheet.draw(new Ellipse2D.Double(1, 1.1, 0.5, 0.6), place, 0);
            sheet.draw(new Ellipse2D.Double(2.5, 1.1, 0.5, 0.6), place, 0);
            Path2D mouth = new Path2D.Double();
            mouth.moveTo(1, 2.7);
            mouth.quadTo(2, 2.7 + 1.2 * random.nextDouble(), 3, 2.7);
            sheet.draw(mouth, place, pen);
        }
    },

    /** Several digits in a picture that is asked for one. */
    NUMBERS {
        @Override
        byte[] photo(int index, long seed) {
            return Scenes.number(2 + index % 3, index, seed + 1).photo();
        }
    },

    /** Smooth random tones, as of a photo of nothing in particular. */
    TEXTURES {
        @Override
        void draw(Sheet sheet, AffineTransform place, double pen, Random random) {
            double[] waves = new double[4 * 8];
            for (int i = 0; i < waves.length; i++) {
                waves[i] = random.nextGaussian();
            }
            for (int i = 0; i < sheet.ink().length; i++) {
                double x = 8.0 * (i % sheet.width()) / sheet.width();
                int row = i / sheet.width();
                double y = 8.0 * row / sheet.width();
                double sum = 0;
                for (int k = 0; k < waves.length; k += 4) {
                    sum += waves[k] * Math.sin(3 * waves[k + 1] * x + 3 * waves[k + 2] * y + 3 * waves[k + 3]);
                }
                sheet.ink()[i] = (float) (1 / (1 + Math.exp(-sum)));
            }
        }
    },

    NOISE {
        @Override
        void draw(Sheet sheet, AffineTransform place, double pen, Random random) {
            for (int i = 0; i < sheet.ink().length; i++) {
                sheet.ink()[i] = random.nextFloat();
            }
        }
    },

    /** Paper with printed lines or squares, and nothing written on it. */
    RULED {
        @Override
        void draw(Sheet sheet, AffineTransform place, double pen, Random random) {
            int pitch = sheet.width() / (6 + random.nextInt(10));
            boolean squared = random.nextBoolean();
            for (int i = 0; i < sheet.ink().length; i++) {
                boolean line = i / sheet.width() % pitch < 2 || (squared && i % sheet.width() % pitch < 2);
                sheet.ink()[i] = line ? 0.4f : 0;
            }
        }
    },

    /** White paper, or a bare board. */
    BLANK {
        @Override
        void draw(Sheet sheet, AffineTransform place, double pen, Random random) {
            // Nothing.
        }
    };

    /** A photo; the same for the same seed and index. */
    byte[] photo(int index, long seed) {
        Random random = new Random((seed * 1_000_003 + index) * 31 + name().hashCode());
        double side = 60 + 240 * random.nextDouble();
        int width = (int) (side * (1.3 + random.nextDouble()));
        int height = (int) (side * (1.3 + random.nextDouble()));
        AffineTransform place = AffineTransform.getTranslateInstance(
                0.1 * side + random.nextDouble() * (width - 1.2 * side),
                0.1 * side + random.nextDouble() * (height - 1.2 * side));
        place.rotate(0.1 * random.nextGaussian());
        place.scale(side * (0.6 + 0.4 * random.nextDouble()) / 4, side / 4);
        Sheet sheet = Sheet.blank(width, height);
        draw(sheet, place, side * (0.04 + 0.1 * random.nextDouble()), random);
        return new Photo(random).of(sheet);
    }

    /** @param place from a square of 4 to the sheet */
    void draw(Sheet sheet, AffineTransform place, double pen, Random random) {
        throw new IllegalStateException(this + " makes its photos in another way");
    }

    /** Points in turn; -1 begins another line. */
    private static Path2D lines(double... points) {
        Path2D path = new Path2D.Float();
        boolean first = true;
        for (int i = 0; i < points.length; ) {
            if (points[i] == -1) {
                first = true;
                i++;
                continue;
            }
            if (first) {
                path.moveTo(points[i], points[i + 1]);
            } else {
                path.lineTo(points[i], points[i + 1]);
            }
            first = false;
            i += 2;
        }
        return path;
    }

    private static Path2D closed(double... points) {
        Path2D path = new Path2D.Double(lines(points));
        path.closePath();
        return path;
    }
}
