package dev.lenet.datasets;

import dev.lenet.api.DatasetException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 the files of a data set must have: those built in, and those of a {@code SHA256SUMS} beside the files, as
 * {@code sha256sum} writes it.
 *
 * <p>They are of the uncompressed bytes. A gzip file differs from mirror to mirror; what is in it does not.
 */
final class Digests {
    static final String FILE_NAME = "SHA256SUMS";

    /** Far more than four lines; a file this size is not a list of digests. */
    private static final long MOST_BYTES = 1 << 20;

    private static final Pattern LINE = Pattern.compile("(\\p{XDigit}{64}) [ *](?:\\./)?(.+)");

    /** LeCun and Cortes's files; the same digests are in {@code data/mnist/SHA256SUMS}. */
    private static final Map<DataFile, String> MNIST = Map.of(
            DataFile.TRAIN_IMAGES, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
            DataFile.TRAIN_LABELS, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
            DataFile.TEST_IMAGES, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
            DataFile.TEST_LABELS, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2");

    /** Zalando Research's files, as its README has them by the MD5 of its gzip files. */
    private static final Map<DataFile, String> FASHION_MNIST = Map.of(
            DataFile.TRAIN_IMAGES, "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
            DataFile.TRAIN_LABELS, "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
            DataFile.TEST_IMAGES, "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
            DataFile.TEST_LABELS, "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34");

    private final Map<DataFile, List<Known>> known = new EnumMap<>(DataFile.class);

    /**
     * @param origin completes "the SHA-256 ..., "
     * @param remedy what to do about a file that differs
     */
    private record Known(String sha256, String origin, String remedy) {}

    private Digests() {}

    /** What is built in for a data set. */
    static Map<DataFile, String> builtIn(DatasetKind kind) {
        return switch (kind) {
            case MNIST -> MNIST;
            case FASHION_MNIST -> FASHION_MNIST;
            case IDX, IMAGE_FOLDERS -> Map.of();
        };
    }

    /**
     * What is known of a data set in a folder.
     *
     * @param builtIn for that data set
     * @throws DatasetException if there is a {@code SHA256SUMS} that is not one
     */
    static Digests of(DatasetKind kind, Map<DataFile, String> builtIn, Path directory) {
        Digests digests = new Digests();
        builtIn.forEach((file, sha256) -> digests.add(
                file,
                new Known(
                        sha256,
                        "built in for " + kind.id(),
                        "The file is damaged or not that of " + kind.id()
                                + ": fetch it again, or set data.dataset to idx if it is data of your own.")));
        Path sums = directory.resolve(FILE_NAME);
        if (Files.exists(sums)) {
            digests.read(sums);
        }
        return digests;
    }

    /** @throws DatasetException if a digest of that file is known and it is another */
    void check(DataFile file, Path path, String sha256) {
        for (Known expected : known.getOrDefault(file, List.of())) {
            if (!expected.sha256().equals(sha256)) {
                throw new DatasetException(path + ": expected the SHA-256 " + expected.sha256() + ", "
                        + expected.origin() + ", received " + sha256 + ". " + expected.remedy());
            }
        }
    }

    private void read(Path sums) {
        int number = 0;
        for (String line : lines(sums)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            Matcher entry = LINE.matcher(line);
            if (!entry.matches()) {
                throw new DatasetException(
                        sums + ", line " + number + ": expected 64 hexadecimal digits, two spaces and a"
                                + " file name, received '" + (line.length() > 80 ? line.substring(0, 77) + "..." : line)
                                + "'. Write it with sha256sum, from the uncompressed files.");
            }
            for (DataFile file : DataFile.values()) {
                // Of other files nothing is read, so nothing is checked.
                if (isNameOf(file, entry.group(2))) {
                    add(
                            file,
                            new Known(
                                    entry.group(1).toLowerCase(Locale.ROOT),
                                    "line " + number + " of " + sums,
                                    "One of the two is damaged or out of date: replace it."));
                }
            }
        }
    }

    private static boolean isNameOf(DataFile file, String name) {
        @Nullable String split = Emnist.splitOf(name);
        return !name.endsWith(".gz")
                && (file.names().contains(name)
                        || (split != null && file.emnistName(split).equals(name)));
    }

    private static List<String> lines(Path sums) {
        try {
            if (Files.size(sums) > MOST_BYTES) {
                throw new DatasetException(sums + ": expected a few lines of digests, received " + Files.size(sums)
                        + " bytes. Replace or remove it.");
            }
            return Files.readAllLines(sums);
        } catch (MalformedInputException e) {
            throw new DatasetException(sums + ": expected text, received other bytes. Replace or remove it.", e);
        } catch (IOException e) {
            throw new DatasetException(sums + ": cannot be read (" + e + "). Check the file and its permissions.", e);
        }
    }

    private void add(DataFile file, Known digest) {
        known.computeIfAbsent(file, f -> new ArrayList<>()).add(digest);
    }
}
