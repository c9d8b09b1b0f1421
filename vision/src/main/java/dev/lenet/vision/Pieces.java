package dev.lenet.vision;

import java.io.IOException;
import java.util.Arrays;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * Pieces of a picture file one after the other, as the stream that a decoder reads: what is left out, it never sees.
 *
 * <p>Unlike the streams of ImageIO it has a buffer, so that a million small reads are cheap, and copies nothing.
 */
final class Pieces extends ImageInputStreamImpl {
    /** More are no picture: a photo of a telephone leaves 2 to 10. */
    static final int MOST = 10_000;

    private static final int BUFFER = 8192;

    private final PictureBytes source;
    /** Where each piece starts in the source. */
    private long[] starts = new long[16];
    /** Where each piece ends in this stream. */
    private long[] ends = new long[16];

    private int count;

    private final byte[] buffer = new byte[BUFFER];
    private long bufferStart;
    private int bufferLength;

    /** Without a piece, and empty. */
    Pieces(PictureBytes source) {
        this.source = source;
    }

    /** The whole file. */
    static Pieces all(PictureBytes source) throws IOException {
        Pieces pieces = new Pieces(source);
        pieces.add(0, source.length());
        return pieces;
    }

    /**
     * Appends what lies between two places of the source.
     *
     * @throws IOException if there are too many pieces
     */
    void add(long start, long end) throws IOException {
        long length = Math.min(end, source.length()) - start;
        if (length <= 0) {
            return;
        }
        if (count > 0 && starts[count - 1] + ends[count - 1] - begin(count - 1) == start) {
            ends[count - 1] += length;
            return;
        }
        if (count == MOST) {
            throw new IOException("it consists of more than " + MOST + " parts");
        }
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
        }
        starts[count] = start;
        ends[count] = begin(count) + length;
        count++;
    }

    private long begin(int piece) {
        return piece == 0 ? 0 : ends[piece - 1];
    }

    @Override
    public long length() {
        return begin(count);
    }

    @Override
    public int read() throws IOException {
        checkClosed();
        bitOffset = 0;
        if (!buffered()) {
            return -1;
        }
        return buffer[(int) (streamPos++ - bufferStart)] & 0xFF;
    }

    /** All that is wanted, or all there is: numbers of several bytes are read so. */
    @Override
    public int read(byte[] target, int from, int wanted) throws IOException {
        checkClosed();
        bitOffset = 0;
        int done = 0;
        while (done < wanted && buffered()) {
            int offset = (int) (streamPos - bufferStart);
            int some = Math.min(wanted - done, bufferLength - offset);
            System.arraycopy(buffer, offset, target, from + done, some);
            streamPos += some;
            done += some;
        }
        return done == 0 && wanted > 0 ? -1 : done;
    }

    /** Whether there is a byte at the current place; it is in the buffer then. */
    private boolean buffered() throws IOException {
        if (streamPos >= bufferStart && streamPos < bufferStart + bufferLength) {
            return true;
        }
        if (streamPos >= length()) {
            return false;
        }
        int found = Arrays.binarySearch(ends, 0, count, streamPos);
        // An end is exclusive: the piece that ends here is over.
        int piece = found >= 0 ? found + 1 : -found - 1;
        long at = starts[piece] + streamPos - begin(piece);
        int read = source.read(at, buffer, 0, (int) Math.min(BUFFER, ends[piece] - streamPos));
        bufferStart = streamPos;
        bufferLength = Math.max(0, read);
        return read > 0;
    }
}
