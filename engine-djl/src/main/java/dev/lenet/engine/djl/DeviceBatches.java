package dev.lenet.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.lenet.api.Shape;
import dev.lenet.api.data.Batch;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.data.ImageDataset;
import java.nio.LongBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Batches of images that are on the device already.
 *
 * <p>Batches of an epoch share their order, so thousands of examples are gathered at once, and most batches are windows
 * onto them: no copy, no operation of the device, and above all no wait for it, as every copy from the host is one. What
 * is no image in memory, as an augmented one, is read on the host.
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

    /** Examples {@code order[from]} to {@code order[end - 1]}, {@code [end - from, ...]}. */
    private record Gathered(
            Dataset dataset, int[] order, int from, int end, NDArray inputs, NDArray labels, NDManager owner) {

        boolean holds(Batch batch) {
            return batch.dataset() == dataset
                    && batch.order() == order
                    && batch.offset() >= from
                    && batch.offset() + batch.size() <= end;
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

    /** What holds that batch; null if it cannot be gathered. */
    private @Nullable Gathered gather(Batch batch) {
        if (gathered != null && gathered.holds(batch)) {
            return gathered;
        }
        Optional<ImageDataset> images = batch.dataset().images();
        if (images.isEmpty()) {
            return null;
        }
        close();
        NDManager owner = manager.newSubManager();
        try (NDManager scope = owner.newSubManager()) {
            int size = batch.size() + following(batch);
            NDArray rowNumbers = rowNumbers(batch, size, scope);
            DeviceImages copy = datasets.copyOf(images.get(), scope);
            NDArray inputs = copy.inputs(rowNumbers).reshape(HostBuffer.dimensions(example.batchOf(size)));
            NDArray labels = copy.labels(rowNumbers);
            inputs.attach(owner);
            labels.attach(owner);
            Gathered fresh = new Gathered(
                    batch.dataset(), batch.order(), batch.offset(), batch.offset() + size, inputs, labels, owner);
            gathered = fresh;
            return fresh;
        } catch (RuntimeException e) {
            owner.close();
            throw e;
        }
    }

    /** How many examples that come after the batch are gathered with it. */
    private int following(Batch batch) {
        int end = batch.offset() + batch.size();
        int room = Math.max(0, GATHERED / Float.BYTES / example.size() - batch.size());
        int most = Math.min(batch.order().length, end + room);
        int last = end;
        // An order may have anything in places that no batch is of.
        while (last < most
                && batch.order()[last] >= 0
                && batch.order()[last] < batch.dataset().size()) {
            last++;
        }
        return last - end;
    }

    private NDArray rowNumbers(Batch batch, int size, NDManager scope) {
        LongBuffer room = rows.room(Math.multiplyExact(size, Long.BYTES)).asLongBuffer();
        for (int i = 0; i < size; i++) {
            room.put(batch.dataset().imageRow(batch.order()[batch.offset() + i]));
        }
        return rows.array(scope, new ai.djl.ndarray.types.Shape(size), DataType.INT64);
    }

    @Override
    public void close() {
        if (gathered != null) {
            gathered.owner().close();
            gathered = null;
        }
    }
}
