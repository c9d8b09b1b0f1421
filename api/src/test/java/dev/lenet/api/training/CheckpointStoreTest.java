package dev.lenet.api.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.lenet.api.ModelFormatException;
import dev.lenet.api.checkpoint.ModelFile;
import dev.lenet.api.checkpoint.Safetensors;
import dev.lenet.api.engine.TrainerState;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.TensorData;
import dev.lenet.api.network.Weights;
import dev.lenet.api.training.Checkpoint.Best;
import dev.lenet.api.training.Checkpoint.Partial;
import dev.lenet.api.training.Checkpoint.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checkpoints as files: what is written is read, and nothing else is. */
class CheckpointStoreTest {
    private static final long SEED = 20261125;
    private static final Network NETWORK =
            Network.input(2).layer("fc", Linear.of(3)).build();

    @TempDir
    Path folder = Path.of("");

    static Checkpoint checkpoint(long step) {
        return new Checkpoint(
                NETWORK,
                state(step),
                new Position(-42, 10, true, 95),
                step % 10 == 0 ? Partial.NONE : new Partial(step % 10 * 10, 1 / 3.0, 0.1 + 0.2),
                reports((int) (step / 10)),
                step < 10 ? null : new Best(1, 0.125, state(10)));
    }

    private static TrainerState state(long step) {
        float value = 0.1f + step;
        Weights weights =
                Weights.of(NETWORK, parameter -> filled(parameter.shape().size(), value));
        Weights first =
                Weights.of(NETWORK, parameter -> filled(parameter.shape().size(), -value));
        Weights second =
                Weights.of(NETWORK, parameter -> filled(parameter.shape().size(), Float.MIN_VALUE));
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
    private static String text(Checkpoint checkpoint) {
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

    @Test
    void everyChangedBitIsNoticed() throws IOException {
        store().save(checkpoint(13));
        byte[] bytes = Files.readAllBytes(newest());
        String whole = text(checkpoint(13));
        Random random = new Random(SEED);
        Path damaged = folder.resolve("damaged.safetensors");
        for (int i = 0; i < bytes.length; i++) {
            int bit = 1 << random.nextInt(8);
            byte[] changed = bytes.clone();
            changed[i] ^= (byte) bit;
            Files.write(damaged, changed);
            try {
                assertThat(text(CheckpointStore.read(damaged)))
                        .as("byte %d, bit %d", i, bit)
                        .isEqualTo(whole);
            } catch (ModelFormatException e) {
                assertThat(e.getMessage()).startsWith(damaged.toString());
            }
        }
    }

    @Test
    void everyTruncationIsNoticed() throws IOException {
        store().save(checkpoint(13));
        byte[] bytes = Files.readAllBytes(newest());
        for (int length = 0; length < bytes.length; length += 7) {
            Files.write(newest(), Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> CheckpointStore.read(newest()))
                    .as("the first %d bytes", length)
                    .isInstanceOf(ModelFormatException.class);
        }
    }

    /** With digests that fit, as somebody makes it who knows the format. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "step|x|step: expected a whole number, received 'x'",
                "step|-1|step: expected a whole number from 0 to 9223372036854775807, received '-1'",
                "step|99999999999999999999|step: expected a whole number, received",
                "step|9223372036854775807|expected step 9223372036854775807 to be 10 for each of 1 epochs",
                "batch_size|0|expected at least one example, and one a step, received 95 and 0",
                "examples|0|expected at least one example, and one a step, received 0 and 10",
                "examples|2147483648|examples: expected a whole number from 0 to 2147483647",
                "shuffle|yes|shuffle: expected true or false, received 'yes'",
                "partial.loss_sum|NaN|partial.loss_sum: expected a finite number, received 'NaN'",
                "partial.examples|31|31 examples more, received a contradiction",
                "epochs|2147483647|epoch.2.seconds: expected a value, received 'none'",
                "epoch.1.examples|0|epoch.1.examples: expected a whole number from 1",
                "epoch.1.validation.confusion|1,2;3|confusion: expected as many columns as rows",
                "epoch.1.validation.confusion|x|confusion: expected whole numbers",
                "epoch.2.examples|1|metadata: expected no other keys, received 'epoch.2.examples'",
                "best.epoch|2|expected the best of 1 epochs, received epoch 2",
                "best.loss|Infinity|best.loss: expected a finite number",
                "color|red|metadata: expected no other keys, received 'color'"
            })
    void refusesTextsThatMakeNoCheckpoint(String key, String value, String message) {
        rewrite(texts -> texts.put(key, value), tensors -> {});
        refuses(message);
    }

    @ParameterizedTest
    @CsvSource({"step", "seed", "epochs", "epoch.1.seconds", "epoch.1.validation.loss", "best.step"})
    void refusesMissingTexts(String key) {
        rewrite(texts -> texts.remove(key), tensors -> {});
        refuses(key + ": expected a value, received 'none'");
    }

    @Test
    void refusesTensorsThatMakeNoCheckpoint() {
        TensorData one = new TensorData(dev.lenet.api.Shape.of(1), new float[1]);
        rewrite(texts -> {}, tensors -> tensors.put("lonely", one));
        refuses("tensor \"lonely\": expected a name such as state/weights/fc1.bias, received another");
        rewrite(texts -> {}, tensors -> tensors.put("state/weights/fc9.bias", one));
        refuses(
                "\"state/weights\": expected the parameters [\"fc.weight\",\"fc.bias\"], received [\"fc.weight\",\"fc.bias\",\"fc9.bias\"]");
        rewrite(texts -> {}, tensors -> tensors.put("state/weights/fc.bias", one));
        refuses("\"state/weights\": expected fc.bias [3], received [1]");
        rewrite(texts -> {}, tensors -> tensors.remove("best/second_moment/fc.bias"));
        refuses("\"best/second_moment\": expected fc.bias [3], received none");
        rewrite(texts -> {}, tensors -> {
            tensors.remove("state/weights/fc.weight");
            tensors.remove("state/weights/fc.bias");
        });
        refuses("tensors: expected some under state/weights, received none");
        rewrite(
                texts -> {
                    texts.keySet().removeIf(key -> key.startsWith("best."));
                },
                tensors -> {});
        refuses("tensors: expected those of a checkpoint, received 3 groups more");
    }

    @Test
    void aCheckpointIsNoModelAndAModelNoCheckpoint() {
        store().save(checkpoint(3));
        assertThatThrownBy(() -> ModelFile.read(newest(), List.of(NETWORK)))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(newest() + ": expected a trained model, received the checkpoint of a run."
                        + " Continue the run; at its end it writes the model.");
        new ModelFile(NETWORK, Weights.zeros(NETWORK), null, Map.of()).write(newest());
        refuses("expected the checkpoint of a run, received a model or something else");
    }

    @Test
    void aNewerFormatIsNotGuessedAt() {
        store().save(checkpoint(13));
        Safetensors content = Safetensors.read(newest());
        Map<String, String> metadata = new TreeMap<>(content.metadata());
        metadata.put("state.format", "2");
        new Safetensors(metadata, content.tensors()).write(newest());
        refuses("expected the format 1, received \"2\". Continue the run with the version that began it.");
    }

    private void rewrite(
            java.util.function.Consumer<Map<String, String>> texts,
            java.util.function.Consumer<Map<String, TensorData>> tensors) {
        store().save(checkpoint(13));
        Safetensors content = Safetensors.read(newest());
        Map<String, String> metadata = new TreeMap<>(content.metadata());
        Map<String, TensorData> values = new LinkedHashMap<>(content.tensors());
        texts.accept(metadata);
        tensors.accept(values);
        Digesting.write(newest(), metadata, values);
    }

    private void refuses(String message) {
        try {
            CheckpointStore.read(newest());
        } catch (ModelFormatException e) {
            assertThat(e).hasMessageContaining(message).hasMessageStartingWith(newest().toString());
            return;
        }
        fail("was read: %s", message);
    }
}
