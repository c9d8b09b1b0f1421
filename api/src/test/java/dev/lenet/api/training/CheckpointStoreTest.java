package dev.lenet.api.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.ModelFormatException;
import dev.lenet.api.engine.TrainerState;
import dev.lenet.api.inference.Evaluation;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import dev.lenet.api.training.Checkpoint.Best;
import dev.lenet.api.training.Checkpoint.Partial;
import dev.lenet.api.training.Checkpoint.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checkpoints as files: what is written is read, and nothing else is. */
class CheckpointStoreTest {
    static final Network NETWORK = Network.input(2).layer("fc", Linear.of(3)).build();

    @TempDir
    Path folder = Path.of("");

    static Checkpoint checkpoint(long step) {
        return checkpoint(NETWORK, step);
    }

    static Checkpoint checkpoint(Network network, long step) {
        return new Checkpoint(
                network,
                state(network, step),
                new Position(-42, 10, true, 95, 0.1 + 0.2),
                step % 10 == 0 ? Partial.NONE : new Partial(step % 10 * 10, 1 / 3.0, 0.1 + 0.2),
                reports((int) (step / 10)),
                step < 10 ? null : new Best(1, 0.125, state(network, 10)));
    }

    private static TrainerState state(Network network, long step) {
        float value = 0.1f + step;
        Weights weights =
                Weights.of(network, parameter -> filled(parameter.shape().size(), value));
        Weights first =
                Weights.of(network, parameter -> filled(parameter.shape().size(), -value));
        Weights second =
                Weights.of(network, parameter -> filled(parameter.shape().size(), Float.MIN_VALUE));
        return new TrainerState(step, weights, Map.of("first_moment", first, "second_moment", second));
    }

