package dev.lenet.engine.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.lenet.api.RandomStream;
import dev.lenet.api.Shape;
import dev.lenet.api.augmentation.Augmentation;
import dev.lenet.api.data.Batch;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Batches of images that are on the device")
class DeviceBatchesTest {
    /** Large, so that fourteen examples are more than what is gathered at once. */
    private static final Shape LARGE = Shape.of(1, 800, 900);

    private final DjlEngine engine = Fixtures.engine();
    private final NDManager manager = engine.root().newSubManager();

    @AfterEach
    void close() {
        engine.close();
    }

    private static ImageDataset images(Shape shape, int count) {
        RandomStream stream = RandomStream.of(Fixtures.SEED, "pixels");
        byte[] pixels = new byte[count * shape.size()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) stream.bits(i);
        }
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) (stream.bits(i) >>> 32 & 7);
        }
        return new ImageDataset(shape, pixels, labels, 8, new Normalization(0.1307, 0.3081));
    }

    private DeviceBatches batches(Shape shape) {
        return new DeviceBatches(shape, new DeviceDatasets(manager), manager);
    }

    /** Both arrays of a batch, to the bit as the host reads them. */
    private void assertSame(DeviceBatches batches, Batch batch) {
        HostBatches host = new HostBatches(batch.dataset().exampleShape());
        try (NDManager scope = manager.newSubManager()) {
            NDArray inputs = batches.inputs(batch, scope);
            NDArray expected = host.inputs(batch, scope);
            assertThat(inputs.getShape()).isEqualTo(expected.getShape());
            assertThat(HostBuffer.copyOut(inputs)).isEqualTo(HostBuffer.copyOut(expected));
            assertThat(batches.labels(batch, scope).toLongArray())
                    .isEqualTo(host.labels(batch, scope).toLongArray());
        }
    }

    @Test
    @DisplayName("are those that the host reads, to the bit, in every batch of a shuffled epoch")
    void epoch() {
        ImageDataset images = images(LARGE, 30);
        int[] order = IntStream.range(0, 30).map(i -> i * 7 % 30).toArray();
        DeviceBatches batches = batches(LARGE);
        for (int from = 0; from < 30; from += 4) {
            assertSame(batches, new Batch(images, order, from, Math.min(4, 30 - from)));
        }
        // One that is larger than what is gathered at once, and one further in front.
        assertSame(batches, new Batch(images, order, 10, 18));
        assertSame(batches, new Batch(images, order, 2, 3));
    }

    @Test
    @DisplayName("follow a selection's rows, and change with the data set under the same order")
    void selections() {
        Shape shape = Shape.of(1, 5, 4);
        ImageDataset images = images(shape, 12);
        Dataset some = images.select(new int[] {11, 3, 5, 7}).select(new int[] {2, 0, 1});
        int[] order = {1, 2, 0};
        DeviceBatches batches = batches(shape);
        assertSame(batches, new Batch(some, order, 0, 2));
        assertSame(batches, new Batch(images, order, 0, 2));
        assertSame(batches, new Batch(images.normalizedBy(new Normalization(0.5, 0.2)), order, 0, 2));
        assertSame(batches, new Batch(some, order, 1, 2));
    }

    @Test
    @DisplayName("are read on the host where they are no images in memory")
    void augmented() {
        Shape shape = Shape.of(1, 9, 9);
        Dataset augmented = new Augmentation(2, 10, 0.1, 0.1, 0.1, 0, 4).augment(images(shape, 8), Fixtures.SEED, 1);
        assertSame(batches(shape), Batch.range(augmented, 2, 5));
    }

    @Test
    @DisplayName("need nothing of an order's other places, and refuse a row that is none")
    void rows() {
        Shape shape = Shape.of(1, 3, 3);
        ImageDataset images = images(shape, 4);
        DeviceBatches batches = batches(shape);
        int[] order = {3, 2, -1, 1, 9};
        assertSame(batches, new Batch(images, order, 0, 2));
        assertSame(batches, new Batch(images, order, 3, 1));
        try (NDManager scope = manager.newSubManager()) {
            assertThatThrownBy(() -> batches.inputs(new Batch(images, order, 1, 2), scope))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> batches.inputs(new Batch(images, order, 3, 2), scope))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertSame(batches, new Batch(images, order, 1, 1));
    }

    @Test
    @DisplayName("follow an order that is changed in place")
    void changedOrder() {
        Shape shape = Shape.of(1, 3, 3);
        ImageDataset images = images(shape, 6);
        DeviceBatches batches = batches(shape);
        int[] order = {0, 1, 2, 3, 4, 5};
        assertSame(batches, new Batch(images, order, 0, 2));
        order[3] = 0;
        assertSame(batches, new Batch(images, order, 2, 2));
        assertSame(batches, new Batch(images, order, 4, 2));
    }

    @Test
    @DisplayName("of more data sets than are kept come from new copies")
    void many() {
        Shape shape = Shape.of(1, 2, 2);
        DeviceBatches batches = batches(shape);
        ImageDataset first = images(shape, 3);
        for (int i = 1; i <= 6; i++) {
            assertSame(batches, Batch.range(images(shape, 3 + i), i, 3));
            assertSame(batches, Batch.range(first, 0, 3));
        }
    }
}
