package dev.lenet.app.usecase;

import dev.lenet.api.DatasetException;
import dev.lenet.api.Shape;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.ImageRows;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.inference.Classifier;
import dev.lenet.api.inference.Rejection;
import dev.lenet.api.model.ModelFile;
import dev.lenet.datasets.DatasetFinder;
import dev.lenet.datasets.DatasetKind;
import dev.lenet.datasets.MadeUpImages;
import dev.lenet.vision.DigitImage;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Images of what a model has not learnt: made up, and those of other data sets that are present. */
final class Strangers {
    /** Of each kind: enough for a table, and little next to the other work of a report. */
    private static final int COUNT = 200;

    private static final int FAMILIAR = 1000;

    private static final long SEED = 1;

    private final Installation installation;

    @Inject
    Strangers(Installation installation) {
        this.installation = installation;
    }

    /**
     * Lets a model say what it makes of them.
     *
     * @param test images of the model's classes
     * @param dataset what they are called
     * @return null where it is not known what is strange to the model: it has learnt data of the user's own, or images of another shape
     */
    @Nullable
    Rejection rejection(Engine engine, ModelFile model, ImageRows test, String dataset) {
        Optional<DatasetKind> learnt = DatasetKind.of(dataset).filter(kind -> !kind.own());
        if (learnt.isEmpty() || !test.exampleShape().equals(Shape.of(1, DigitImage.SIDE, DigitImage.SIDE))) {
            return null;
        }
        try (Classifier classifier = Classifier.on(engine, model)) {
            Map<String, List<byte[]>> others = new LinkedHashMap<>();
            for (MadeUpImages made : MadeUpImages.values()) {
                others.put(made.title(), made.images(COUNT, SEED));
            }
            DatasetKind.all().stream()
                    .filter(kind -> !kind.own() && !kind.equals(learnt.get()))
                    .forEach(kind -> others.put(kind.id(), present(kind)));
            return Rejection.of(classifier, images(test, FAMILIAR), others);
        }
    }

    /** Test images of another data set, none if it is not here. Nothing is fetched. */
    private List<byte[]> present(DatasetKind kind) {
        Path directory = kind.usualDirectory();
        try {
            ImageDataset images = DatasetFinder.offline()
                    .find(kind, installation.locate(directory), installation.place(directory))
                    .shaped(Shape.of(1, DigitImage.SIDE, DigitImage.SIDE))
                    .test(kind.normalization().orElse(new Normalization(0, 1)));
            return images(images, COUNT);
        } catch (DatasetException e) {
            return List.of();
        }
    }

    private static List<byte[]> images(ImageRows rows, int most) {
        return IntStream.range(0, Math.min(most, rows.size()))
                .mapToObj(row -> rows.images().image(rows.imageRow(row)))
                .toList();
    }
}
