package dev.lenet.browser;

import java.util.List;

/** How a digit is drawn: corners of its strokes in a square of side 100, in the order of the pen; a bar lifts it. */
enum Strokes {
    ZERO(0, "50,15 35,20 27,35 25,50 27,65 35,80 50,85 65,80 73,65 75,50 73,35 65,20 50,15"),
    ONE(1, "42,28 54,15 54,85"),
    TWO(2, "28,32 34,20 48,15 62,19 68,32 62,46 45,64 27,84 73,84"),
    THREE(3, "30,24 45,16 62,20 67,33 59,44 45,48 60,52 69,64 64,78 48,85 29,78"),
    FOUR(4, "38,15 33,38 28,55 74,55 | 62,15 61,50 58,86"),
    FIVE(5, "70,17 36,17 33,46 50,42 65,48 70,62 64,78 47,85 29,79"),
    SIX(6, "62,16 45,28 33,46 29,64 35,79 50,85 65,78 69,64 60,54 46,53 33,62"),
    SEVEN(7, "27,18 73,18 60,45 48,84"),
    EIGHT(8, "64,24 50,16 37,22 36,34 48,46 62,58 67,72 59,83 47,86 35,80 33,68 42,56 58,44 66,33 64,24"),
    NINE(9, "66,32 56,19 42,19 32,31 36,45 49,50 62,43 67,30 66,50 62,68 56,86");

    private final int digit;
    private final String corners;

    Strokes(int digit, String corners) {
        this.digit = digit;
        this.corners = corners;
    }

    /** As the page shows it. */
    String digit() {
        return String.valueOf(digit);
    }

    /** Each a list of {@code [x, y]}. */
    List<List<double[]>> lines() {
        return List.of(corners.split(" \\| ", -1)).stream()
                .map(stroke -> List.of(stroke.split(" ", -1)).stream()
                        .map(Strokes::corner)
                        .toList())
                .toList();
    }

    private static double[] corner(String text) {
        int comma = text.indexOf(',');
        return new double[] {Double.parseDouble(text.substring(0, comma)), Double.parseDouble(text.substring(comma + 1))
        };
    }
}
