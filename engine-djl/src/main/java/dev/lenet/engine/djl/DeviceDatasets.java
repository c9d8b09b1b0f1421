package dev.lenet.engine.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.lenet.api.data.ImageDataset;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * The data sets that an engine has copied to a device: those used last, as long as the program holds on to them.
 * Training, validation and test images are two, as the first two are parts of the same.
 */
final class DeviceDatasets {
    private static final int MOST = 3;

    private final NDManager root;
    private final Deque<Entry> entries = new ArrayDeque<>();

    private record Entry(WeakReference<ImageDataset> images, DeviceImages copy, NDManager owner) {}

    /**
     * @param root on the device, owns the copies
     */
    DeviceDatasets(NDManager root) {
        this.root = root;
    }

    Device device() {
        return root.getDevice();
    }

    /**
     * A data set's copy, made at its first use.
     *
     * @param scope owns the arrays that are returned; they last as long as it does
     */
    synchronized DeviceImages copyOf(ImageDataset images, NDManager scope) {
        DeviceImages copy = find(images);
        return new DeviceImages(
                HostBuffer.alias(copy.pixels(), scope),
                HostBuffer.alias(copy.labels(), scope),
                HostBuffer.alias(copy.values(), scope));
    }

    private DeviceImages find(ImageDataset images) {
        for (Iterator<Entry> each = entries.iterator(); each.hasNext(); ) {
            Entry entry = each.next();
            if (entry.images().refersTo(images)) {
                each.remove();
                entries.addFirst(entry);
                return entry.copy();
            } else if (entry.images().refersTo(null)) {
                entry.owner().close();
                each.remove();
            }
        }
        while (entries.size() >= MOST) {
            entries.removeLast().owner().close();
        }
        NDManager owner = root.newSubManager();
        try {
            DeviceImages copy = DeviceImages.copyOf(images, owner);
            entries.addFirst(new Entry(new WeakReference<>(images), copy, owner));
            return copy;
        } catch (RuntimeException e) {
            owner.close();
            throw e;
        }
    }
}
