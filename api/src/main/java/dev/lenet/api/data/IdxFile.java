package dev.lenet.api.data;

import dev.lenet.api.DatasetException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
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

    /** No deflate stream grows by more (RFC 1951: 258 bytes from 2 bits); more is a forged header. */
    private static final long MOST_INFLATION = 1032;

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
            raw.mark(2);
            boolean gzipped = raw.read() == 0x1f && raw.read() == 0x8b;
            raw.reset();
            InputStream in = gzipped ? new GZIPInputStream(raw, 1 << 16) : raw;
            return parse(file, in, gzipped ? stored * MOST_INFLATION : stored, rank, what);
        } catch (NoSuchFileException e) {
            throw new DatasetException(file + ": expected an IDX file of " + what + ", found none. Check the path.", e);
        } catch (EOFException e) {
            throw new DatasetException(file + ": the file is cut off in the middle. Copy or fetch it again.", e);
        } catch (ZipException e) {
            throw new DatasetException(
                    file + ": the gzip data is damaged (" + e.getMessage() + "). Copy or fetch it again.", e);
        } catch (IOException e) {
            throw new DatasetException(file + ": cannot be read (" + e + "). Check the file and its permissions.", e);
        }
    }

    private static IdxFile parse(Path file, InputStream in, long mostBytes, int rank, String what) throws IOException {
        byte[] header = exactly(in, 4 + 4 * rank);
        ByteBuffer fields = ByteBuffer.wrap(header);
        int magic = fields.getInt();
        int expected = UNSIGNED_BYTES << 8 | rank;
        if (magic != expected) {
            throw new DatasetException(String.format(
                    "%s: expected the magic number %08x of IDX %s, received %08x. Check that it is the right file,"
                            + " not a web page saved under its name.",
                    file, expected, what, magic));
        }
        Integer[] dimensions = new Integer[rank];
        long size = 1;
        boolean negative = false;
        for (int i = 0; i < rank; i++) {
            dimensions[i] = fields.getInt();
            negative |= dimensions[i] < 0;
            // Capped at every step, the product of sizes cannot overflow a long.
            size = Math.min(size * dimensions[i], Integer.MAX_VALUE + 1L);
        }
        if (negative || size > Integer.MAX_VALUE - 8 || header.length + size > mostBytes) {
            throw new DatasetException(file + ": the header promises " + Arrays.toString(dimensions)
                    + ", more than the file can hold. It is cut off or damaged: copy or fetch it again.");
        }
        byte[] values = exactly(in, (int) size);
        if (in.read() >= 0) {
            throw new DatasetException(file + ": expected the end after " + size
                    + " values, received more. The file is damaged: copy or fetch it again.");
        }
        return new IdxFile(List.of(dimensions), values, sha256(header, values));
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
