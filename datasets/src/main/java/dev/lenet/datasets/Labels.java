package dev.lenet.datasets;

import dev.lenet.api.data.IdxFile;
import java.util.List;

/**
 * Which labels there are in files of the user's own.
 *
 * @param first the one of the first class, 0 or 1
 * @param count of classes
 */
record Labels(int first, int count) {

    /**
     * Counts from 1 if that is the lowest label: so do EMNIST's letters. From a higher one nothing follows, as labels from
     * 3 on are digits of which some are missing.
     */
    static Labels in(List<IdxFile> files) {
        int lowest = Integer.MAX_VALUE;
        int highest = 0;
        for (IdxFile file : files) {
            for (byte label : file.values()) {
                lowest = Math.min(lowest, label & 0xFF);
                highest = Math.max(highest, label & 0xFF);
            }
        }
        int first = lowest == 1 ? 1 : 0;
        return new Labels(first, highest - first + 1);
    }

    /** The same labels, counted from 0. */
    IdxFile from0(IdxFile labels) {
        if (first == 0) {
            return labels;
        }
        byte[] values = labels.values().clone();
        for (int row = 0; row < values.length; row++) {
            values[row] -= (byte) first;
        }
        return new IdxFile(labels.dimensions(), values, labels.sha256());
    }
}
