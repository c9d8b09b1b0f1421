package dev.lenet.app.storage;

import dev.lenet.api.ConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second training out of a run's directory, where the two would write over each other's checkpoints. The operating
 * system holds the lock: it ends with the process, however that ends.
 */
final class RunLock implements AutoCloseable {
    private static final String FILE = ".lock";

    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * @param directory that exists
     * @param shown the directory as users see it
     * @throws ConfigException if another training works in it
     */
    static RunLock of(Path directory, Path shown) {
        try {
            FileChannel channel =
                    FileChannel.open(directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            RunLock lock = new RunLock(channel);
            if (lock.isTaken()) {
                lock.close();
                throw new ConfigException(
                        shown + ": expected a run that is not being trained, found one that another training"
                                + " is busy with. Wait until that one ends, or use another --run.");
            }
            return lock;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isTaken() {
        try {
            @Nullable FileLock lock = channel.tryLock();
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (IOException e) {
            // Some network file systems know no locks. That is no reason not to train there.
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
