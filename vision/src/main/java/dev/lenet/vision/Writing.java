package dev.lenet.vision;

import dev.lenet.api.DatasetException;
import dev.lenet.vision.Segments.Segment;
import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is written in a picture, digit by digit.
 *
 * <p>{@link GreyPicture} says which pictures can be read, and up to which size. One with more than 1,000 digits, or
 * 10,000 separate marks, is no writing and refused.
 *
 * @param whole all of it as one digit
 * @param lines the same, digit by digit: from top to bottom, and from left to right
 */
public record Writing(DigitImage whole, List<List<Digit>> lines) {
    /** Of ink that hangs together. A digit has one to three; noise has up to some thousands. */
    private static final int MOST_MARKS = 10_000;

    private static final int MOST_DIGITS = 1000;

    /**
     * A digit and where it is: in parts of the upright picture's width and height, from its upper left corner.
     *
     * @param image as MNIST would show it
     * @param left edge, from 0 to 1, as the others
     */
    public record Digit(DigitImage image, double left, double top, double right, double bottom) {}

    /**
     * Reads a picture file.
     *
     * @throws DatasetException if the file is missing, damaged, too large or no picture, or if it shows nothing
     */
    public static Writing read(Path file) {
        return of(GreyPicture.read(file));
    }

    /**
     * Reads the bytes of a picture file, which messages call "picture".
     *
     * @throws DatasetException if the bytes are damaged, too many, or no picture, or if it shows nothing
     */
    public static Writing read(byte[] file) {
        return of(GreyPicture.read(file, GreyPicture.UNNAMED));
    }

    /**
     * Reads a picture file, which messages call "picture", to the end of a stream, which stays open.
     *
     * @throws DatasetException if the stream cannot be read, or what it gives is damaged, too large or no picture, or if
     *     it shows nothing
     */
    public static Writing read(InputStream file) {
        return of(GreyPicture.read(file, GreyPicture.UNNAMED));
    }

    /**
     * Reads a decoded picture, which messages call "picture".
     *
     * @throws DatasetException if it is too large or shows nothing
     */
    public static Writing of(BufferedImage picture) {
        return of(GreyPicture.of(picture, GreyPicture.UNNAMED));
    }

    /**
     * Reads a picture.
     *
     * @throws DatasetException if it shows nothing
     */
    public static Writing of(GreyPicture picture) {
        GreyImage image = picture.image();
        if (picture.isBlank()) {
            throw picture.blank();
        }
        if (DigitImage.isOne(image)) {
            DigitImage digit = new DigitImage(image.bytes());
            return new Writing(digit, List.of(List.of(new Digit(digit, 0, 0, 1, 1))));
        }
        MnistRecipe.View view = MnistRecipe.look(image);
        if (view == null) {
            throw picture.blank();
        }
        Components components = Components.of(view.ink());
        int marks = components.all().size();
        if (marks > MOST_MARKS) {
            throw picture.crowded(MOST_DIGITS, marks + " separate marks");
        }
        List<List<Segment>> segments = Segments.of(components);
        int count = segments.stream().mapToInt(List::size).sum();
        if (count > MOST_DIGITS) {
            throw picture.crowded(MOST_DIGITS, String.valueOf(count));
        }
        List<List<Digit>> lines = new ArrayList<>();
        for (List<Segment> line : segments) {
            List<Digit> digits = new ArrayList<>();
            for (Segment segment : line) {
                digits.add(digit(components.only(segment.components(), segment.box()), segment.box(), view, image));
            }
            lines.add(digits);
        }
        return new Writing(MnistRecipe.whole(view), lines);
    }

    /** How many digits. */
    public int count() {
        return lines.stream().mapToInt(List::size).sum();
    }

    /**
     * A digit and its place.
     *
     * @param ink of the digit alone
     * @param box where that is in the ink of the view
     */
    private static Digit digit(GreyImage ink, Box box, MnistRecipe.View view, GreyImage picture) {
        Box part = view.part();
        double unitX = (double) part.width() / view.ink().width() / picture.width();
        double unitY = (double) part.height() / view.ink().height() / picture.height();
        double left = (double) part.left() / picture.width();
        double top = (double) part.top() / picture.height();
        return new Digit(
                MnistRecipe.digit(ink, new Box(0, 0, ink.width(), ink.height())),
                left + box.left() * unitX,
                top + box.top() * unitY,
                left + box.right() * unitX,
                top + box.bottom() * unitY);
    }
}
