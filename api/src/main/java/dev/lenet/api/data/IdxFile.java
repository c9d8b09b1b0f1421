package dev.lenet.api.data;

import dev.lenet.api.Argument;
import dev.lenet.api.DatasetException;
import dev.lenet.api.ForeignFile;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file of unsigned bytes in the IDX format of MNIST, gzipped or raw.
 *
 * <p>Big-endian: two zero bytes, the type (8 for unsigned bytes), the number of dimensions, each dimension as a 32-bit
 * integer, then the values, and nothing behind them. Described at the foot of the MNIST page of LeCun, Cortes and Burges.
 *
 * @param dimensions outermost first, for example {@code [60000, 28, 28]}
 * @param values row-major, unsigned
 * @param sha256 of the uncompressed file, in lower-case hexadecimal digits
 */
public record IdxFile(List<Integer> dimensions, byte[] values, String sha256) {
    /** An array for more bytes grows with them: the header of a small file may promise anything. */
    private static final int MOST_AT_ONCE = 1 << 26;

    private static final int UNSIGNED_BYTES = 8;

    /** The format's other types. */
    private static final Map<Integer, String> OTHER_TYPES = Map.of(
            0x09, "signed bytes",
            0x0B, "16-bit integers",
            0x0C, "32-bit integers",
            0x0D, "float32 numbers",
            0x0E, "float64 numbers");

    /** More dimensions has no file that is one. */
    private static final int MOST_DIMENSIONS = 8;

    /** No deflate stream grows by more (RFC 1951: 258 bytes from 2 bits); more is a forged header. */
    private static final long MOST_INFLATION = 1032;

    /**
     * @throws IllegalArgumentException if there are not as many values as the dimensions say
     */
    public IdxFile {
        dimensions = List.copyOf(dimensions);
        long size = size(dimensions.toArray(Integer[]::new));
        Argument.check(
                size == values.length,
                "IDX file",
                "as many values as " + dimensions + " says",
                values.length,
                "Give a value for each place.");
    }

    /**
     * Reads images: a file of three dimensions.
     *
     * @throws DatasetException if the file is missing, damaged, or holds something else
     */
    public static IdxFile images(Path file) {
        return read(file, 3, "images");
    }

    /**
     * Reads labels: a file of one dimension.
     *
     * @throws DatasetException if the file is missing, damaged, or holds something else
     */
    public static IdxFile labels(Path file) {
        return read(file, 1, "labels");
    }

