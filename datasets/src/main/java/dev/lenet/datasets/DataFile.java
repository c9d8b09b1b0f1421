package dev.lenet.datasets;

import java.util.List;

/** The four files of a data set, by the names LeCun and Cortes gave MNIST's. */
enum DataFile {
    TRAIN_IMAGES("train-images", "train-images", 3, "train_data"),
    TRAIN_LABELS("train-labels", "train-labels", 1, "train_labels"),
    TEST_IMAGES("t10k-images", "test-images", 3, "test_data"),
    TEST_LABELS("t10k-labels", "test-labels", 1, "test_labels");

    private final String stem;
    private final String emnistStem;
    private final int rank;
    private final String djlKey;

    DataFile(String stem, String emnistStem, int rank, String djlKey) {
        this.stem = stem;
        this.emnistStem = emnistStem;
        this.rank = rank;
        this.djlKey = djlKey;
    }

    /** The name of the uncompressed file, for example {@code train-images-idx3-ubyte}; digests go by it. */
    String rawName() {
        return stem + "-idx" + rank + "-ubyte";
    }

    /** The name of the gzipped file, which messages use and a fetched file gets. */
    String zippedName() {
        return rawName() + ".gz";
    }

    /** The names it may have in a folder, in the order of look-up; some unpackers write a dot for the first hyphen. */
    List<String> names() {
        String dotted = stem + ".idx" + rank + "-ubyte";
        return List.of(zippedName(), rawName(), dotted + ".gz", dotted);
    }

    /** The name of the uncompressed file in EMNIST, for example {@code emnist-letters-train-images-idx3-ubyte}. */
    String emnistName(String split) {
        return Emnist.PREFIX + split + "-" + emnistStem + "-idx" + rank + "-ubyte";
    }

    /** What DJL's repository calls it. */
    String djlKey() {
        return djlKey;
    }
}
