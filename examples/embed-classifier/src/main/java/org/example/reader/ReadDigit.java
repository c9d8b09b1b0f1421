package org.example.reader;

import dev.lenet.api.LenetException;
import dev.lenet.api.inference.Classification;
import dev.lenet.api.inference.Classifier;
import dev.lenet.vision.DigitImage;
import java.nio.file.Path;

/** Reads a photo of a digit: {@code java -jar embed-classifier.jar MODEL PICTURE}. */
public final class ReadDigit {
    private ReadDigit() {}

    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            System.err.println("Usage: java -jar embed-classifier.jar MODEL PICTURE");
            System.exit(2);
        }
        try (Classifier classifier = Classifier.open(Path.of(arguments[0]))) {
            Classification answer =
                    classifier.classify(DigitImage.read(Path.of(arguments[1])).pixels());
            System.out.println(answer.doubtful() ? "perhaps " + answer : answer);
        } catch (LenetException e) {
            // Every mistake of a user is one sentence: a missing file, a damaged model, a picture that is none.
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
