package dev.lenet.datasets;

import dev.lenet.datasets.DatasetKind.Layout;
import java.util.Arrays;
import java.util.List;

/** The files of a published data set: four by the names LeCun and Cortes gave MNIST's, or two by those of CIFAR-10's batches. */
enum DataFile {
    TRAIN_IMAGES(Layout.IDX_FILES, "train-images-idx3-ubyte", "train-images.idx3-ubyte", "train-images", "train_data"),
    TRAIN_LABELS(
            Layout.IDX_FILES, "train-labels-idx1-ubyte", "train-labels.idx1-ubyte", "train-labels", "train_labels"),
    TEST_IMAGES(Layout.IDX_FILES, "t10k-images-idx3-ubyte", "t10k-images.idx3-ubyte", "test-images", "test_data"),
    TEST_LABELS(Layout.IDX_FILES, "t10k-labels-idx1-ubyte", "t10k-labels.idx1-ubyte", "test-labels", "test_labels"),
    /** All training batches, one after the other, as DJL has them. */
    TRAIN_BATCHES(Layout.CIFAR_BATCHES, "data_batch.bin", "data_batch.bin", "", "data_batch.bin"),
    TEST_BATCH(Layout.CIFAR_BATCHES, "test_batch.bin", "test_batch.bin", "", "test_batch.bin");

    private final Layout layout;
    private final String rawName;
    private final String dottedName;
    private final String emnistStem;
    private final String djlKey;

    DataFile(Layout layout, String rawName, String dottedName, String emnistStem, String djlKey) {
        this.layout = layout;
        this.rawName = rawName;
        this.dottedName = dottedName;
        this.emnistStem = emnistStem;
        this.djlKey = djlKey;
    }

    /** Those of a layout, in the order in which digests are published. */
    static List<DataFile> of(Layout layout) {
        return Arrays.stream(values()).filter(file -> file.layout == layout).toList();
    }

    /** The name of the uncompressed file, for example {@code train-images-idx3-ubyte}; digests go by it. */
    String rawName() {
        return rawName;
    }

    /** The name of the gzipped file, which messages use and a fetched file gets. */
    String zippedName() {
        return rawName + ".gz";
    }

    /** The names it may have in a folder, in the order of look-up; some unpackers write a dot for the first hyphen. */
    List<String> names() {
        return List.of(zippedName(), rawName, dottedName + ".gz", dottedName);
    }

    /** The name of the uncompressed file in EMNIST, for example {@code emnist-letters-train-images-idx3-ubyte}. */
    String emnistName(String split) {
        return Emnist.PREFIX + split + "-" + emnistStem + rawName.substring(rawName.indexOf("-idx"));
    }

    /** What DJL's repository calls it. */
    String djlKey() {
        return djlKey;
    }
}
