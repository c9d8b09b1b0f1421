package dev.lenet.engine.djl;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files of the class path in a folder, from which the system can load them.
 *
 * <p>A folder that is there is whole: it is filled under another name and renamed. It is looked at all the same before it is used, as caches are cleaned and
 * disks fill up: with a library missing, the loader of the system would take one of its own from elsewhere, and the first call would end the process.
 */
final class Unpacking {
    private static final Logger LOGGER = LoggerFactory.getLogger(Unpacking.class);

    /** Begins the names of folders that are being filled; those there are while nothing holds the lock were left by killed processes. */
    private static final String PARTIAL = "unpacking";

    private static final String LOCK = PARTIAL + ".lock";

    private final ClassLoader loader;

    Unpacking(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * Makes a folder whole, by unpacking everything anew if something is missing or has another size.
     *
     * @param resources what to read for each file of the folder
     * @param announcement logged as a warning before something is unpacked; null for nothing
     */
    void ensure(Path folder, Map<String, String> resources, @Nullable String announcement) throws IOException {
        if (isWhole(folder, resources)) {
            return;
        }
        Path parent = Objects.requireNonNull(folder.toAbsolutePath().getParent());
        Files.createDirectories(parent);
        try (FileChannel channel =
                        FileChannel.open(parent.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            LOGGER.debug("{} is held", lock);
            removePartial(parent);
            // Another process may have been faster.
            if (!isWhole(folder, resources)) {
                if (announcement != null) {
                    LOGGER.warn(announcement);
                }
                delete(folder);
                unpack(parent, folder, resources);
            }
        }
    }

    /** Whether every file is there with its size. */
    boolean isWhole(Path folder, Map<String, String> resources) throws IOException {
        for (Map.Entry<String, String> each : resources.entrySet()) {
            Path file = folder.resolve(each.getKey());
            if (!Files.isRegularFile(file)) {
                return false;
            }
            long size = size(each.getValue());
            if (size >= 0 && size != Files.size(file)) {
                return false;
            }
        }
        return true;
    }

    /** Of a resource in bytes, negative if that is not known without reading it. */
    private long size(String resource) throws IOException {
        @Nullable URL url = loader.getResource(resource);
        if (url == null) {
            throw new IOException(resource + " is not on the class path");
        }
        return url.openConnection().getContentLengthLong();
    }

    private void unpack(Path parent, Path folder, Map<String, String> resources) throws IOException {
        Path partial = Files.createTempDirectory(parent, PARTIAL);
        try {
            for (Map.Entry<String, String> each : resources.entrySet()) {
                try (InputStream in = loader.getResourceAsStream(each.getValue())) {
                    if (in == null) {
                        throw new IOException(each.getValue() + " is not on the class path");
                    }
                    Files.copy(in, partial.resolve(each.getKey()));
                }
            }
            Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(partial);
        }
    }

    private static void removePartial(Path parent) throws IOException {
        List<Path> partial;
        try (Stream<Path> files = Files.list(parent)) {
            partial = files.filter(file -> String.valueOf(file.getFileName()).startsWith(PARTIAL))
                    .filter(file -> Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
        for (Path each : partial) {
            delete(each);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> walked = Files.walk(folder)) {
            files = walked.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : files) {
            Files.delete(each);
        }
    }
}
