package dev.lenet.api;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What a file is that stands in the place of another: the pointer that Git LFS leaves, a web page that a download brought, an
 * archive that was not unpacked. Its first bytes tell.
 *
 * <p>A reader that does not find what it expects asks here, so that its message names what was seen.
 *
 * @param what with its article, for example {@code a web page}
 * @param remedy what to do, a sentence
 */
public record ForeignFile(String what, String remedy) {
    /** How many bytes of a file are enough to tell. */
    public static final int BYTES = 512;

    /** Where a tar archive has its mark (POSIX, ustar). */
    private static final int TAR_MARK = 257;

    private static final String TEXT = "text";

    private static final String UNPACK = "Unpack it first.";

    private static final String FETCH = "Fetch the file again, and look at the address: it answers with a page.";

    private record Mark(String bytes, int offset, ForeignFile file) {}

    /** Marks as ISO 8859-1 has them, a character for each byte. */
    private static final List<Mark> MARKS = List.of(
            mark(
                    "version https://git-lfs",
                    "the pointer that Git LFS keeps in the place of a file",
                    "Fetch the file itself: git lfs pull."),
            mark("\u001f\u008b", "gzip data", UNPACK),
            mark("PK\3\4", "a zip archive", UNPACK),
            mark("PK\5\6", "an empty zip archive", "Copy or fetch the file again."),
            mark("BZh", "bzip2 data", UNPACK),
            mark("\u00fd7zXZ", "xz data", UNPACK),
            mark("(\u00b5/\u00fd", "zstd data", UNPACK),
            mark("7z\u00bc\u00af'\u001c", "a 7z archive", UNPACK),
            mark("Rar!", "a rar archive", UNPACK),
            new Mark("ustar", TAR_MARK, new ForeignFile("a tar archive", UNPACK)),
            mark("\u0093NUMPY", "a NumPy array", "Save it in the format that is expected here."),
            mark("\u0089HDF", "an HDF5 file", "Save it in the format that is expected here."),
            mark("\u0089PNG", "a PNG picture", "Name another file."),
            mark("\u00ff\u00d8\u00ff", "a JPEG picture", "Name another file."),
            mark("GIF8", "a GIF picture", "Name another file."),
            mark("%PDF", "a PDF document", "Name another file."));

    private static Mark mark(String bytes, String what, String remedy) {
        return new Mark(bytes, 0, new ForeignFile(what, remedy));
    }

    /**
     * What begins with those bytes.
     *
     * @param start the first bytes of a file, up to {@link #BYTES} of them
     * @return nothing if that cannot be told
     */
    public static Optional<ForeignFile> of(byte[] start) {
        String bytes = new String(start, StandardCharsets.ISO_8859_1);
        for (Mark mark : MARKS) {
            if (bytes.startsWith(mark.bytes(), mark.offset())) {
                return Optional.of(mark.file());
            }
        }
        // A byte order mark may stand before a page.
        String text = bytes.replaceFirst("^\u00ef\u00bb\u00bf", "").stripLeading();
        if (text.startsWith("<")) {
            return Optional.of(new ForeignFile("a web page", FETCH));
        }
        if (text.length() >= 4
                && text.chars().allMatch(c -> c == '\n' || c == '\r' || c == '\t' || (c >= ' ' && c != 0x7F))
                && text.chars().filter(c -> c < 0x7F).count() * 10L >= text.length() * 9L) {
            return Optional.of(new ForeignFile(TEXT, FETCH));
        }
        return Optional.empty();
    }

    /** Whether all that can be told is that people can read it. */
    public boolean isText() {
        return what.equals(TEXT);
    }

    /** The same as the middle and end of a message: {@code received a web page. Fetch ...} */
    public String received() {
        return "received " + what + ". " + remedy;
    }
}
