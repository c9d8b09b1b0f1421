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
    private final ThreadLocal<ImageWarp> warps;

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
        float background = background(base);
        this.base = base;
        this.augmentation = augmentation;
        this.images = images;
        this.warps = ThreadLocal.withInitial(() -> new ImageWarp(shape, background, augmentation));
    }

    /** What surrounds the images of a data set. */
    private static float background(Dataset dataset) {
        return dataset instanceof ImageRows rows ? rows.images().values()[0] : 0;
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
        ImageWarp warp = warps.get();
        RandomStream image = images.substream(row);
        base.read(row, warp.image(), 0);
        warp.write(Distortion.draw(augmentation, image), image, target, offset);
    }
}
