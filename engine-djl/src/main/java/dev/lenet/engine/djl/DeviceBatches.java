package dev.lenet.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.lenet.api.Shape;
import dev.lenet.api.data.Batch;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.data.ImageRows;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Batches of images that are on the device already.
 *
 * <p>Batches of an epoch share their order, so thousands of examples are gathered at once, and most batches are windows
 * onto them: no copy, no operation of the device, and above all no wait for it, as every copy from the host is one. A data
 * set that is not {@link ImageRows}, for example an augmented one, is read on the host.
 */
final class DeviceBatches implements Batches {
    /** Bytes of inputs that are gathered at once; a batch that is larger is gathered by itself. */
    private static final int GATHERED = 32 << 20;

    private final Shape example;
    private final DeviceDatasets datasets;
    private final NDManager manager;
    private final HostBatches host;
    private final HostBuffer rows = new HostBuffer();
    private @Nullable Gathered gathered;

    /**
     * @param example its shape
     * @param manager on the device, owns what is gathered
     */
    DeviceBatches(Shape example, DeviceDatasets datasets, NDManager manager) {
        this.example = example;
        this.datasets = datasets;
        this.manager = manager;
        this.host = new HostBatches(example);
    }

    /**
     * Examples {@code order[from]} to the last of {@code rows}, {@code [rows.length, ...]}.
     *
     * @param dataset which it does not keep from being collected
     * @param rows a copy of that part of the order, in case that it is changed
     */
    private record Gathered(
            WeakReference<Dataset> dataset, int[] rows, int from, NDArray inputs, NDArray labels, NDManager owner) {

        boolean holds(Batch batch) {
            int first = batch.offset() - from;
            int end = first + batch.size();
            return dataset.refersTo(batch.dataset())
                    && first >= 0
                    && end <= rows.length
                    && Arrays.equals(rows, first, end, batch.order(), batch.offset(), batch.offset() + batch.size());
        }

        NDArray part(NDArray all, Batch batch, NDManager scope) {
            int first = batch.offset() - from;
            NDArray part = JniUtils.slice((PtNDArray) all, 0, first, (long) first + batch.size(), 1);
            part.attach(scope);
            return part;
        }
    }

    @Override
    public NDArray inputs(Batch batch, NDManager scope) {
        Gathered held = gather(batch);
        return held == null ? host.inputs(batch, scope) : held.part(held.inputs(), batch, scope);
    }

    @Override
    public NDArray labels(Batch batch, NDManager scope) {
        Gathered held = gather(batch);
        return held == null ? host.labels(batch, scope) : held.part(held.labels(), batch, scope);
    }

    /** They are the batch's own, as a rule, and so never on the device. */
    @Override
    public NDArray softLabels(Batch batch, NDManager scope) {
        return host.softLabels(batch, scope);
    }

    /** What holds that batch; null if it cannot be gathered. */
    private @Nullable Gathered gather(Batch batch) {
        if (gathered != null && gathered.holds(batch)) {
            return gathered;
        }
        if (!(batch.dataset() instanceof ImageRows images)) {
            return null;
        }
        release();
        NDManager owner = manager.newSubManager();
        try (NDManager scope = owner.newSubManager()) {
            long[] imageRows = imageRows(images, batch);
            int size = imageRows.length;
            rows.room(Math.multiplyExact(size, Long.BYTES)).asLongBuffer().put(imageRows);
            NDArray rowNumbers = rows.array(scope, new ai.djl.ndarray.types.Shape(size), DataType.INT64);
            DeviceImages copy = datasets.copyOf(images.images(), scope);
            NDArray inputs = copy.inputs(rowNumbers).reshape(HostBuffer.dimensions(example.batchOf(size)));
            NDArray labels = copy.labels(rowNumbers);
            inputs.attach(owner);
            labels.attach(owner);
            Gathered fresh = new Gathered(
                    new WeakReference<>(batch.dataset()),
                    Arrays.copyOfRange(batch.order(), batch.offset(), batch.offset() + size),
                    batch.offset(),
                    inputs,
                    labels,
                    owner);
            gathered = fresh;
            return fresh;
        } catch (RuntimeException | Error e) {
            owner.close();
            throw e;
        }
    }

    /** Which images the batch's examples are, and those that come after it, as many as are gathered with it. */
    private long[] imageRows(ImageRows images, Batch batch) {
        int most = Math.max(batch.size(), GATHERED / Float.BYTES / example.size());
        long[] imageRows = new long[Math.min(most, batch.order().length - batch.offset())];
        for (int i = 0; i < imageRows.length; i++) {
            try {
                imageRows[i] = images.imageRow(batch.order()[batch.offset() + i]);
            } catch (IndexOutOfBoundsException e) {
                if (i < batch.size()) {
                    throw e;
                }
                // An order may have anything in places that no batch is of.
                return Arrays.copyOf(imageRows, i);
            }
        }
        return imageRows;
    }

    private void release() {
        if (gathered != null) {
            gathered.owner().close();
            gathered = null;
        }
    }
}
