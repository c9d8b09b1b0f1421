package dev.lenet.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.ModelFormatException;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelMetadataTest {
    private static final String REMEDY = " The file is damaged, or made by a faulty program: copy or save it again.";

    private static final Network TINY = Network.input(3)
            .layer("d", new Dropout(0.25f))
            .layer("fc", Linear.of(2))
            .build();

    private static final float[] ODD_WEIGHTS = {
        -0f, Float.MIN_VALUE, -0x0.fffffep-126f, Float.MAX_VALUE, 0.1f, 1 - 0x1p-24f
    };

    private final Path file;

    ModelMetadataTest(@TempDir Path directory) {
        this.file = directory.resolve("model.safetensors");
    }

    @Test
    void writesTheMetadataThatOthersRelyOn() {
        new ModelFile(TINY, tiny(), new Normalization(0.5, 0.25), Map.of("seed", "7")).write(file);

        Map<String, String> metadata = new TreeMap<>(Safetensors.read(file).metadata());
        // Both by Python: hashlib over the values as numpy's '<f4', and over json.dumps, sorted and without spaces.
        assertThat(metadata.remove("lenet.sha256"))
                .isEqualTo("7f8aa5727608eec07158cf13e8872e0a07ddbd63586b71bdca0e6ce60bf80152");
        assertThat(metadata.remove("lenet.metadata_sha256"))
                .isEqualTo("3051717791f4f6affdd1fdcfb15911d8e7bb061ffc1a12afeda9b85eff5b690d");
        assertThat(metadata)
                .isEqualTo(Map.of(
                        "lenet.format", "1",
                        "lenet.mean", "0.5",
                        "lenet.network",
                                "{\"input\":[3],\"layers\":[{\"name\":\"d\",\"kind\":\"dropout\",\"rate\":0.25},"
                                        + "{\"name\":\"fc\",\"kind\":\"linear\",\"outputs\":2}]}",
                        "lenet.std", "0.25",
                        "seed", "7"));
    }

    @Test
    void refusesAFileOfANewerVersionWhateverElseItSays() {
        new Safetensors(Map.of("lenet.format", "2", "lenet.graph", "?"), tiny().tensors()).write(file);

        assertThatThrownBy(() -> ModelFile.read(file, List.of(TINY)))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(file + ": expected the format 1, received 2, made by a newer version."
                        + " Use that version, or a newer one.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lenet.format", "lenet.network", "lenet.mean", "lenet.std"})
    void refusesMetadataWithAPartMissing(String missing) {
        rewrite(metadata -> {
            metadata.remove(missing);
            return metadata;
        });

        assertThatThrownBy(() -> ModelFile.read(file, List.of(TINY)))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(file + ": metadata: expected lenet.format 1 with lenet.network, and lenet.mean"
                        + " and lenet.std both or neither, received the keys [\"lenet.")
                .hasMessageEndingWith(REMEDY);
    }

    @Test
    void refusesAKeyOfItsOwnThatItDoesNotKnow() {
        rewrite(metadata -> {
            metadata.put("lenet.stf", "1");
            return metadata;
        });

        assertThatThrownBy(() -> ModelFile.read(file, List.of()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(file + ": metadata: expected the keys [lenet.format, lenet.network, lenet.mean, lenet.std,"
                        + " lenet.sha256, lenet.metadata_sha256], received \"lenet.stf\"." + REMEDY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x|metadata, lenet.std: expected a number, received \"x\"." + REMEDY,
                "0|Normalization: expected a finite mean and a std above 0, received mean 0.5 and std 0.0."
                        + " For raw pixels in [0, 1] use mean 0 and std 1.",
                "NaN|Normalization: expected a finite mean and a std above 0, received mean 0.5 and std NaN."
                        + " For raw pixels in [0, 1] use mean 0 and std 1.",
            })
    void refusesANormalizationThatIsNone(String std, String message) {
        rewrite(metadata -> {
            metadata.remove("lenet.metadata_sha256");
            metadata.remove("lenet.sha256");
            metadata.put("lenet.std", std);
            return metadata;
        });

        assertThatThrownBy(() -> ModelFile.read(file, List.of()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(file + ": " + message);
    }

    @Test
    void noticesWeightsThatChangedAndSaysWhatToDoIfThatWasWanted() throws IOException {
        new ModelFile(TINY, tiny(), null, Map.of()).write(file);
        String expected = Safetensors.read(file).sha256();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);

        assertThatThrownBy(() -> ModelFile.read(file, List.of()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(file + ": weights: expected the SHA-256 \"" + expected + "\", received \""
                        + Safetensors.read(file).sha256() + "\". The file was damaged after it was written: copy or"
                        + " save it again. If it was changed on purpose, remove lenet.sha256 and lenet.metadata_sha256"
                        + " from its metadata.");
    }

    @Test
    void readsWhatWasChangedOnPurpose() {
        rewrite(metadata -> {
            metadata.remove("lenet.metadata_sha256");
            metadata.remove("lenet.sha256");
            metadata.put("lenet.mean", "0.75");
            return metadata;
        });

        assertThat(ModelFile.read(file, List.of()).normalization()).isEqualTo(new Normalization(0.75, 0.25));
    }

    @Test
    void noSingleFlippedBitGoesUnnoticed() throws IOException {
        Normalization normalization = new Normalization(0.5, 0.25);
        new ModelFile(TINY, tiny(), normalization, Map.of("seed", "7")).write(file);
        byte[] bytes = Files.readAllBytes(file);

        for (int bit = 0; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, bytes);
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                ModelFile.read(file, List.of(TINY));
                throw new AssertionError("bit " + bit + " went unnoticed");
            } catch (ModelFormatException e) {
                assertThat(e.getMessage()).as("bit %d", bit).startsWith(file + ": ");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lenet.sha256", "lenet.metadata_sha256"})
    void refusesAFileWithOneOfTheTwoDigests(String removed) {
        String left = removed.equals("lenet.sha256") ? "lenet.metadata_sha256" : "lenet.sha256";
        for (String another : List.of("", "menet" + removed.substring(5), "x")) {
            rewrite(metadata -> {
                String digest = String.valueOf(metadata.remove(removed));
                if (!another.isEmpty()) {
                    metadata.put(another, digest);
                }
                return metadata;
            });

            assertThatThrownBy(() -> ModelFile.read(file, List.of(TINY)))
                    .as("'%s' in the place of %s", another, removed)
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessage(file + ": metadata: expected lenet.sha256 and lenet.metadata_sha256 both or neither,"
                            + " received only " + left + ". The file was damaged after it was written: copy or save it"
                            + " again. If it was changed on purpose, remove that, too.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Lenet.sha256", "LENET.METADATA_SHA256", " lenet.format", "leNet.x"})
    void refusesKeysThatAreAlmostItsOwn(String key) {
        new Safetensors(Map.of(key, "1"), tiny().tensors()).write(file);

        assertThatThrownBy(() -> ModelFile.read(file, List.of(TINY)))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(file + ": metadata: expected keys that start with lenet., or quite another way, received \""
                        + key + "\"." + REMEDY);
        assertThatThrownBy(() -> new ModelFile(TINY, tiny(), null, Map.of(key, "1")))
                .isInstanceOf(ModelFormatException.class);
    }

    @Test
    void theOrderOfTheKeysIsNotTheirContent() throws IOException {
        rewrite(metadata -> metadata);
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int from = text.indexOf("\"lenet.mean\"");
        int middle = text.indexOf(",", from) + 1;
        int to = text.indexOf(",\"lenet.network\"");
        String reordered = text.substring(0, from) + text.substring(middle, to) + "," + text.substring(from, middle - 1)
                + text.substring(to);
        assertThat(reordered).hasSameSizeAs(text).isNotEqualTo(text);
        Files.write(file, reordered.getBytes(StandardCharsets.ISO_8859_1));

        assertThat(ModelFile.read(file, List.of()).normalization()).isEqualTo(new Normalization(0.5, 0.25));
    }

    /** Writes a model whose metadata was changed. */
    private void rewrite(UnaryOperator<Map<String, String>> change) {
        new ModelFile(TINY, tiny(), new Normalization(0.5, 0.25), Map.of()).write(file);
        Safetensors content = Safetensors.read(file);
        new Safetensors(change.apply(new TreeMap<>(content.metadata())), content.tensors()).write(file);
    }

    private static Weights tiny() {
        return Weights.of(TINY, p -> p.name().equals("fc.weight") ? ODD_WEIGHTS : new float[] {3, -4});
    }
}
