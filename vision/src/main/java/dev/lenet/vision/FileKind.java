package dev.lenet.vision;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a file is by its first bytes, whatever its name says.
 *
 * @param format what ImageIO calls it, if it can be read
 * @param words what a message calls it
 * @param advice what to do about it; a sentence
 */
record FileKind(@Nullable String format, String words, String advice) {
    /** Bytes to tell it by; a drawing in SVG or a page may start with a long comment. */
    static final int HEAD = 4096;

    private static final String EXPORT = "Export it as PNG or JPEG.";
    private static final String AGAIN = "Copy or download it again.";
    private static final String UNPACK = "Unpack it, and name the picture in it.";

    private static final FileKind UNKNOWN = another("a file of another kind", EXPORT);

    /**
     * Bytes that a kind of file has at a place.
     *
     * @param bytes in hexadecimal, as a regular expression
     */
    private record Mark(String bytes, FileKind kind) {
        boolean fits(String head) {
            return Pattern.compile(bytes).matcher(head).lookingAt();
        }
    }

    /** The first that fits counts. */
    private static final List<Mark> MARKS = List.of(
            new Mark("89504e470d0a1a0a", readable("png")),
            new Mark("ffd8", readable("jpeg")),
            new Mark("474946383[79]61", readable("gif")),
            new Mark("424d", readable("bmp")),
            new Mark("89504e47", another("a PNG picture that was changed on its way as if it were text", AGAIN)),
            new Mark("52494646........57454250", another("a WebP picture", EXPORT)),
            new Mark("........667479706865(69|76)", another("a HEIC picture", EXPORT)),
            new Mark("........667479706176696", another("an AVIF picture", EXPORT)),
            new Mark("........66747970(6d696631|6d736631|6d696166)", another("a HEIF picture", EXPORT)),
            new Mark("........667479706372782", another("a raw photo", EXPORT)),
            new Mark("........66747970", another("a film", "Save one image of it as PNG or JPEG.")),
            new Mark("49492a00|4d4d002a|49492b00|4d4d002b", another("a TIFF picture or a raw photo", EXPORT)),
            new Mark("ff0a|0000000c4a584c20", another("a JPEG XL picture", EXPORT)),
            new Mark("0000000c6a502020|ff4fff51", another("a JPEG 2000 picture", EXPORT)),
            new Mark("38425053", another("a Photoshop document", EXPORT)),
            new Mark("67696d7020786366", another("a GIMP document", EXPORT)),
            new Mark("0000010001|0000020001", another("an icon", EXPORT)),
            new Mark("8a4d4e47|8b4a4e47", another("an MNG or JNG animation", EXPORT)),
            new Mark("503[1-7](0a|0d|20|09|23)", another("a PNM picture", EXPORT)),
            new Mark("25215053|c5d0d3c6", another("a PostScript document", "Export the picture in it as PNG or JPEG.")),
            new Mark("1f8b", another("a gzip file", UNPACK)),
            new Mark("504b(0304|0506)", another("a ZIP archive, or a document made of one", UNPACK)),
            new Mark("377abcaf271c", another("a 7z archive", UNPACK)),
            new Mark("526172211a07", another("a RAR archive", UNPACK)),
            new Mark("425a683[1-9]", another("a bzip2 file", UNPACK)),
            new Mark("fd377a585a00", another("an xz file", UNPACK)),
            new Mark("28b52ffd", another("a Zstandard file", UNPACK)),
            new Mark("[0-9a-f]{514}7573746172", another("a tar archive", UNPACK)),
            new Mark("0005160[07]", another("what macOS notes about another file", "Name the file without '._'.")),
            new Mark(
                    "0000080[13]",
                    another("images or labels in MNIST's format", "Name a picture; this is a data set.")),
            new Mark("934e554d5059", another("a NumPy array", EXPORT)),
            new Mark("................7b22", another("a safetensors file", "Name a picture; this is a model.")),
            new Mark("7f454c46|4d5a", another("a program", "Name a picture.")),
            new Mark("(00){16}", another("a file of zeros", AGAIN)));

    private static FileKind readable(String format) {
        return new FileKind(format, format, "");
    }

    private static FileKind another(String words, String advice) {
        return new FileKind(null, words, advice);
    }

    /** @param head the first {@link #HEAD} bytes, or all if there are fewer */
    static FileKind of(byte[] head) {
        if (head.length == 0) {
            return another("an empty file", AGAIN);
        }
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < Math.min(head.length, 512); i++) {
            hex.append(Character.forDigit(head[i] >> 4 & 15, 16)).append(Character.forDigit(head[i] & 15, 16));
        }
        for (Mark mark : MARKS) {
            if (mark.fits(hex.toString())) {
                return mark.kind();
            }
        }
        return ofText(text(head));
    }

    /** In small letters, without what may come first. */
    private static String text(byte[] head) {
        boolean big = head.length > 1 && (head[0] & 0xFF) == 0xFE && (head[1] & 0xFF) == 0xFF;
        boolean little = head.length > 1 && (head[0] & 0xFF) == 0xFF && (head[1] & 0xFF) == 0xFE;
        String text = new String(head, big || little ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
        return (text.startsWith("\uFEFF") ? text.substring(1) : text)
                .stripLeading()
                .toLowerCase(Locale.ROOT);
    }

    private static FileKind ofText(String text) {
        if (text.contains("%pdf-")) {
            return another("a PDF document", "Export the page as PNG or JPEG.");
        }
        if (text.startsWith("version https://git-lfs") || text.startsWith("version https://hawser")) {
            return another("a Git LFS pointer, not the file itself", "Fetch the file by: git lfs pull");
        }
        if (text.startsWith("<")) {
            if (text.contains("<svg")) {
                return another("an SVG drawing", EXPORT);
            }
            boolean page = text.contains("<!doctype html") || text.contains("<html") || text.contains("<head");
            return page
                    ? another("a web page", "Download the picture itself.")
                    : another("a text in XML or HTML", "Download the picture itself.");
        }
        if (text.startsWith("data:image/")) {
            return another("a picture written as text (a data URL)", "Save the picture itself.");
        }
        if (text.startsWith("http/1.")) {
            return another("a server's answer with its header", "Download the picture itself.");
        }
        return isText(text) ? another("a text", "Name a picture.") : UNKNOWN;
    }

    /** Whether there are no control characters but those of text, and no bytes that are none. */
    private static boolean isText(String text) {
        // The last character may be cut off.
        String whole = text.substring(0, Math.max(0, text.length() - 1));
        return !whole.isBlank()
                && whole.chars().noneMatch(c -> c == 0xFFFD || (c < ' ' && c != '\n' && c != '\r' && c != '\t'));
    }
}
