package dev.lenet.api.model;

import dev.lenet.api.LenetException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a file whole or not at all: a reader sees the old content or the new, never a part, whatever happens in
 * between.
 *
 * <p>The content goes to a temporary file in the same directory, is forced to the disk, and takes the final name by one
 * atomic rename. A failure removes the temporary file and leaves an existing file as it was. Only a killed process or a
 * power failure leaves something behind, a hidden {@code .lenet-*.tmp}, which the next write in the same directory deletes. A writer
 * holds a lock on its temporary file, so what another one is writing at that moment stays.
 */
public final class AtomicFile {
    private static final String PREFIX = ".lenet-";
    private static final String SUFFIX = ".tmp";
    private static final Pattern TEMPORARY = Pattern.compile(
            Pattern.quote(PREFIX) + "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}" + Pattern.quote(SUFFIX));

    private static final Set<PosixFilePermission> WRITE =
            Set.of(PosixFilePermission.OWNER_WRITE, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private static final Duration YOUNG = Duration.ofSeconds(1);

    private AtomicFile() {}

    /** What goes into a file. */
    public interface Content {
        /** Writes everything; the stream is buffered, and closed by the caller. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Creates or replaces a file, and the directories above it where they are missing.
     *
     * @throws LenetException if it cannot be written; an exception of the content's own passes through
     */
    public static void write(Path file, Content content) {
        write(file, null, content);
    }

    /**
     * Creates or replaces a file, and keeps what it replaces under another name.
     *
     * <p>Between the two renames there is a moment at which only the other name exists. At every moment there is a
     * complete file under one of the two names.
     *
     * @param previous in the same directory; replaced if it exists
     * @throws LenetException if it cannot be written; an exception of the content's own passes through
     */
    public static void writeKeeping(Path previous, Path file, Content content) {
        write(file, previous, content);
    }

    private static void write(Path file, @Nullable Path previous, Content content) {
        check(file);
        Path target = file.toAbsolutePath();
        Path directory = Objects.requireNonNull(target.getParent());
        try {
            Files.createDirectories(directory);
            tidy(directory);
            replace(directory, target, previous, content);
        } catch (AtomicMoveNotSupportedException e) {
            throw new LenetException(
                    file + ": the file system cannot rename files atomically (" + e.getReason()
                            + "), so a crash could leave half a file. Write to another disk and copy the file here.",
                    e);
        } catch (IOException e) {
            throw new LenetException(
                    file + ": cannot be written (" + e + "). Check the permissions and the free space.", e);
        }
    }

    /**
     * Finds out what would keep a file from being written, so that long work need not be done in vain; changes nothing.
     *
     * @throws LenetException if the place is taken by something that is no file, by a file that is read-only, or may not be written to
     */
    public static void check(Path file) {
        Path target = file.toAbsolutePath();
        checkReplaceable(file, target);
        Path directory = target.getParent();
        if (directory == null) {
            throw new LenetException(file + ": expected the name of a file to write, received the root directory."
                    + " Name a file in it.");
        }
        Path existing = directory;
        while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = Objects.requireNonNull(existing.getParent());
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            String received = existing + (isOnReadOnlyDisk(existing) ? ", which is on a read-only disk" : "");
            throw new LenetException(file + ": expected a directory that can be written to, received " + received
                    + ". Check its permissions, or choose another place.");
        }
    }

    private static boolean isOnReadOnlyDisk(Path directory) {
        try {
            return Files.getFileStore(directory).isReadOnly();
        } catch (IOException e) {
            // It is the directory that cannot be written to, whatever the reason.
            return false;
        }
    }

    private static void checkReplaceable(Path file, Path target) {
        if (Files.isDirectory(target)) {
            throw new LenetException(
                    file + ": expected the name of a file to write, received a directory. Name a file in it.");
        }
        if (Files.isSymbolicLink(target)) {
            // Neither replacing the link nor writing where it happens to lead is surely what was meant.
            throw new LenetException(file + ": expected a file or nothing at this place, received a symbolic link."
                    + " Name the file it leads to, or remove the link.");
        }
        if (!Files.exists(target)) {
            return;
        }
        if (!Files.isRegularFile(target)) {
            throw new LenetException(
                    file + ": expected a file or nothing at this place, received a device, pipe or socket."
                            + " It would be replaced; name a file.");
        }
        if (isReadOnly(target)) {
            throw new LenetException(file + ": expected a file that may be replaced, received one that is read-only."
                    + " Make it writable, or name another file.");
        }
    }

    /** Whether its permissions say so, also to a user who may write everything. */
    private static boolean isReadOnly(Path file) {
        try {
            return Collections.disjoint(Files.getPosixFilePermissions(file), WRITE);
        } catch (UnsupportedOperationException | IOException e) {
            return !Files.isWritable(file);
        }
    }

    /**
     * Deletes what killed processes left of files they were writing; what is being written stays, and so does what cannot be deleted.
     *
     * @throws LenetException if the directory cannot be read
     */
    public static void removeLeftovers(Path directory) {
        try {
            removeLeftovers(directory, FileTime.from(Instant.MAX));
        } catch (IOException e) {
            throw new LenetException(directory + ": cannot be read (" + e + "). Check its permissions.", e);
        }
    }

    /** A moment lies between making a file and locking it, in which another writer must not delete it. */
    private static void tidy(Path directory) {
        try {
            removeLeftovers(directory, FileTime.from(Instant.now().minus(YOUNG)));
        } catch (IOException e) {
            // A directory that may be written to and not be read.
            return;
        }
    }

    private static void removeLeftovers(Path directory, FileTime before) throws IOException {
        List<Path> leftovers;
        try (Stream<Path> files = Files.list(directory)) {
            leftovers = files.filter(file -> TEMPORARY
                            .matcher(String.valueOf(file.getFileName()))
                            .matches())
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        } catch (UncheckedIOException e) {
            throw Objects.requireNonNull(e.getCause());
        }
        leftovers.forEach(file -> tryToDelete(file, before));
    }

    private static void tryToDelete(Path file, FileTime before) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (Files.getLastModifiedTime(file).compareTo(before) < 0 && channel.tryLock() != null) {
                Files.deleteIfExists(file);
            }
        } catch (OverlappingFileLockException e) {
            // Another thread is writing it.
            return;
        } catch (IOException e) {
            // It takes space, and nothing else.
            return;
        }
    }

    private static void replace(Path directory, Path target, @Nullable Path previous, Content content)
            throws IOException {
        // Not Files.createTempFile: that makes files only their owner may read, and the rename would keep that.
        Path temporary = directory.resolve(PREFIX + UUID.randomUUID() + SUFFIX);
        try {
            try (FileChannel channel =
                            FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
                lock(channel);
                content.writeTo(out);
                out.flush();
                channel.force(true);
            }
            if (previous != null && Files.exists(target)) {
                Files.move(target, previous, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            // Gone already if the rename worked.
            Files.deleteIfExists(temporary);
        }
        force(directory);
    }

    /** For as long as the channel is open. */
    private static void lock(FileChannel channel) {
        try {
            channel.tryLock();
        } catch (IOException e) {
            // A file system without locks: then only a write at the same moment as another's clean-up is at risk, and
            // fails.
            return;
        }
    }

    /** Makes the rename itself survive a power failure, where the system can open directories (Windows cannot). */
    private static void force(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // The file is complete under its name; only its durability is left to the system.
            return;
        }
    }
}
