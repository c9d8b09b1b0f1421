package dev.lenet.vision;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The bytes of a picture file, at any place, from wherever they come. A file on a disk is not held in memory. */
interface PictureBytes extends Closeable {
    /** In bytes. */
    long length();

    /**
     * Some of the bytes from a place on.
     *
     * @return how many there were, at most {@code count}; -1 at the end
     */
    int read(long at, byte[] target, int from, int count) throws IOException;

    @Override
    default void close() throws IOException {}

    /** Up to the first so many. */
    default byte[] head(int count) throws IOException {
        byte[] head = new byte[(int) Math.min(count, length())];
        int done = 0;
        while (done < head.length) {
            int more = read(done, head, done, head.length - done);
            if (more < 0) {
                throw new IOException("it ends too early");
            }
            done += more;
        }
        return head;
    }

    /** The same with other bytes at a place. */
    default PictureBytes with(long place, byte[] others) {
        PictureBytes original = this;
        return new PictureBytes() {
            @Override
            public long length() {
                return original.length();
            }

            @Override
            public int read(long at, byte[] target, int from, int count) throws IOException {
                int done = original.read(at, target, from, count);
                for (int i = 0; i < others.length; i++) {
                    long to = place + i - at;
                    if (to >= 0 && to < done) {
                        target[from + (int) to] = others[i];
                    }
                }
                return done;
            }
        };
    }

    /** Not copied. */
    static PictureBytes of(byte[] bytes) {
        return new Memory(List.of(bytes), Math.max(1, bytes.length), bytes.length);
    }

    /** What a stream gives up to its end, or up to so many bytes. */
    static PictureBytes of(InputStream stream, long most) throws IOException {
        List<byte[]> chunks = new ArrayList<>();
        long length = 0;
        while (length < most) {
            byte[] chunk = stream.readNBytes((int) Math.min(Memory.CHUNK, most - length));
            if (chunk.length > 0) {
                chunks.add(chunk);
                length += chunk.length;
            }
            if (chunk.length < Memory.CHUNK) {
                break;
            }
        }
        return new Memory(chunks, Memory.CHUNK, length);
    }

    /** Stays open until closed. */
    static PictureBytes of(Path file) throws IOException {
        return new OnDisk(FileChannel.open(file, StandardOpenOption.READ));
    }

    /**
     * In memory.
     *
     * @param chunks all but the last {@code size} long
     */
    record Memory(List<byte[]> chunks, int size, long length) implements PictureBytes {
        /** Of a stream, whose length is not known: nothing is copied once it is there. */
        static final int CHUNK = 1 << 20;

        @Override
        public int read(long at, byte[] target, int from, int count) {
            if (at >= length) {
                return -1;
            }
            byte[] chunk = chunks.get((int) (at / size));
            int offset = (int) (at % size);
            int done = Math.min(count, chunk.length - offset);
            System.arraycopy(chunk, offset, target, from, done);
            return done;
        }
    }

    /** In a file. */
    final class OnDisk implements PictureBytes {
        private final FileChannel channel;
        private final long length;

        OnDisk(FileChannel channel) throws IOException {
            this.channel = channel;
            this.length = channel.size();
        }

        @Override
        public long length() {
            return length;
        }

        @Override
        public int read(long at, byte[] target, int from, int count) throws IOException {
            return at >= length ? -1 : channel.read(ByteBuffer.wrap(target, from, count), at);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
