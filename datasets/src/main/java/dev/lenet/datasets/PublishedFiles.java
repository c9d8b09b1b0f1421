package dev.lenet.datasets;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A data set of a few files in a folder, of which some may be missing and have to be fetched. */
interface PublishedFiles extends ImageSource {

    /** Looks which files are there; reads none. */
    static PublishedFiles in(DatasetKind kind, Path directory) {
        return kind.layout() == DatasetKind.Layout.CIFAR_BATCHES
                ? new CifarFiles(kind, directory)
                : new DatasetFiles(kind, directory);
    }

    /** Where they are, or are to be. */
    Path directory();

    /** Those that are not there. */
    List<DataFile> missing();

    /** What is missing, and where, without what to do about it. */
    String missingSentence();

    /** These, with files in place of those missing that need not be in the folder (yet); digests are still looked up there. */
    PublishedFiles with(Map<DataFile, Path> others);

    /** Whether all are there. */
    default boolean complete() {
        return missing().isEmpty();
    }
}