    private static IdxFile read(Path file, int rank, String what) {
        if (Files.isDirectory(file)) {
            throw new DatasetException(
                    file + ": expected an IDX file of " + what + ", received a directory. Name the file in it.");
        }
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            long stored = Files.size(file);
            boolean gzipped = isGzipped(raw);
            InputStream in = gzipped ? new BufferedInputStream(new GZIPInputStream(raw, 1 << 16), 1 << 16) : raw;
            if (gzipped) {
                refuseGzipped(file, in, what);
            }
            return parse(file, in, gzipped ? stored * MOST_INFLATION : stored, rank, what);
        } catch (NoSuchFileException e) {
            throw new DatasetException(file + ": expected an IDX file of " + what + ", found none. Check the path.", e);
        } catch (AccessDeniedException e) {
            throw new DatasetException(file + ": cannot be read: permission denied. Change the file's permissions.", e);
        } catch (EOFException e) {
            throw new DatasetException(file + ": the file is cut off in the middle. Copy or fetch it again.", e);
        } catch (ZipException e) {
            throw new DatasetException(
                    file + ": the gzip data is damaged (" + e.getMessage() + "). Copy or fetch it again.", e);
        } catch (IOException e) {
            throw new DatasetException(file + ": cannot be read (" + e + "). Check the file and its permissions.", e);
        }
    }

    private static boolean isGzipped(InputStream in) throws IOException {
        in.mark(2);
        boolean gzipped = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return gzipped;
    }

    private static void refuseGzipped(Path file, InputStream in, String what) throws IOException {
        if (isGzipped(in)) {
            throw new DatasetException(file + ": expected an IDX file of " + what
                    + ", gzipped or not, received one that is" + " gzipped twice. Unpack it once: gunzip.");
        }
    }

    private static IdxFile parse(Path file, InputStream in, long mostBytes, int rank, String what) throws IOException {
        int magic = UNSIGNED_BYTES << 8 | rank;
        byte[] start = in.readNBytes(4);
        if (start.length < 4 || ByteBuffer.wrap(start).getInt() != magic) {
            throw another(file, start, in, rank, what);
        }
        byte[] sizes = exactly(in, 4 * rank);
        Integer[] dimensions = dimensions(sizes, ByteOrder.BIG_ENDIAN);
        long size = size(dimensions);
        long room = mostBytes - start.length - sizes.length;
        if (size < 0 || size > room) {
            Integer[] reversed = dimensions(sizes, ByteOrder.LITTLE_ENDIAN);
            if (size(reversed) >= 0 && size(reversed) <= room) {
                throw new DatasetException(
                        file + ": expected an IDX file of " + what + ", which is big-endian, received"
                                + " one whose sizes are little-endian: they would be " + Arrays.toString(reversed)
                                + ". Write it big-endian.");
            }
            throw new DatasetException(file + ": the header promises " + Arrays.toString(dimensions)
                    + ", more than the file can hold. It is cut off or damaged: copy or fetch it again.");
        }
        byte[] values = exactly(in, (int) size);
        if (in.read() >= 0) {
            throw new DatasetException(file + ": expected the end after " + size
                    + " values, received more. The file is damaged: copy or fetch it again.");
        }
        return new IdxFile(List.of(dimensions), values, sha256(start, sizes, values));
    }

    private static Integer[] dimensions(byte[] sizes, ByteOrder order) {
        ByteBuffer fields = ByteBuffer.wrap(sizes).order(order);
        Integer[] dimensions = new Integer[sizes.length / 4];
        Arrays.setAll(dimensions, i -> fields.getInt());
        return dimensions;
    }

    /** How many values there are; -1 if that is no size of an array. */
    private static long size(Integer[] dimensions) {
        long size = 1;
        boolean negative = false;
        for (int dimension : dimensions) {
            negative |= dimension < 0;
            // Capped at every step, the product of sizes cannot overflow a long.
            size = Math.min(size * dimension, Integer.MAX_VALUE + 1L);
        }
        return negative || size > Integer.MAX_VALUE - 8 ? -1 : size;
    }

    /** Why a file is not what it is said to be, as well as its first bytes tell. */
    private static DatasetException another(Path file, byte[] start, InputStream in, int rank, String what)
            throws IOException {
        if (start.length < 4 && start.length > 0 && start[0] == 0) {
            throw new EOFException();
        }
        String expected = file + ": expected an IDX file of " + what + ", received ";
        if (start.length == 0) {
            return new DatasetException(expected + "an empty file. Copy or fetch it again.");
        }
        if (start.length == 4 && start[0] == 0 && start[1] == 0 && isIdx(start[2], start[3])) {
            return new DatasetException(expected + ofAnotherKind(start[2], start[3], rank));
        }
        if (start.length == 4 && start[2] == 0 && start[3] == 0 && isIdx(start[1], start[0])) {
            return new DatasetException(expected + "a little-endian one. Write it big-endian, its sizes too.");
        }
        byte[] more = in.readNBytes(ForeignFile.BYTES - start.length);
        byte[] all = Arrays.copyOf(start, start.length + more.length);
        System.arraycopy(more, 0, all, start.length, more.length);
        return new DatasetException(ForeignFile.of(all)
                .map(foreign -> file + ": expected an IDX file of " + what + ", " + foreign.received())
                .orElse(expected + "one that begins with " + HexFormat.of().formatHex(start)
                        + String.format(Locale.ROOT, " instead of 0000%02x%02x", UNSIGNED_BYTES, rank)
                        + ". Check that it is the right file."));
    }

    private static boolean isIdx(int type, int rank) {
        return (type == UNSIGNED_BYTES || OTHER_TYPES.containsKey(type)) && rank >= 1 && rank <= MOST_DIMENSIONS;
    }

    private static String ofAnotherKind(int type, int rank, int expectedRank) {
        if (type != UNSIGNED_BYTES) {
            return "one of " + OTHER_TYPES.get(type)
                    + ". Save it as unsigned bytes: pixels from 0 to 255, labels from 0" + " to 255.";
        }
        if (rank == 1 && expectedRank == 3) {
            return "one of labels. Exchange the two files: images are in the one, labels in the other.";
        }
        if (rank == 3 && expectedRank == 1) {
            return "one of images. Exchange the two files: images are in the one, labels in the other.";
        }
        return "one of " + rank + (rank == 1 ? " dimension. " : " dimensions. ")
                + (expectedRank == 1
                        ? "Save the labels one behind the other, in 1 dimension."
                        : "Save grey images as [count, height, width], in 3 dimensions.");
    }

    private static byte[] exactly(InputStream in, int count) throws IOException {
        if (count > MOST_AT_ONCE) {
            byte[] bytes = in.readNBytes(count);
            if (bytes.length < count) {
                throw new EOFException();
            }
            return bytes;
        }
        byte[] bytes = new byte[count];
        if (in.readNBytes(bytes, 0, count) < count) {
            throw new EOFException();
        }
        return bytes;
    }

    private static String sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
