package dev.lenet.datasets;

import dev.lenet.api.Argument;
import dev.lenet.api.DatasetException;
import dev.lenet.datasets.DatasetKind.Layout;
import dev.lenet.datasets.DatasetKind.Publication;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds data sets, and fetches those that are missing if that is allowed.
 *
 * <pre>{@code
 * ImageSource mnist = DatasetFinder.fetching(System.err::println).find(DatasetKind.MNIST, Path.of("data/mnist"));
 * ImageDataset training = mnist.training();
 * ImageDataset test = mnist.test();
 * }</pre>
 *
 * <p>Files are looked for in the directories that are named, then where a package of the operating system puts them. What
 * is missing is fetched from the repository of the Deep Java Library: what, from where, how much and to where is
 * announced first. A file is put in place only after its size, its digests and its content have been checked together
 * with those that were there; if anything fails, the directory is as it was.
 */
public final class DatasetFinder {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final String PUT_THEM_THERE = "put them there, gzipped or not, or name another directory.";

    /** Makes what fetches files when one is missing: DJL's catalogue takes its time to load. */
    private final @Nullable Supplier<DatasetFetcher> fetcher;

    private final String remedy;

    private DatasetFinder(@Nullable Supplier<DatasetFetcher> fetcher, String remedy) {
        this.fetcher = fetcher;
        this.remedy = remedy;
    }

    /** Opens no network connection. */
    public static DatasetFinder offline() {
        return offline("No connection may be opened to fetch them: " + PUT_THEM_THERE);
    }

    /**
     * Opens no network connection.
     *
     * @param remedy the end of the message about missing files: what forbids fetching them, and what to do
     */
    public static DatasetFinder offline(String remedy) {
        return new DatasetFinder(null, remedy);
    }

    /**
     * Fetches what is missing.
     *
     * @param announce is told, in sentences, what is about to be fetched
     */
    public static DatasetFinder fetching(Consumer<String> announce) {
        return new DatasetFinder(() -> new DatasetFetcher(announce, DjlCatalog.REPOSITORY, TIMEOUT), "");
    }

    /**
     * Fetches what is missing from a mirror.
     *
     * @param announce is told, in sentences, what is about to be fetched
     * @param repository laid out like DJL's; ends with a slash; may be http, which nothing else may
     * @param timeout for connecting, and for each wait for more bytes
     */
    public static DatasetFinder fetching(Consumer<String> announce, URI repository, Duration timeout) {
        return new DatasetFinder(() -> new DatasetFetcher(announce, repository, timeout), "");
    }

    /**
     * Finds a data set.
     *
     * @param directory where it is looked for first, and where its files are put if they are fetched
     * @throws DatasetException if files are missing and cannot or must not be fetched; nothing has changed then
     */
    public ImageSource find(DatasetKind kind, Path directory) {
        return find(kind, directory, directory);
    }

    /**
     * Finds a data set.
     *
     * @param directory where it is looked for first
     * @param target where files are put if they are fetched, next to those of them that are there
     * @throws DatasetException if files are missing and cannot or must not be fetched; nothing has changed then
     */
    public ImageSource find(DatasetKind kind, Path directory, Path target) {
        return find(kind, List.of(directory), target);
    }

    /**
     * Finds a data set that may be in several places. A place that is empty, or has a part of its files only, does not hide
     * those after it.
     *
     * @param directories where it is looked for, in this order; at least one
     * @param target where files are put if they are fetched, next to those of them that are there
     * @throws DatasetException if files are missing and cannot or must not be fetched; nothing has changed then
     * @throws IllegalArgumentException if there are no directories
     */
    public ImageSource find(DatasetKind kind, List<Path> directories, Path target) {
        Argument.check(!directories.isEmpty(), "Data set", "a directory at least", directories, "Name one.");
        if (kind.layout() == Layout.CLASS_FOLDERS) {
            return directories.stream()
                    .map(directory -> new ImageFolders(kind, directory))
                    .filter(ImageFolders::hasFolders)
                    .findFirst()
                    .orElseGet(() -> new ImageFolders(kind, directories.get(0)));
        }
        for (Path directory : directories) {
            PublishedFiles files = PublishedFiles.in(kind, directory);
            if (files.complete()) {
                return files;
            }
        }
        Optional<PublishedFiles> ofTheSystem = kind.publication()
                .flatMap(Publication::systemDirectory)
                .map(elsewhere -> PublishedFiles.in(kind, elsewhere))
                .filter(PublishedFiles::complete);
        return ofTheSystem.orElseGet(() -> fetchMissing(PublishedFiles.in(kind, target)));
    }

    private PublishedFiles fetchMissing(PublishedFiles files) {
        if (files.complete()) {
            return files;
        }
        Optional<String> artifact = files.kind().publication().flatMap(Publication::djlArtifact);
        if (artifact.isEmpty()) {
            throw new DatasetException(
                    files.missingSentence() + " They cannot be fetched from anywhere: " + PUT_THEM_THERE);
        }
        if (fetcher == null) {
            throw new DatasetException(files.missingSentence() + " " + remedy);
        }
        return fetcher.get().fetchMissing(files, artifact.get());
    }
}
