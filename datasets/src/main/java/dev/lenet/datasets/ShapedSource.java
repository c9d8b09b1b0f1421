package dev.lenet.datasets;

import dev.lenet.api.DatasetException;
import dev.lenet.api.Shape;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.LabelCodes;
import dev.lenet.api.data.Normalization;
import dev.lenet.vision.ModelImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A data set whose images are made into another shape when they are read, as {@link ModelImage#as} does it. */
final class ShapedSource implements ImageSource {
    /** Of an array. */
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    private final ImageSource source;
    private final Shape shape;

    ShapedSource(ImageSource source, Shape shape) {
        this.source = source;
        this.shape = shape;
    }

    /** Images in that shape: the same ones if they have it. */
    static ImageDataset shaped(ImageDataset images, Shape shape) {
        if (images.exampleShape().equals(shape)) {
            return images;
        }
        byte[] pixels = pixels(images.size(), shape);
        byte[] labels = new byte[images.size()];
        for (int row = 0; row < labels.length; row++) {
            byte[] made = new ModelImage(images.exampleShape(), images.image(row))
                    .as(shape)
                    .pixels();
            System.arraycopy(made, 0, pixels, row * made.length, made.length);
            labels[row] = (byte) images.label(row);
        }
        return new ImageDataset(shape, pixels, labels, images.classes(), images.normalization());
    }

    /**
     * Room for so many images.
     *
     * @throws DatasetException if no array is as large
     */
    static byte[] pixels(int count, Shape shape) {
        long bytes = (long) count * shape.size();
        if (bytes > MOST_BYTES) {
            throw new DatasetException("Images: expected at most " + MOST_BYTES / 1_000_000 + " MB of pixels, received "
                    + count + " images of " + shape + ", which take " + bytes / 1_000_000
                    + " MB. Use a smaller shape, or fewer of them.");
        }
        return new byte[(int) bytes];
    }

    @Override
    public ImageSource shaped(Shape another) {
        return source.shaped(another);
    }

    @Override
    public DatasetKind kind() {
        return source.kind();
    }

    @Override
    public ImageDataset training(Normalization normalization) {
        return shaped(source.training(normalization), shape);
    }

    @Override
    public ImageDataset test(Normalization normalization) {
        return shaped(source.test(normalization), shape);
    }

    @Override
    public ImageDataset test(Normalization normalization, LabelCodes codes) {
        return shaped(source.test(normalization, codes), shape);
    }

    @Override
    public LabelCodes labelCodes() {
        return source.labelCodes();
    }

    @Override
    public ClassNames classNames() {
        return source.classNames();
    }

    /** Of the images as they are stored. */
    @Override
    public Map<String, String> sha256() {
        return source.sha256();
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>(source.notes());
        notes.add("Images are scaled to " + shape + " and cropped, where they have another shape.");
        return notes;
    }
}
