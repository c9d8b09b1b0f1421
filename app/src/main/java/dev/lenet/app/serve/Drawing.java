package dev.lenet.app.serve;

import com.google.gson.JsonObject;
import dev.lenet.api.inference.Classification;
import dev.lenet.vision.DigitImage;
import dev.lenet.vision.GreyPicture;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A drawing as the page sends it. What the model gets is made of it here, by the recipe of {@code predict}, so that the page
 * and the command line read the same.
 *
 * @param engine which is to read it
 * @param side pixels on each side
 * @param pixels one byte each, row-major, 0 where nothing was drawn
 */
record Drawing(String engine, int side, byte[] pixels) {
    private static final int LEAST_SIDE = DigitImage.SIDE;
    private static final int MOST_SIDE = 256;

    static Drawing of(Request request) {
        int side = request.whole("side", LEAST_SIDE, MOST_SIDE);
        return new Drawing(request.text("engine"), side, request.bytes("pixels", side * side));
    }

    /** What a model sees; null if nothing was drawn. */
    private @Nullable DigitImage image(boolean character) {
        GreyPicture picture = GreyPicture.of(side, side, pixels, "drawing");
        if (character) {
            return DigitImage.find(picture).orElse(null);
        }
        return picture.isBlank() ? null : new DigitImage(picture.scaled(DigitImage.SIDE, DigitImage.SIDE));
    }

    /** What the engine reads, in its own time; nothing but {@code blank} if there is nothing to read. */
    CompletableFuture<JsonObject> answer(ServedEngine engine, ServedModel model) {
        return engine.soon(() -> answer(engine, image(model.characters())));
    }

    private static JsonObject answer(ServedEngine engine, @Nullable DigitImage digit) {
        JsonObject answer = new JsonObject();
        answer.addProperty("engine", engine.name());
        answer.addProperty("blank", digit == null);
        if (digit == null) {
            return answer;
        }
        ServedEngine.Reading reading = engine.read(digit.pixels());
        Classification said = reading.classification();
        answer.addProperty("pixels", Base64.getEncoder().encodeToString(digit.pixels()));
        answer.add("probabilities", Reply.tree(said.probabilities()));
        answer.addProperty("doubtful", said.doubtful());
        answer.addProperty("strange", said.unfamiliar());
        answer.add("layers", Reply.tree(reading.layers()));
        answer.addProperty("latency_us", reading.latencyMicros());
        return answer;
    }
}
