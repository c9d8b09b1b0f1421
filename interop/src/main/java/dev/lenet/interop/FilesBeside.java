package dev.lenet.interop;

import dev.lenet.api.ModelFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Files in the folder of a model that hold its weights. No other folder is looked at, and no more is read than there is. */
final class FilesBeside {
    /** For constants that have to be in the model itself. */
    static final FilesBeside NONE = new FilesBeside(Path.of("."), new Budget(0));

    private final Path folder;
    private final Budget budget;
    private final Set<Path> seen = new HashSet<>();
    private long left;

    FilesBeside(Path folder, Budget budget) {
        this.folder = folder;
        this.budget = budget;
    }

    /**
     * @throws ModelFormatException if there is no such file in the folder, it is too short, or it is read again and again
     */
    ByteBuffer read(String location, long offset, long length) {
        String where = "the values in " + Excerpt.quoted(location) + " beside the model";
        try {
            Path beside = folder.toRealPath();
            if (this == NONE
                    || location.isEmpty()
                    || !beside.resolve(location).normalize().startsWith(beside)
                    || Path.of(location).isAbsolute()) {
                throw ProtoReader.damaged("a file in the folder of the model", Excerpt.quoted(location));
            }
            Path named = beside.resolve(location);
            if (!Files.isRegularFile(named) || !named.toRealPath().startsWith(beside)) {
                throw new ModelFormatException("expected " + where + ", received no such file. Put it there.");
            }
            Path file = named.toRealPath();
            long size = Files.size(file);
            if (offset > size - length) {
                throw ProtoReader.damaged(length + " bytes of values from byte " + offset, "a file of " + size);
            }
            if (seen.add(file)) {
                left += size;
                budget.grow(size);
            }
            left -= length;
            if (left < 0) {
                throw ProtoReader.damaged("each value once", "tensors that share their bytes");
            }
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length)).order(ByteOrder.LITTLE_ENDIAN);
            try (SeekableByteChannel channel = Files.newByteChannel(file)) {
                channel.position(offset);
                int count;
                do {
                    count = channel.read(bytes);
                } while (count >= 0 && bytes.hasRemaining());
            }
            return bytes.rewind();
        } catch (IOException | InvalidPathException | ArithmeticException e) {
            throw new ModelFormatException("expected " + where + ", received " + e + ". Check the file.", e);
        }
    }
}
