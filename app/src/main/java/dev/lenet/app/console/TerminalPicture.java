package dev.lenet.app.console;

import dev.lenet.vision.DigitImage;
import java.util.List;
import java.util.Map;

/** Draws digits in a terminal, white on black, as nearly square as its characters allow. */
enum TerminalPicture {
    /** Two characters a pixel, as a character is twice as high as wide. */
    ASCII {
        private static final String SHADES = " .:-=+*#%@";

        @Override
        int columns() {
            return 2 * DigitImage.SIDE;
        }

        @Override
        int rows() {
            return DigitImage.SIDE;
        }

        @Override
        void row(DigitImage digit, int row, StringBuilder line) {
            for (int x = 0; x < DigitImage.SIDE; x++) {
                int value = value(digit, x, row);
                // Whatever is there is to be seen.
                int shade = (value * (SHADES.length() - 1) + 254) / 255;
                line.append(SHADES.charAt(shade)).append(SHADES.charAt(shade));
            }
        }
    },

    /** Half a character a pixel, in the 24 greys and the black and white of a terminal with 256 colours. */
    GREYS {
        @Override
        String colour(int value) {
            int grey = Math.round(25 * value / 255f);
            return "5;" + (grey == 0 ? 16 : grey == 25 ? 231 : 231 + grey);
        }
    },

    /** The same in 24 bits of colour. */
    EXACT {
        @Override
        String colour(int value) {
            return "2;" + value + ";" + value + ";" + value;
        }
    };

    static final char UPPER_HALF = '\u2580';

    /**
     * What a terminal can show.
     *
     * @param blocks whether it gets {@link #UPPER_HALF}
     */
    static TerminalPicture of(Map<String, String> environment, boolean blocks) {
        String terminal = environment.getOrDefault("TERM", "");
        if (!blocks
                || !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || terminal.isEmpty()
                || terminal.equals("dumb")) {
            return ASCII;
        }
        String colours = environment.getOrDefault("COLORTERM", "");
        if (colours.equals("truecolor") || colours.equals("24bit")) {
            return EXACT;
        }
        return terminal.contains("256color") ? GREYS : ASCII;
    }

    /** Digits side by side, as many as fit into that many columns, the others below. */
    String draw(List<DigitImage> digits, int width) {
        int abreast = Math.max(1, (width + 1) / (columns() + 1));
        StringBuilder drawing = new StringBuilder();
        for (int first = 0; first < digits.size(); first += abreast) {
            List<DigitImage> band = digits.subList(first, Math.min(digits.size(), first + abreast));
            for (int row = 0; row < rows(); row++) {
                StringBuilder line = new StringBuilder();
                for (DigitImage digit : band) {
                    line.append(line.isEmpty() ? "" : this == ASCII ? "|" : " ");
                    row(digit, row, line);
                }
                drawing.append(line.toString().stripTrailing()).append('\n');
            }
        }
        return drawing.toString();
    }

    int columns() {
        return DigitImage.SIDE;
    }

    int rows() {
        return DigitImage.SIDE / 2;
    }

    void row(DigitImage digit, int row, StringBuilder line) {
        for (int x = 0; x < DigitImage.SIDE; x++) {
            line.append("\u001b[38;")
                    .append(colour(value(digit, x, 2 * row)))
                    .append(";48;")
                    .append(colour(value(digit, x, 2 * row + 1)))
                    .append('m')
                    .append(UPPER_HALF);
        }
        line.append("\u001b[0m");
    }

    /** As an SGR sequence has it behind 38 or 48. */
    String colour(int value) {
        throw new IllegalStateException(this + " has no colours");
    }

    private static int value(DigitImage digit, int x, int y) {
        return digit.pixels()[y * DigitImage.SIDE + x] & 0xFF;
    }
}
