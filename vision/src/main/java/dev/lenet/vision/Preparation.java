package dev.lenet.vision;

import dev.lenet.api.DatasetException;
import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a picture becomes the image that a model reads. A model file says which way its training images were made, and pictures
 * for it have to be made in the same way.
 *
 * <pre>{@code
 * ModelImage image = Preparation.CROPPED.read(Path.of("cat.jpg"), Shape.of(3, 32, 32));
 * classifier.classify(image.pixels());
 * }</pre>
 */
public enum Preparation {
    /**
     * As MNIST's makers did: the ink is found, cropped, scaled and centred, see {@link DigitImage}. For another shape the 28x28
     * pixels are scaled.
     */
    MNIST,

    /**
     * The picture is scaled until it covers the image, without changing its proportions, and what stands out on two sides is cut
     * off. Light, dark and colours stay; a grey image has their luma.
     */
    CROPPED,

    /** The picture is stretched or shrunk to the image, whatever its proportions. Older versions did so, with grey images. */
    STRETCHED;

    /** The fact of a model file that says it. */
    public static final String FACT = "preparation";

    /** As it is written in a model file. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one with that id. */
    public static Optional<Preparation> of(String id) {
        return Stream.of(values()).filter(each -> each.id().equals(id)).findFirst();
    }

    /**
     * Reads a picture file.
     *
     * @param shape of the image
     * @throws DatasetException if the file is missing, damaged, too large or no picture, or shows no digit where one is looked for
     * @throws ShapeException if it is not the shape of an image of 1 or 3 channels
     */
    public ModelImage read(Path file, Shape shape) {
        return readsGrey(shape) ? of(GreyPicture.read(file), shape) : of(ColourPicture.read(file), shape);
    }

    /**
     * Reads the bytes of a picture file.
     *
     * @param name what messages call it
     * @param shape of the image
     * @throws DatasetException as {@link #read(Path, Shape)} does
     * @throws ShapeException if it is not the shape of an image of 1 or 3 channels
     */
    public ModelImage read(byte[] file, String name, Shape shape) {
        return readsGrey(shape) ? of(GreyPicture.read(file, name), shape) : of(ColourPicture.read(file, name), shape);
    }

    /**
     * Reads a picture file to the end of a stream, which stays open.
     *
     * @param name what messages call it
     * @param shape of the image
     * @throws DatasetException as {@link #read(Path, Shape)} does
     * @throws ShapeException if it is not the shape of an image of 1 or 3 channels
     */
    public ModelImage read(InputStream file, String name, Shape shape) {
        return readsGrey(shape) ? of(GreyPicture.read(file, name), shape) : of(ColourPicture.read(file, name), shape);
    }

    private boolean readsGrey(Shape shape) {
        ModelImage.checkShape(shape);
        return this == MNIST || shape.dimension(0) == 1;
    }

    /**
     * Makes an image of a picture of greys.
     *
     * @throws DatasetException if it shows no digit where one is looked for
     * @throws ShapeException if it is not the shape of an image of 1 or 3 channels
     */
    public ModelImage of(GreyPicture picture, Shape shape) {
        return find(picture, shape).orElseThrow(picture::blank);
    }

    /**
     * Makes an image of a picture of greys; empty if it shows no digit where one is looked for.
     *
     * @throws ShapeException if it is not the shape of an image of 1 or 3 channels
     */
    public Optional<ModelImage> find(GreyPicture picture, Shape shape) {
        ModelImage.checkShape(shape);
        GreyImage grey = picture.image();
        int width = shape.dimension(2);
        int height = shape.dimension(1);
        if (this != MNIST) {
            GreyImage made = this == CROPPED ? grey.covering(width, height) : stretched(grey, width, height);
            return Optional.of(image(made).as(shape));
        }
        // What was made for such a model is read as it is.
        boolean made = grey.width() == width && grey.height() == height && DigitImage.hasBlackBorder(grey);
        return made && !picture.isBlank()
                ? Optional.of(image(grey).as(shape))
                : DigitImage.find(picture).map(digit -> ModelImage.of(digit).as(shape));
    }

    private static ModelImage image(GreyImage grey) {
        return new ModelImage(Shape.of(1, grey.height(), grey.width()), grey.bytes());
    }

    private ModelImage of(ColourPicture picture, Shape shape) {
        int width = shape.dimension(2);
        int height = shape.dimension(1);
        return ModelImage.joined(
                picture.planes(),
                shape,
                plane -> this == CROPPED ? plane.covering(width, height) : stretched(plane, width, height));
    }

    private static GreyImage stretched(GreyImage image, int width, int height) {
        boolean same = image.width() == width && image.height() == height;
        return same ? image : image.resized(0, 0, image.width(), image.height(), width, height);
    }
}
