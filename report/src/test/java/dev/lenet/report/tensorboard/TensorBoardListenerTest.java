package dev.lenet.report.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.inference.Evaluation;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import dev.lenet.api.training.EpochReport;
import dev.lenet.report.tensorboard.EventReader.Message;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("TensorBoard is told of each epoch as it ends")
class TensorBoardListenerTest {
    private static final Network NETWORK = Network.input(1, 2, 3)
            .layer("flatten", new Flatten())
            .layer("fc1", Linear.of(2))
            .build();
    private static final Weights WEIGHTS = Weights.initial(NETWORK, 1);
    private static final Evaluation VALIDATION = new Evaluation(4, 0.5, new int[][] {{1, 1}, {0, 2}});

    @TempDir
    Path folder = Path.of("");

    @Test
    @DisplayName("Losses, accuracy, learning rate, speed and weights have a point an epoch, readable at its end")
    void epochs() throws IOException {
        EventFile file = EventFile.create(folder, Clock.systemUTC());
        try (TensorBoardListener listener = new TensorBoardListener(file, () -> WEIGHTS)) {
            listener.stepped(1, 32, 0.01);
            listener.stepped(2, 32, 0.0625);
            listener.epochEnded(new EpochReport(3, 2, 100, 0.25, VALIDATION));

            List<Message> events = EventReader.summaries(file.path());
            assertThat(events).extracting(event -> event.whole(2)).containsOnly(3L);
            assertThat(tags(events))
                    .containsExactly(
                            "loss/training",
                            "loss/validation",
                            "accuracy/validation",
                            "learning_rate",
                            "images_per_second",
                            "weights/fc1.weight",
                            "weights/fc1.bias");
            assertThat(events.subList(0, 5))
                    .extracting(event -> value(event).only(2))
                    .containsExactly(0.25f, 0.5f, 0.75f, 0.0625f, 50f);
        }
    }

    @Test
    @DisplayName("What is not known is not shown")
    void withoutValidation() throws IOException {
        EventFile file = EventFile.create(folder, Clock.systemUTC());
        try (TensorBoardListener listener = new TensorBoardListener(file, () -> WEIGHTS)) {
            listener.epochEnded(new EpochReport(1, 2, 100, 0.25, null));
        }

        assertThat(tags(EventReader.summaries(file.path())))
                .containsExactly("loss/training", "images_per_second", "weights/fc1.weight", "weights/fc1.bias");
    }

    @Test
    @DisplayName("A histogram counts all weights of a parameter, or all gradients")
    void histograms() throws IOException {
        EventFile file = EventFile.create(folder, Clock.systemUTC());
        try (TensorBoardListener listener = new TensorBoardListener(file, () -> WEIGHTS)) {
            listener.gradients(2, () -> Weights.zeros(NETWORK));
            listener.epochEnded(new EpochReport(2, 2, 100, 0.25, null));
        }

        List<Message> events = EventReader.summaries(file.path());
        assertThat(tags(events).subList(0, 2)).containsExactly("gradients/fc1.weight", "gradients/fc1.bias");
        double[] weights = buckets(events.get(4));
        float[] values = WEIGHTS.get("fc1.weight");
        double count = 0;
        for (int i = 0; i < Histogram.BUCKETS; i++) {
            count += weights[3 * i + 2];
        }
        assertThat(count).isEqualTo(12);
        assertThat(weights[0]).as("the least").isEqualTo(least(values));
        assertThat(buckets(events.get(0))[3 * 29 + 2])
                .as("zeros, all in one bucket")
                .isEqualTo(12);
    }

    @Test
    @DisplayName("A run that goes on says from where, before anything else")
    void resumed() throws IOException {
        EventFile file = EventFile.create(folder, Clock.systemUTC());
        try (TensorBoardListener listener = new TensorBoardListener(file, () -> WEIGHTS)) {
            listener.started(0, 500, 50);
            assertThat(EventReader.summaries(file.path()))
                    .as("of a run that begins")
                    .isEmpty();

            listener.started(149, 500, 50);
            Message event = EventReader.summaries(file.path()).get(0);
            assertThat(event.whole(2)).as("the epoch under way").isEqualTo(3);
            assertThat(event.message(7).whole(1)).as("START").isEqualTo(1);

            listener.started(150, 500, 50);
            assertThat(EventReader.summaries(file.path()).get(1).whole(2))
                    .as("three epochs are over")
                    .isEqualTo(4);
        }
    }

    @Test
    @DisplayName("Sample images have their pixels, are from all over the data set, and are named")
    void samples() throws IOException {
        byte[] pixels = new byte[6 * 40];
        byte[] labels = new byte[40];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i + 10);
            labels[i / 6] = (byte) (i / 6 / 20);
        }
        Normalization normalization = new Normalization(0.1307, 0.3081);
        ImageDataset dataset = new ImageDataset(Shape.of(1, 2, 3), pixels, labels, 2, normalization);
        EventFile file = EventFile.create(folder, Clock.systemUTC());
        try (TensorBoardListener listener = new TensorBoardListener(file, () -> WEIGHTS)) {
            listener.samples("samples", dataset, normalization, k -> k == 0 ? "cat" : "dog");
        }

        Message value = value(EventReader.summaries(file.path()).get(0));
        assertThat(value.message(9).message(1).text(1)).isEqualTo("images");
        assertThat(value.message(9).text(3)).isEqualTo("cat, cat, cat, cat, cat, dog, dog, dog, dog, dog");
        List<Object> strings = value.message(8).fields().getOrDefault(8, List.of());
        assertThat(strings).hasSize(12);
        assertThat(text(strings.get(0))).as("width").isEqualTo("3");
        assertThat(text(strings.get(1))).as("height").isEqualTo("2");
        BufferedImage fifth = ImageIO.read(new ByteArrayInputStream((byte[]) strings.get(2 + 5)));
        int[] received = fifth.getRaster().getPixels(0, 0, 3, 2, (int[]) null);
        assertThat(received).as("example 20 of 40").containsExactly(130, 131, 132, 133, 134, 135);
    }

    @Test
    @DisplayName("Examples that are no images are refused")
    void noImages() {
        ImageDataset colours =
                new ImageDataset(Shape.of(2, 1, 1), new byte[] {1, 2}, new byte[] {0}, 2, new Normalization(0, 1));
        try (TensorBoardListener listener =
                new TensorBoardListener(EventFile.create(folder, Clock.systemUTC()), () -> WEIGHTS)) {
            assertThatExceptionOfType(ShapeException.class)
                    .isThrownBy(() -> listener.samples("samples", colours, new Normalization(0, 1), String::valueOf))
                    .withMessage(
                            "Thumbnail: expected images [1, height, width] or [3, height, width], received [2, 1, 1]."
                                    + " Show another data set.");
        }
    }

    private static Message value(Message event) {
        return event.message(5).message(1);
    }

    private static List<String> tags(List<Message> events) {
        return events.stream().map(event -> value(event).text(1)).toList();
    }

    private static double[] buckets(Message event) {
        double[] buckets = new double[3 * Histogram.BUCKETS];
        ByteBuffer.wrap((byte[]) value(event).message(8).only(4))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asDoubleBuffer()
                .get(buckets);
        return buckets;
    }

    private static double least(float[] values) {
        return Stream.iterate(0, i -> i < values.length, i -> i + 1)
                .mapToDouble(i -> values[i])
                .min()
                .orElseThrow();
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.US_ASCII);
    }
}
