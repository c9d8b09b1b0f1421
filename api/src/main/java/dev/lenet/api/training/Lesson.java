package dev.lenet.api.training;

import dev.lenet.api.data.Batch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a network is to say of the examples of a batch, where that is more than their labels. */
final class Lesson {
    private final @Nullable Teachers teachers;
    private final int firstOutlier;

    /**
     * @param teachers whose answers are learnt; null to learn from labels
     * @param firstOutlier the row of the training set from which on examples are of no class
     */
    Lesson(@Nullable Teachers teachers, int firstOutlier) {
        this.teachers = teachers;
        this.firstOutlier = firstOutlier;
    }

    /**
     * The batch with its soft labels, or as it is if labels say all.
     *
     * @param order the rows of the training set that the batch holds, which may have been read ahead into rows of its own
     * @param offset where they begin there
     */
    Batch of(Batch batch, int[] order, int offset) {
        if (teachers == null && firstOutlier == Integer.MAX_VALUE) {
            return batch;
        }
        int classes = batch.dataset().classes();
        float[] softLabels = teachers == null ? labels(batch, classes) : teachers.answers(batch);
        for (int i = 0; i < batch.size(); i++) {
            if (order[offset + i] >= firstOutlier) {
                Arrays.fill(softLabels, i * classes, (i + 1) * classes, 1f / classes);
            }
        }
        return batch.withSoftLabels(softLabels);
    }

    private static float[] labels(Batch batch, int classes) {
        float[] labels = new float[batch.size() * classes];
        for (int i = 0; i < batch.size(); i++) {
            batch.readSoftLabel(i, labels, i * classes);
        }
        return labels;
    }
}
