package dev.lenet.app.usecase;

import dev.lenet.api.ConfigException;
import dev.lenet.api.LenetException;
import dev.lenet.api.model.AtomicFile;
import dev.lenet.report.chart.Thumbnail;
import dev.lenet.vision.ModelImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Writes what the model saw, pixel by pixel: read again, such a file gives the same answer. */
final class DebugImages {
    private static final String SUFFIX = ".png";

    private final Path file;
    private final List<Path> pictures;
    private final boolean segment;

    /**
     * @param file for a single picture; otherwise -1, -2 ... come before its suffix: the picture, then the segment
     * @param pictures none of them is overwritten
     */
    DebugImages(Path file, List<Path> pictures, boolean segment) {
        this.file = file;
        this.pictures = pictures;
        this.segment = segment;
        if (!file.toString().toLowerCase(Locale.ROOT).endsWith(SUFFIX)) {
            throw new ConfigException("--debug-image: expected a file that ends with .png, received '" + file
                    + "'. Only PNG keeps every pixel.");
        }
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new ConfigException("--debug-image: expected a file in a folder that is there, received '" + file
                    + "'. Make the folder first.");
        }
    }

    void write(int picture, int digit, ModelImage image) {
        Path target = name(picture, digit);
        if (pictures.stream().anyMatch(read -> isSame(read, target))) {
            throw new ConfigException("--debug-image: expected another file than the pictures, received '" + target
                    + "'. It would be overwritten; name another.");
        }
        byte[] png = new Thumbnail(image.width(), image.height(), image.pixels()).png();
        try {
            AtomicFile.write(target, out -> out.write(png));
        } catch (LenetException e) {
            throw new ConfigException("--debug-image: " + e.getMessage(), e);
        }
    }

    private static boolean isSame(Path read, Path target) {
        try {
            return Files.exists(target) && Files.exists(read) && Files.isSameFile(read, target);
        } catch (IOException e) {
            throw new ConfigException(
                    "--debug-image: " + target + " cannot be compared with " + read + " (" + e + ")."
                            + " Choose another file.",
                    e);
        }
    }

    private Path name(int picture, int digit) {
        String number = (pictures.size() > 1 ? "-" + (picture + 1) : "") + (segment ? "-" + (digit + 1) : "");
        String whole = file.toString();
        int stem = whole.length() - SUFFIX.length();
        return Path.of(whole.substring(0, stem) + number + whole.substring(stem));
    }
}
