package dev.lenet.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A filesystem of its own in memory, of any size: where this user may mount one, as root may on Linux. */
final class SmallFilesystem implements AutoCloseable {
    private static final long KIB = 1024;

    private final Path folder;
    private final Path ballast;

    private SmallFilesystem(Path folder) {
        this.folder = folder;
        this.ballast = folder.resolve("ballast");
    }

    /** Whether there can be one here; JUnit prints the reason where not. */
    static boolean available() {
        try {
            Path probe = Files.createTempDirectory("lenet-mount");
            boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", probe.toString());
            if (mounted) {
                run("umount", probe.toString());
            }
            Files.delete(probe);
            return mounted;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Mounts one.
     *
     * @param folder that exists and is empty
     * @param kib its size
     */
    static SmallFilesystem at(Path folder, long kib) {
        if (!run("mount", "-t", "tmpfs", "-o", "size=" + kib + "k", "tmpfs", folder.toString())) {
            throw new IllegalStateException("mount failed");
        }
        return new SmallFilesystem(folder);
    }

    private static boolean run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Leaves so much room. */
    void leave(long kib) {
        try {
            Files.deleteIfExists(ballast);
            long free = folder.toFile().getUsableSpace() - kib * KIB;
            if (free > 0) {
                Files.write(ballast, new byte[Math.toIntExact(free)]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on, or no more. */
    void readOnly(boolean on) {
        if (!run("mount", "-o", on ? "remount,ro" : "remount,rw", folder.toString())) {
            throw new IllegalStateException("remount failed");
        }
    }

    /** Every file but the ballast. */
    List<Path> files() {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.equals(ballast))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (!run("umount", "-l", folder.toString())) {
            throw new IllegalStateException("umount failed");
        }
    }
}
