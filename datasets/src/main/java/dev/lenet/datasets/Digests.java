package dev.lenet.datasets;

import dev.lenet.api.DatasetException;
import dev.lenet.datasets.DatasetKind.Layout;
import dev.lenet.datasets.DatasetKind.Publication;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 that the files of a data set must have: those published, and those of a {@code SHA256SUMS} with the files, as
 * {@code sha256sum} writes it.
 *
 * <p>They are of the uncompressed bytes. A gzip file differs from mirror to mirror; what is in it does not.
 */
final class Digests {
    static final String FILE_NAME = "SHA256SUMS";

    /** Far more than four lines; a file this size is not a list of digests. */
    private static final long MOST_BYTES = 1 << 20;

    private static final Pattern LINE = Pattern.compile("(\\p{XDigit}{64}) [ *](?:\\./)?(.+)");

    /** By the names of uncompressed files. */
    private final Map<String, List<Known>> known = new HashMap<>();

    /**
     * @param origin completes "the SHA-256 ..., "
     * @param remedy what to do about a file that differs
     */
    private record Known(String sha256, String origin, String remedy) {}

    private Digests() {}

    /**
     * What is known of a data set in a folder.
     *
     * @throws DatasetException if there is a {@code SHA256SUMS} that is not one
     */
    static Digests of(DatasetKind kind, Path directory) {
        Digests digests = new Digests();
        Iterator<String> published =
                kind.publication().map(Publication::sha256).orElse(List.of()).iterator();
        for (DataFile file : DataFile.of(kind.layout())) {
            if (published.hasNext()) {
                digests.add(
                        file.rawName(),
                        new Known(
                                published.next(),
                                "built in for " + kind.id(),
                                "The file is damaged or not that of " + kind.id() + ": fetch it again, or use it as '"
                                        + DatasetKind.IDX.id() + "' if it is data of your own."));
            }
        }
        Path sums = directory.resolve(FILE_NAME);
        if (Files.exists(sums)) {
            digests.read(sums);
        }
        return digests;
    }

    /**
     * @param rawName of the uncompressed file, as {@link DataFile} has it
     * @throws DatasetException if a digest of that file is known and it is another
     */
    void check(String rawName, Path path, String sha256) {
        for (Known expected : known.getOrDefault(rawName, List.of())) {
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
            String name = entry.group(2);
            // Of other files nothing is read, so nothing is checked.
            String rawName = DataFile.of(Layout.IDX_FILES).stream()
                    .filter(file -> isNameOf(file, name))
                    .map(DataFile::rawName)
                    .findFirst()
                    .orElse(name);
            add(
                    rawName,
                    new Known(
                            entry.group(1).toLowerCase(Locale.ROOT),
                            "line " + number + " of " + sums,
                            "One of the two is damaged or out of date: replace it."));
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

    private void add(String rawName, Known digest) {
        known.computeIfAbsent(rawName, name -> new ArrayList<>()).add(digest);
    }
}
