package dev.lenet.api.augmentation;

import dev.lenet.api.Argument;
import dev.lenet.api.RandomStream;
import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.data.ImageRows;

/** Images of another data set, each distorted by what it draws. */
final class AugmentedDataset implements Dataset {
    private final Dataset base;
    private final Augmentation augmentation;
    private final RandomStream images;
    /** A reading thread's memory. */
    private final ThreadLocal<Memory> memories;

    private record Memory(ImageWarp warp, Surface surface) {}

    /** @param images of which image i draws from substream i */
    AugmentedDataset(Dataset base, Augmentation augmentation, RandomStream images) {
        Shape shape = base.exampleShape();
        if (shape.rank() != 3) {
            throw new ShapeException("Augmentation: expected images of shape [channels, height, width], received "
                    + shape + ". Augment images, or use no augmentation.");
        }
        int side = Math.min(shape.dimension(1), shape.dimension(2));
        checkDistance("a shift", augmentation.shift(), side);
        checkDistance("an elastic amplitude", augmentation.elasticAmplitude(), side);
        // Paper and ink: the values of a raw pixel of 0 and of 255.
        float paper = base instanceof ImageRows rows ? rows.images().values()[0] : 0;
        float ink = base instanceof ImageRows rows ? rows.images().values()[255] : 1;
        this.base = base;
        this.augmentation = augmentation;
        this.images = images;
        this.memories = ThreadLocal.withInitial(() -> new Memory(
                new ImageWarp(shape, paper, augmentation), new Surface(shape, paper, ink, augmentation.surface())));
    }

    private static void checkDistance(String what, double pixels, int side) {
        Argument.check(
                pixels < side,
                "Augmentation",
                what + " below the images' shorter side of " + side + " pixels",
                pixels,
                "Make it smaller.");
    }

    @Override
    public Shape exampleShape() {
        return base.exampleShape();
    }

    @Override
    public int size() {
        return base.size();
    }

    @Override
    public int classes() {
        return base.classes();
    }

    @Override
    public int label(int row) {
        return base.label(row);
    }

    @Override
    public void read(int row, float[] target, int offset) {
        Memory memory = memories.get();
        RandomStream image = images.substream(row);
        base.read(row, memory.warp().image(), 0);
        memory.warp().write(Distortion.draw(augmentation, image), image, target, offset);
        memory.surface().apply(image, target, offset);
    }
}
