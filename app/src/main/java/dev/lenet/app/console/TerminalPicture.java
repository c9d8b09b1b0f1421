package dev.lenet.app.console;

import dev.lenet.api.Shape;
import dev.lenet.vision.ModelImage;
import java.util.List;
import java.util.Map;

/** Draws images in a terminal, white on black or in colours, as nearly square pixels as its characters allow. */
enum TerminalPicture {
    /** Two characters a pixel, as a character is twice as high as wide. */
    ASCII {
        private static final String SHADES = " .:-=+*#%@";

        @Override
        int columns(ModelImage image) {
            return 2 * image.width();
        }

        @Override
        int rows(ModelImage image) {
            return image.height();
        }

        @Override
        void row(ModelImage image, int row, StringBuilder line) {
            for (int x = 0; x < image.width(); x++) {
                int value = image.luma(x, row);
                // Whatever is there is to be seen.
                int shade = (value * (SHADES.length() - 1) + 254) / 255;
                line.append(SHADES.charAt(shade)).append(SHADES.charAt(shade));
            }
        }
    },

    /** Half a character a pixel, in the 24 greys and the black and white of a terminal with 256 colours. */
    GREYS {
        @Override
        String colour(ModelImage image, int x, int y) {
            int grey = Math.round(25 * image.luma(x, y) / 255f);
            return "5;" + (grey == 0 ? 16 : grey == 25 ? 231 : 231 + grey);
        }
    },

    /** The same in 24 bits of colour. */
    EXACT {
        @Override
        String colour(ModelImage image, int x, int y) {
            int rgb = image.rgb(x, y);
            return "2;" + (rgb >> 16) + ";" + (rgb >> 8 & 0xFF) + ";" + (rgb & 0xFF);
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

    /**
     * Images of one size side by side, as many as fit into that many columns, the others below. Those that are wider than the
     * columns are scaled down.
     */
    String draw(List<ModelImage> images, int width) {
        List<ModelImage> shown =
                images.stream().map(image -> fitted(image, width)).toList();
        if (shown.isEmpty()) {
            return "";
        }
        int abreast = Math.max(1, (width + 1) / (columns(shown.get(0)) + 1));
        StringBuilder drawing = new StringBuilder();
        for (int first = 0; first < shown.size(); first += abreast) {
            List<ModelImage> band = shown.subList(first, Math.min(shown.size(), first + abreast));
            for (int row = 0; row < rows(band.get(0)); row++) {
                StringBuilder line = new StringBuilder();
                for (ModelImage image : band) {
                    line.append(line.isEmpty() ? "" : this == ASCII ? "|" : " ");
                    row(image, row, line);
                }
                drawing.append(line.toString().stripTrailing()).append('\n');
            }
        }
        return drawing.toString();
    }

    private ModelImage fitted(ModelImage image, int width) {
        if (columns(image) <= width) {
            return image;
        }
        double scale = (double) width / columns(image);
        return image.as(Shape.of(image.channels(), Math.max(1, (int) (image.height() * scale)), Math.max(1, (int)
                (image.width() * scale))));
    }

    int columns(ModelImage image) {
        return image.width();
    }

    int rows(ModelImage image) {
        return (image.height() + 1) / 2;
    }

    void row(ModelImage image, int row, StringBuilder line) {
        for (int x = 0; x < image.width(); x++) {
            line.append("\u001b[38;").append(colour(image, x, 2 * row));
            // The last of an odd number of rows has nothing below it.
            if (2 * row + 1 < image.height()) {
                line.append(";48;").append(colour(image, x, 2 * row + 1));
            }
            line.append('m').append(UPPER_HALF);
        }
        line.append("\u001b[0m");
    }

    /** As an SGR sequence has it behind 38 or 48. */
    String colour(ModelImage image, int x, int y) {
        throw new IllegalStateException(this + " has no colours");
    }
}
