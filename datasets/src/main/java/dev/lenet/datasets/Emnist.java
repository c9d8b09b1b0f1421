package dev.lenet.datasets;

import dev.lenet.api.DatasetException;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.data.IdxFile;
import dev.lenet.api.data.LabelCodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is peculiar about EMNIST's files (Cohen, Afshar, Tapson and van Schaik, "EMNIST: an extension of MNIST to
 * handwritten letters", 2017): their names hold the split, their images are transposed, the labels of {@code letters}
 * count from 1, and a text file tells which characters a label stands for.
 *
 * <p>Nothing in the files themselves tells that they are EMNIST's. Their names do, so they have to be kept.
 */
final class Emnist {
    static final String PREFIX = "emnist-";

    private static final Pattern NAME = Pattern.compile(PREFIX + "([a-z]+)-(?:train|test)-(?:images|labels)-idx.*");

    /** A label, then the codes of the characters it stands for: upper and lower case, where both look alike. */
    private static final Pattern MAPPING = Pattern.compile("(\\d{1,3})((?: \\d{2,3})+)");

    /** Far more than a line for each of 256 labels. */
    private static final long MOST_BYTES = 1 << 20;

    /** A label, and far more characters than look alike. */
    private static final int LONGEST_LINE = 100;

    private Emnist() {}

    /** Whether a file has one of EMNIST's names. */
    static boolean isNameOf(Path file) {
        return String.valueOf(file.getFileName()).startsWith(PREFIX);
    }

    /** The split that a name of a file is of; null if it is none of EMNIST's. */
    static @Nullable String splitOf(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? matcher.group(1) : null;
    }

    /**
     * The one split whose files are in a directory; null if there are none.
     *
     * @throws DatasetException if there are files of several: which one was meant?
     */
    static @Nullable String split(Path directory) {
        if (!Files.isDirectory(directory)) {
            return null;
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<String> splits = files.map(file -> NAME.matcher(String.valueOf(file.getFileName())))
                    .filter(Matcher::matches)
                    .map(name -> name.group(1))
                    .distinct()
                    .sorted()
                    .toList();
            if (splits.size() > 1) {
                throw new DatasetException(directory + ": expected files of one split of EMNIST, received those of "
                        + String.join(", ", splits) + ". Put each split into a directory of its own.");
            }
            return splits.isEmpty() ? null : splits.get(0);
        } catch (IOException e) {
            throw new DatasetException(
                    directory + ": cannot be read (" + e + "). Check the directory and its permissions.", e);
        }
    }

    /** The same images with rows and columns exchanged, upright then; the digest stays that of the file. */
    static IdxFile transposed(IdxFile images) {
        int count = images.dimensions().get(0);
        int height = images.dimensions().get(1);
        int width = images.dimensions().get(2);
        byte[] values = new byte[images.values().length];
        for (int n = 0; n < count; n++) {
            int from = n * height * width;
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    values[from + x * height + y] = images.values()[from + y * width + x];
                }
            }
        }
        return new IdxFile(List.of(count, width, height), values, images.sha256());
    }

    /**
     * The characters that labels stand for; null if the file that tells them is not there.
     *
     * @param codes the labels
     * @throws DatasetException if it tells something else
     */
    static @Nullable ClassNames names(Path directory, String split, LabelCodes codes) {
        Path mapping = directory.resolve(PREFIX + split + "-mapping.txt");
        if (!Files.exists(mapping)) {
            return null;
        }
        Map<Integer, String> known = new HashMap<>();
        try {
            if (Files.size(mapping) > MOST_BYTES) {
                throw new DatasetException(mapping + ": expected a few lines, received " + Files.size(mapping)
                        + " bytes. Replace it, or remove it.");
            }
            for (String line : Files.readAllLines(mapping)) {
                Matcher entry = MAPPING.matcher(line.length() > LONGEST_LINE ? "" : line.strip());
                if (entry.matches()) {
                    StringBuilder name = new StringBuilder();
                    for (String code : entry.group(2).strip().split(" ", -1)) {
                        name.append((char) Integer.parseInt(code));
                    }
                    known.putIfAbsent(Integer.parseInt(entry.group(1)), name.toString());
                }
            }
        } catch (IOException e) {
            throw new DatasetException(mapping + ": cannot be read (" + e + "). Check the file, or remove it.", e);
        }
        List<String> names = new ArrayList<>();
        for (int code : codes.codes()) {
            @Nullable String name = known.get(code);
            if (name == null) {
                throw new DatasetException(mapping + ": expected a line for each of the labels " + codes
                        + ", the label and the codes of its characters, received none for " + code
                        + ". Replace it, or remove it.");
            }
            names.add(name);
        }
        return new ClassNames(names);
    }
}