    private static float[] filled(int size, float value) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = value * (i + 1);
        }
        return values;
    }

    private static List<EpochReport> reports(int count) {
        return java.util.stream.IntStream.rangeClosed(1, count)
                .mapToObj(epoch ->
                        new EpochReport(epoch, epoch / 7.0, 95, epoch / 3.0, epoch % 2 == 0 ? null : evaluation(epoch)))
                .toList();
    }

    private static Evaluation evaluation(int epoch) {
        return new Evaluation(9, epoch * 1e-17, new int[][] {{1, 2, 0}, {0, 3, 0}, {epoch, 0, 1}});
    }

    /** All of it, as a text that is equal when every bit is. */
    static String text(Checkpoint checkpoint) {
        StringBuilder text = new StringBuilder();
        text.append(checkpoint.network()).append(Bits.of(checkpoint.state())).append(checkpoint.position());
        text.append(checkpoint.partial());
        for (EpochReport report : checkpoint.history()) {
            @Nullable Evaluation evaluation = report.validation();
            text.append(report.epoch()).append(' ').append(report.seconds()).append(' ');
            text.append(report.examples())
                    .append(' ')
                    .append(report.trainingLoss())
                    .append(' ');
            if (evaluation != null) {
                text.append(evaluation.count()).append(' ').append(evaluation.loss());
                text.append(Arrays.deepToString(evaluation.confusion()));
            }
        }
        @Nullable Best best = checkpoint.best();
        if (best != null) {
            text.append(best.epoch()).append(' ').append(best.loss()).append(Bits.of(best.state()));
        }
        return text.toString();
    }

    private CheckpointStore store() {
        return new CheckpointStore(folder);
    }

    private Path newest() {
        return folder.resolve("checkpoint.safetensors");
    }

    private Path previous() {
        return folder.resolve("checkpoint.previous.safetensors");
    }

    @ParameterizedTest
    @CsvSource({"0", "3", "10", "37", "120"})
    void readsWhatItWroteToTheBit(long step) {
        store().save(checkpoint(step));

        CheckpointStore.Found found = store().latest();

        assertThat(text(found.checkpoint())).isEqualTo(text(checkpoint(step)));
        assertThat(found.problem()).isNull();
    }

    @Test
    void equalCheckpointsAreEqualFiles() throws IOException {
        store().save(checkpoint(37));
        byte[] first = Files.readAllBytes(newest());
        store().save(checkpoint(37));
        assertThat(Files.readAllBytes(newest())).isEqualTo(first);
    }

    @Test
    void keepsTheOneBeforeAndNoMore() throws IOException {
        assertThat(store().isEmpty()).isTrue();
        for (long step : new long[] {1, 2, 3}) {
            store().save(checkpoint(step));
            assertThat(store().isEmpty()).isFalse();
        }
        assertThat(CheckpointStore.read(newest()).step()).isEqualTo(3);
        assertThat(CheckpointStore.read(previous()).step()).isEqualTo(2);
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void clearsWhatItKeepsAndNothingElse() throws IOException {
        CheckpointStore store = new CheckpointStore(folder.resolve("run"));
        store.clear();
        store.save(checkpoint(1));
        store.save(checkpoint(2));
        store.clear();
        assertThat(store.isEmpty()).isTrue();
        assertThat(folder.resolve("run")).doesNotExist();

        store.save(checkpoint(3));
        Files.writeString(folder.resolve("run/mine.txt"), "mine");
        store.clear();
        assertThat(folder.resolve("run")).isDirectoryContaining("glob:**/mine.txt");
        assertThat(store.isEmpty()).isTrue();
    }

    @Test
    void fallsBackToTheOneBeforeAndSaysWhy() throws IOException {
        store().save(checkpoint(1));
        store().save(checkpoint(2));
        byte[] bytes = Files.readAllBytes(newest());
        bytes[bytes.length - 1] ^= 1;
        Files.write(newest(), bytes);

        CheckpointStore.Found found = store().latest();

        assertThat(found.checkpoint().step()).isEqualTo(1);
        assertThat(found.problem())
                .startsWith(newest() + ": state.sha256: expected ")
                .endsWith(". The file was damaged after it was written: continue from another checkpoint.");
    }

    /** A kill between the two renames would leave only the one before. */
    @Test
    void aDamagedOneNeverTakesThePlaceOfTheOneBefore() throws IOException {
        store().save(checkpoint(1));
        store().save(checkpoint(2));
        Files.writeString(newest(), "a");
        CheckpointStore store = store();
        Checkpoint found = store.latest().checkpoint();

        store.save(checkpoint(found.step() + 1));

        assertThat(CheckpointStore.read(newest()).step()).isEqualTo(2);
        assertThat(CheckpointStore.read(previous()).step()).isEqualTo(1);
        store.save(checkpoint(3));
        assertThat(CheckpointStore.read(newest()).step()).isEqualTo(3);
        assertThat(CheckpointStore.read(previous()).step()).isEqualTo(2);
    }

    /** As a kill between two renames leaves it. */
    @Test
    void fallsBackWhereTheNewestIsGone() throws IOException {
        store().save(checkpoint(1));
        store().save(checkpoint(2));
        Files.delete(newest());

        assertThat(store().isEmpty()).isFalse();
        assertThat(store().latest().checkpoint().step()).isEqualTo(1);
        assertThat(store().latest().problem())
                .isEqualTo(newest() + ": expected the checkpoint of a run, found none. Check the name of the run.");
        store().save(checkpoint(3));
        assertThat(CheckpointStore.read(previous()).step()).isEqualTo(1);
    }

    @Test
    void whereBothAreDamagedItSaysSoOfBoth() throws IOException {
        store().save(checkpoint(1));
        store().save(checkpoint(2));
        Files.writeString(newest(), "a");
        Files.writeString(previous(), "b");
        assertThatThrownBy(() -> store().latest())
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("checkpoint.safetensors: expected a safetensors file")
                .hasMessageContaining("checkpoint.previous.safetensors: expected a safetensors file");
    }
}
