package dev.lenet.api.training;

import static dev.lenet.api.training.CheckpointStoreTest.NETWORK;
import static dev.lenet.api.training.CheckpointStoreTest.checkpoint;
import static dev.lenet.api.training.CheckpointStoreTest.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.lenet.api.ModelFormatException;
import dev.lenet.api.Shape;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.model.Safetensors;
import dev.lenet.api.network.TensorData;
import dev.lenet.api.network.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is in the file, reading it gives the checkpoint that was written or throws the one exception. */
class CheckpointHostileTest {
    private static final long SEED = 20261125;

    @TempDir
    Path folder = Path.of("");

    private CheckpointStore store() {
        return new CheckpointStore(folder);
    }

    private Path newest() {
        return folder.resolve("checkpoint.safetensors");
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
                        .as("seed %d, byte %d, bit %d", SEED, i, bit)
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

    /** With digests that fit, as a forger makes them. */
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
                "average_decay|1.0|expected an average decay of at least 0 and below 1, received 1.0",
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
    @CsvSource({"step", "seed", "average_decay", "epochs", "epoch.1.seconds", "epoch.1.validation.loss", "best.step"})
    void refusesMissingTexts(String key) {
        rewrite(texts -> texts.remove(key), tensors -> {});
        refuses(key + ": expected a value, received 'none'");
    }

    @Test
    void refusesTensorsThatMakeNoCheckpoint() {
        TensorData one = new TensorData(Shape.of(1), new float[1]);
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

    /** 1 had no average decay. */
    @ParameterizedTest
    @ValueSource(strings = {"1", "3"})
    void anotherFormatIsNotGuessedAt(String format) {
        store().save(checkpoint(13));
        Safetensors content = Safetensors.read(newest());
        Map<String, String> metadata = new TreeMap<>(content.metadata());
        metadata.put("state.format", format);
        new Safetensors(metadata, content.tensors()).write(newest());
        refuses("expected the format 2, received \"" + format + "\". Continue the run with the version that began it.");
    }

    private void rewrite(Consumer<Map<String, String>> texts, Consumer<Map<String, TensorData>> tensors) {
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
