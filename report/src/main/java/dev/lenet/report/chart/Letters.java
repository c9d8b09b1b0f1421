package dev.lenet.report.chart;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text as outlines, from letters that come with the program. Java's own text needs a font of the machine and the libraries
 * to read it, which servers and containers often lack; filling an outline needs neither.
 */
final class Letters {
    private static final String RESOURCE = "letters.txt";

    /** Of the numbers in the resource to an em. */
    private static final double UNITS = 1000;

    private static final Pattern COMMAND = Pattern.compile("([A-Z])([^A-Z]*)");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+");

    private static final Letters LETTERS = read();

    private final Map<Integer, Letter> letters;
    private final Letter unknown;

    /** @param advance to the next letter, in thousandths of an em, as is the outline, whose y points up */
    private record Letter(double advance, Path2D outline) {}

    private Letters(Map<Integer, Letter> letters) {
        this.letters = letters;
        this.unknown = new Letter(600, path("M80 0H520V711H80ZM130 50V661H470V50Z"));
    }

    /** The width of a line of text of that size. */
    static double width(String text, double size) {
        return text.codePoints().mapToDouble(c -> LETTERS.letter(c).advance()).sum() * size / UNITS;
    }

    /** The text, or as much of it as fits into a width, with an ellipsis. */
    static String fitted(String text, double size, double width) {
        if (width(text, size) <= width) {
            return text;
        }
        int end = text.length();
        while (end > 0 && width(text.substring(0, end).strip() + "…", size) > width) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end).strip() + "…";
    }

    /** The outline of a line of text of that size, whose baseline starts at the origin; y points down. */
    static Path2D outline(String text, double size) {
        Path2D line = new Path2D.Double(Path2D.WIND_NON_ZERO);
        double scale = size / UNITS;
        double[] x = {0};
        text.codePoints().forEach(c -> {
            Letter letter = LETTERS.letter(c);
            line.append(
                    letter.outline().getPathIterator(new AffineTransform(scale, 0, 0, -scale, x[0] * scale, 0)), false);
            x[0] += letter.advance();
        });
        return line;
    }

    /** A letter that is not there is an empty box. */
    private Letter letter(int codePoint) {
        return letters.getOrDefault(codePoint, unknown);
    }

    private static Letters read() {
        try (@Nullable InputStream in = Letters.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the program was packaged without " + RESOURCE);
            }
            Map<Integer, Letter> letters = new HashMap<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> {
                        String[] parts = line.split(" ", 3);
                        letters.put(
                                Integer.parseInt(parts[0], 16),
                                new Letter(Double.parseDouble(parts[1]), path(parts.length < 3 ? "" : parts[2])));
                    });
            return new Letters(letters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param commands of an SVG path, of which only M, L, H, V, Q and Z are known: lines, and curves of second degree */
    static Path2D path(String commands) {
        Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO);
        COMMAND.matcher(commands)
                .results()
                .forEach(command -> append(path, command.group(1).charAt(0), numbers(command.group(2))));
        return path;
    }

    /** What comes after the first numbers of a command repeats it; after M it is lines. */
    private static void append(Path2D path, char command, double[] n) {
        switch (command) {
            case 'M' -> {
                path.moveTo(n[0], n[1]);
                lines(path, n, 2);
            }
            case 'L' -> lines(path, n, 0);
            case 'H' -> path.lineTo(n[0], path.getCurrentPoint().getY());
            case 'V' -> path.lineTo(path.getCurrentPoint().getX(), n[0]);
            case 'Q' -> {
                for (int i = 0; i < n.length; i += 4) {
                    path.quadTo(n[i], n[i + 1], n[i + 2], n[i + 3]);
                }
            }
            case 'Z' -> path.closePath();
            default -> throw new IllegalArgumentException("Letters: expected M, L, H, V, Q or Z, received " + command);
        }
    }

    private static void lines(Path2D path, double[] n, int from) {
        for (int i = from; i < n.length; i += 2) {
            path.lineTo(n[i], n[i + 1]);
        }
    }

    private static double[] numbers(String text) {
        return NUMBER.matcher(text)
                .results()
                .mapToDouble(number -> Double.parseDouble(number.group()))
                .toArray();
    }
}
