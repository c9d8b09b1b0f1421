package dev.lenet.app.serve;

import com.google.gson.JsonObject;
import dev.lenet.api.Shape;
import dev.lenet.api.inference.Classification;
import dev.lenet.vision.GreyPicture;
import dev.lenet.vision.ModelImage;
import dev.lenet.vision.Preparation;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What the page sends to be read: a drawing of {@code side * side} pixels, one byte each, 0 where nothing was drawn; or a picture
 * of {@code width * height} pixels, of which come all of red, then of green, then of blue. What the model gets is made of it here,
 * by the recipe of {@code predict}, so that the page and the command line read the same.
 *
 * @param engine which is to read it
 */
record Drawing(String engine, ModelImage picture) {
    private static final int LEAST_SIDE = 28;
    private static final int MOST_SIDE = 256;

    /** Of a coloured picture, so that it fits into a request. */
    private static final int MOST_COLOURED_SIDE = 160;

    static Drawing of(Request request) {
        if (request.content().has("colours")) {
            int width = request.whole("width", 1, MOST_COLOURED_SIDE);
            int height = request.whole("height", 1, MOST_COLOURED_SIDE);
            byte[] colours = request.bytes("colours", 3 * width * height);
            return new Drawing(request.text("engine"), new ModelImage(Shape.of(3, height, width), colours));
        }
        int side = request.whole("side", LEAST_SIDE, MOST_SIDE);
        byte[] pixels = request.bytes("pixels", side * side);
        return new Drawing(request.text("engine"), new ModelImage(Shape.of(1, side, side), pixels));
    }

    /** What a model sees; null if nothing was drawn. */
    private @Nullable ModelImage image(ServedModel model) {
        Shape shape = model.file().network().input();
        if (picture.channels() > 1 && model.preparation() != Preparation.MNIST) {
            return picture.as(shape);
        }
        byte[] greys =
                picture.as(Shape.of(1, picture.height(), picture.width())).pixels();
        GreyPicture grey = GreyPicture.of(picture.width(), picture.height(), greys, "drawing");
        // Nothing on a sheet is no drawing; a picture of one colour is one.
        Optional<ModelImage> drawn = picture.channels() == 1 && grey.isBlank()
                ? Optional.empty()
                : model.preparation().find(grey, shape);
        return drawn.orElse(null);
    }

    /** What the engine reads, in its own time; nothing but {@code blank} if there is nothing to read. */
    CompletableFuture<JsonObject> answer(ServedEngine engine, ServedModel model) {
        return engine.soon(() -> answer(engine, image(model)));
    }

    private static JsonObject answer(ServedEngine engine, @Nullable ModelImage image) {
        JsonObject answer = new JsonObject();
        answer.addProperty("engine", engine.name());
        answer.addProperty("blank", image == null);
        if (image == null) {
            return answer;
        }
        ServedEngine.Reading reading = engine.read(image.pixels());
        Classification said = reading.classification();
        answer.addProperty("pixels", Base64.getEncoder().encodeToString(image.pixels()));
        answer.add("probabilities", Reply.tree(said.probabilities()));
        answer.addProperty("doubtful", said.doubtful());
        answer.addProperty("strange", said.unfamiliar());
        answer.add("layers", Reply.tree(reading.layers()));
        answer.addProperty("latency_us", reading.latencyMicros());
        return answer;
    }
}
