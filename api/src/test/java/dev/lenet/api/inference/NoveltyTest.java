package dev.lenet.api.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lenet.api.ModelFormatException;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Relu;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoveltyTest {
    private final ModelFile file = ModelFile.read(Path.of("../models/lenet5.safetensors"), List.of());
    private final Novelty shipped = Objects.requireNonNull(Novelty.of(file.network(), file.facts()));

    @Test
    void itIsReadAsItWasWritten() {
        Novelty read = Objects.requireNonNull(Novelty.of(file.network(), shipped.facts()));
        float[] features = new float[400];
        features[7] = 1;
        float[] logits = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

        assertThat(read.of(features, logits)).isEqualTo(shipped.of(features, logits));
        assertThat(Novelty.without(file.facts()).keySet())
                .contains("seed", "test_accuracy")
                .noneMatch(key -> key.startsWith("novelty"));
        assertThat(Novelty.of(file.network(), Novelty.without(file.facts()))).isNull();
    }

    @Test
    void itLooksAtWhatTheFirstFullyConnectedLayerIsGiven() {
        Network network = Network.input(1, 2, 2)
                .layer("flatten", new Flatten())
                .layer("a", Linear.of(3))
                .layer("b", new Relu())
                .layer("c", Linear.of(2))
                .build();

        assertThat(Novelty.layer(network)).isEqualTo(1);
        assertThat(shipped.layer()).isEqualTo(7);
        assertThat(Novelty.layer(Network.input(4).layer("only", new Relu()).build()))
                .isEqualTo(-1);
    }

    @Test
    void theEnergyIsThatOfAllLogitsHoweverLarge() {
        assertThat(Novelty.energy(new float[] {0, 0})).isCloseTo(-Math.log(2), within(1e-15));
        assertThat(Novelty.energy(new float[] {1000, 1000})).isCloseTo(-1000 - Math.log(2), within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({
        "novelty_directions, AAAA, rows of 400 bytes",
        "novelty_directions, *, bytes in Base64",
        "novelty_scale, NaN, a number",
        "novelty_offset, x, a number"
    })
    void whatIsDamagedIsNamed(String key, String text, String expected) {
        Map<String, String> facts = new HashMap<>(shipped.facts());
        facts.put(key, text);

        assertThatThrownBy(() -> Novelty.of(file.network(), facts))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith("Model file, " + key + ": expected " + expected + ", received ");
    }
}
