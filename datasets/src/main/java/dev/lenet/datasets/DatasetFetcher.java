package dev.lenet.datasets;

import dev.lenet.api.DatasetException;
import dev.lenet.api.ForeignFile;
import dev.lenet.api.data.Normalization;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the files of a data set that are missing, from the repository of the Deep Java Library, as
 * {@link DatasetFinder} promises.
 */
final class DatasetFetcher {
    /** Nearly twice the largest file there is, CIFAR-10's training images. */
    private static final long MOST_BYTES = 256L << 20;

    private final Consumer<String> announce;
    private final HttpSource source;
    private final DjlCatalog catalog;

    /**
     * @param announce is told, in sentences, what is about to be fetched
     * @param repository laid out like DJL's; ends with a slash; may be http, which nothing else may
     * @param timeout for connecting, and for each wait for more bytes
     */
    DatasetFetcher(Consumer<String> announce, URI repository, Duration timeout) {
        this.announce = announce;
        this.source = new HttpSource(announce, repository, timeout);
        this.catalog = new DjlCatalog(repository, source);
    }

    /**
     * Fetches what is missing.
     *
     * @param artifact the name of the data set in DJL's repository
     * @return the files, complete
     * @throws DatasetException if they cannot be fetched; nothing has changed then
     */
    PublishedFiles fetchMissing(PublishedFiles files, String artifact) {
        Map<DataFile, DjlCatalog.Offer> offers = offers(files, artifact);
        try (Staging staging = new Staging(files.directory())) {
            fetch(files, offers, staging);
        } catch (IOException | UncheckedIOException e) {
            throw new DatasetException(
                    files.directory() + ": cannot be written (" + reason(e) + "). Name a directory that you may write"
                            + " to.",
                    e);
        }
        return PublishedFiles.in(files.kind(), files.directory());
    }

    private Map<DataFile, DjlCatalog.Offer> offers(PublishedFiles files, String artifact) {
        URI address = catalog.address(artifact);
        announce.accept(files.missingSentence() + " Asking " + address + " for them.");
        Map<DataFile, DjlCatalog.Offer> offers = new EnumMap<>(DataFile.class);
        try {
            offers.putAll(catalog.offers(artifact, files.kind().layout()));
        } catch (HttpSource.Failure e) {
            throw failure(files, address, e);
        }
        offers.keySet().retainAll(files.missing());
        long total = 0;
        boolean told = true;
        for (DjlCatalog.Offer offer : offers.values()) {
            if (offer.size() < 0 || offer.size() > MOST_BYTES) {
                throw failure(
                        files,
                        offer.address(),
                        new HttpSource.Failure("expected a file of at most " + megabytes(MOST_BYTES)
                                + ", received an announcement of " + offer.size() + " bytes"));
            }
            total += offer.size();
            told &= offer.size() > 0;
        }
        announce.accept("Fetching " + offers.size() + (offers.size() == 1 ? " file, " : " files, ")
                + (told ? megabytes(total) + " in total" : "of a size that is not told")
                + ", into " + files.directory() + ": "
                + offers.values().stream()
                        .map(offer -> offer.address().toString())
                        .collect(Collectors.joining(", "))
                + ".");
        return offers;
    }

    private void fetch(PublishedFiles files, Map<DataFile, DjlCatalog.Offer> offers, Staging staging)
            throws IOException {
        Map<DataFile, Path> together = new EnumMap<>(DataFile.class);
        Map<Path, Path> moves = new LinkedHashMap<>();
        for (Map.Entry<DataFile, DjlCatalog.Offer> offer : offers.entrySet()) {
            String name = offer.getKey().zippedName();
            Path staged = staging.file(name);
            try {
                fetch(offer.getValue(), staged);
            } catch (HttpSource.Failure e) {
                throw failure(files, offer.getValue().address(), e);
            }
            together.put(offer.getKey(), staged);
            moves.put(staged, files.directory().resolve(name));
        }
        check(files.with(together), offers, staging);
        staging.release(moves);
    }

    private void fetch(DjlCatalog.Offer offer, Path target) throws IOException, HttpSource.Failure {
        MessageDigest sha1 = sha1();
        long most = offer.size() > 0 ? offer.size() + 1 : MOST_BYTES;
        source.get(offer.address(), most, () -> {
            sha1.reset();
            return new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(target)), sha1);
        });
        String received = HexFormat.of().formatHex(sha1.digest());
        long size = Files.size(target);
        @Nullable String expected = offer.sha1();
        Optional<ForeignFile> foreign = foreign(target);
        if (foreign.isPresent()) {
            throw new HttpSource.Failure(
                    "expected the data, received " + foreign.get().what() + " (of a proxy, perhaps)");
        }
        if (offer.size() > 0 && size != offer.size()) {
            throw new HttpSource.Failure("expected " + offer.size() + " bytes, received "
                    + (size > offer.size() ? "more" : String.valueOf(size)));
        }
        if (expected != null && !expected.toLowerCase(Locale.ROOT).equals(received)) {
            throw new HttpSource.Failure("expected the SHA-1 " + expected + ", received " + received);
        }
    }

    /** Reads everything as training will; a message about a staged file names where it came from instead. */
    private static void check(PublishedFiles together, Map<DataFile, DjlCatalog.Offer> offers, Staging staging) {
        Normalization any = new Normalization(0, 1);
        try {
            together.training(any);
            together.test(any);
        } catch (DatasetException e) {
            String message = String.valueOf(e.getMessage());
            for (Map.Entry<DataFile, DjlCatalog.Offer> offer : offers.entrySet()) {
                message = message.replace(
                        staging.file(offer.getKey().zippedName()).toString(),
                        offer.getValue().address().toString());
            }
            throw new DatasetException(message + " Nothing was put into " + together.directory() + ".", e);
        }
    }

    private static DatasetException failure(PublishedFiles files, URI address, HttpSource.Failure cause) {
        String names = DataFile.of(files.kind().layout()).stream()
                .map(DataFile::zippedName)
                .collect(Collectors.joining(", "));
        return new DatasetException(
                address + ": " + cause.getMessage() + ". Try again later, or put the files into " + files.directory()
                        + " yourself: " + names + ".",
                cause);
    }

    /** What came instead of data, which are gzipped. */
    private static Optional<ForeignFile> foreign(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(ForeignFile.BYTES);
            boolean gzipped = start.length > 1 && start[0] == 0x1f && start[1] == (byte) 0x8b;
            return gzipped ? Optional.empty() : ForeignFile.of(start);
        }
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    private static String reason(Exception e) {
        Throwable cause = e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
