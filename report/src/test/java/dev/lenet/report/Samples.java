package dev.lenet.report;

import dev.lenet.api.Shape;
import dev.lenet.api.augmentation.Corruption;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.inference.Classification;
import dev.lenet.api.inference.Predictions;
import dev.lenet.api.inference.Rejection;
import dev.lenet.api.inference.Robustness;
import dev.lenet.api.network.LeNet5;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reports on models that were never trained: noise, and logits that are right as often as asked for. */
final class Samples {
    private static final long SEED = 7;

    private Samples() {}

    static ImageDataset images(int classes, int count) {
        byte[] pixels = new byte[count * 784];
        new Random(SEED).nextBytes(pixels);
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) (i % classes);
        }
        return new ImageDataset(Shape.of(1, 28, 28), pixels, labels, classes, new Normalization(0, 1));
    }

    /** @param right share of the predictions that are */
    static Predictions predictions(ImageDataset images, double right) {
        Random random = new Random(SEED);
        int classes = images.classes();
        float[] logits = new float[images.size() * classes];
        for (int row = 0; row < images.size(); row++) {
            int says = random.nextDouble() < right ? images.label(row) : random.nextInt(classes);
            logits[row * classes + says] = 1 + 8 * random.nextFloat();
        }
        return Predictions.of(images, logits);
    }

    static ReportData data(ClassNames names, Predictions predictions, @Nullable TrainingHistory history) {
        int classes = predictions.classes();
        Network network = LeNet5.network(2, classes, 0);
        return new ReportData(
                "Run sample",
                "idx",
                names,
                network,
                Weights.initial(network, SEED),
                predictions,
                robustness(classes),
                rejection(names),
                List.of(),
                history,
                "native",
                Map.of("seed", "42"),
                "seed: 42\n");
    }

    private static Robustness robustness(int classes) {
        Map<Corruption, Predictions> predictions = new EnumMap<>(Corruption.class);
        for (Corruption kind : Corruption.values()) {
            predictions.put(kind, predictions(kind.corrupt(images(classes, 12), SEED), 0.7));
        }
        return new Robustness(predictions);
    }

    /** Two images of the classes, and four of none, of which the last two are doubted. */
    private static Rejection rejection(ClassNames names) {
        return new Rejection(
                List.of(answer(names, 0.1), answer(names, 0.4)),
                List.of(new Rejection.Kind(
                        "blots",
                        List.of(new byte[784], new byte[784], new byte[784], new byte[784]),
                        List.of(answer(names, 0), answer(names, 0.5), answer(names, 1.5), answer(names, 2)))));
    }

    private static Classification answer(ClassNames names, double novelty) {
        float[] logits = new float[names.count()];
        logits[0] = 20;
        return Classification.of(names, logits, novelty);
    }

    /** Losses that fall by half each time. */
    static TrainingHistory history(int epochs, boolean validated) {
        return new TrainingHistory(
                IntStream.rangeClosed(1, epochs)
                        .mapToObj(i -> new TrainingHistory.Epoch(
                                i,
                                1.5,
                                1000,
                                Math.pow(0.5, i),
                                validated ? Double.valueOf(Math.pow(0.5, i) + 0.01) : null,
                                validated ? Double.valueOf(1 - 0.1 / i) : null))
                        .toList(),
                List.of(0.001, 0.0005, 0.0),
                "");
    }
}
