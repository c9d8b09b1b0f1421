package dev.lenet.report.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lenet.api.LenetException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Event files are what TensorBoard's own writer makes, and are read in the order they were made in")
class EventFileTest {
    private static final long SECOND = 1_700_000_000;
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(SECOND, 250_000_000), ZoneOffset.UTC);

    @TempDir
    Path folder = Path.of("");

    @Test
    @DisplayName("Version, restart, scalar, histogram and images are TensorBoard's, byte for byte (golden.py)")
    void golden() throws IOException {
        float[] values = {-1.5f, -0.25f, 0, 0.125f, 0.5f, 0.5f, 3};
        Path path;
        try (EventFile file = EventFile.create(folder, CLOCK)) {
            file.restart(3);
            file.scalar(3, "loss/training", 0.1);
            file.histogram(300, "weights/conv1.weight", values);
            file.images(0, "samples", "one, zwölf", 28, 14, List.of(png("PNG one"), png("PNG second")));
            path = file.path();
        }

        assertThat(Files.readAllBytes(path)).isEqualTo(resource("golden.tfevents"));
        assertThat(EventReader.events(path)).hasSize(5);
    }

    @Test
    @DisplayName("The name starts with the second and has what TensorBoard looks for")
    void name() {
        try (EventFile file = EventFile.create(folder.resolve("runs/1"), CLOCK)) {
            assertThat(file.path()).hasParent(folder.resolve("runs/1"));
            assertThat(file.path().getFileName().toString())
                    .isEqualTo("events.out.tfevents.1700000000.lenet."
                            + ProcessHandle.current().pid());
        }
    }

    @Test
    @DisplayName("A later file has a later name, even in the same second or with a clock that was set back")
    void laterFilesAreLast() throws IOException {
        try (EventFile first = EventFile.create(folder, CLOCK);
                EventFile second = EventFile.create(folder, CLOCK)) {
            assertThat(second.path().getFileName().toString()).startsWith("events.out.tfevents.1700000001.");
            assertThat(first.path()).isNotEqualTo(second.path());
        }
        Files.createFile(folder.resolve("events.out.tfevents.1800000000.elsewhere.1.v2"));
        Files.createFile(folder.resolve("history.csv"));
        try (EventFile third = EventFile.create(folder, CLOCK)) {
            assertThat(third.path().getFileName().toString()).startsWith("events.out.tfevents.1800000001.");
        }
    }

    @Test
    @DisplayName("What was flushed is whole on the disk while the file is still open")
    void flushes() throws IOException {
        try (EventFile file = EventFile.create(folder, CLOCK)) {
            assertThat(EventReader.summaries(file.path()))
                    .as("behind the version, which TensorBoard wants at once")
                    .isEmpty();
            file.scalar(1, "loss", 2);
            file.scalar(2, "loss", 1);
            file.flush();

            List<EventReader.Message> events = EventReader.summaries(file.path());
            assertThat(events).extracting(event -> event.whole(2)).containsExactly(1L, 2L);
            assertThat(events.get(1).message(5).message(1).only(2)).isEqualTo(1f);
            assertThat(events.get(1).only(1)).as("wall time").isEqualTo(SECOND + 0.25);
        }
    }

    @Test
    @DisplayName("A directory that cannot be made is named")
    void unwritable() throws IOException {
        Path file = Files.createFile(folder.resolve("taken"));

        assertThatExceptionOfType(LenetException.class)
                .isThrownBy(() -> EventFile.create(file, CLOCK))
                .withMessageStartingWith(file + ": expected to write events for TensorBoard, received ")
                .withMessageEndingWith(". Check the permissions and the free space, or choose another place.");
    }

    private static byte[] png(String rest) {
        return ("\u0089" + rest).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(EventFileTest.class.getResourceAsStream("/tensorboard/" + name), name)) {
            return in.readAllBytes();
        }
    }
}
