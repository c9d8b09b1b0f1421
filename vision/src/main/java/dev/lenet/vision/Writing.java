package dev.lenet.vision;

import dev.lenet.api.DatasetException;
import dev.lenet.vision.Segments.Segment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is written in a picture.
 *
 * @param whole all of it as one digit
 * @param lines the same, digit by digit: from top to bottom, and from left to right
 */
public record Writing(DigitImage whole, List<List<Digit>> lines) {

    /**
     * A digit and where it is: in parts of the upright picture's width and height, from its upper left corner.
     *
     * @param image as MNIST would show it
     */
    public record Digit(DigitImage image, double left, double top, double right, double bottom) {}

    /**
     * Reads a picture file: PNG, JPEG, GIF or BMP of any size and colour, ink darker or lighter than its background.
     *
     * @throws DatasetException if the file is missing, damaged, too large or no picture, or if it shows nothing
     */
    public static Writing read(Path file) {
        GreyImage picture = PictureFile.read(file);
        if (picture.contrast() < Ink.LEAST_CONTRAST) {
            throw blank(file);
        }
        if (DigitImage.isOne(picture)) {
            DigitImage digit = new DigitImage(picture.bytes());
            return new Writing(digit, List.of(List.of(new Digit(digit, 0, 0, 1, 1))));
        }
        MnistRecipe.View view = MnistRecipe.look(picture);
        if (view == null) {
            throw blank(file);
        }
        Pieces pieces = Pieces.of(view.ink());
        List<List<Digit>> lines = new ArrayList<>();
        for (List<Segment> line : Segments.of(pieces)) {
            List<Digit> digits = new ArrayList<>();
            for (Segment segment : line) {
                GreyImage alone = pieces.only(piece -> segment.pieces().contains(piece.index()));
                digits.add(digit(alone, segment.box(), view, picture));
            }
            lines.add(digits);
        }
        return new Writing(MnistRecipe.digit(view.ink(), Box.around(view.ink())), lines);
    }

    /** Of digits. */
    public int count() {
        return lines.stream().mapToInt(List::size).sum();
    }

    private static Digit digit(GreyImage ink, Box box, MnistRecipe.View view, GreyImage picture) {
        Box part = view.part();
        double unitX = (double) part.width() / ink.width() / picture.width();
        double unitY = (double) part.height() / ink.height() / picture.height();
        double left = (double) part.left() / picture.width();
        double top = (double) part.top() / picture.height();
        return new Digit(
                MnistRecipe.digit(ink, box),
                left + box.left() * unitX,
                top + box.top() * unitY,
                left + box.right() * unitX,
                top + box.bottom() * unitY);
    }

    private static DatasetException blank(Path file) {
        return new DatasetException(file + ": expected a picture of a digit, received a blank one, in which nothing"
                + " stands out from the background. Write with a darker pen, or crop the picture to the digit.");
    }
}
