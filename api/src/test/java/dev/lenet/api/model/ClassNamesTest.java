package dev.lenet.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lenet.api.ModelFormatException;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Classes have names, which a model file carries")
class ClassNamesTest {
    /** A model that tells so many classes apart, with those facts. */
    private static ModelFile model(int classes, Map<String, String> facts) {
        Network network = Network.input(3).layer("fc", new Linear(classes)).build();
        return new ModelFile(network, Weights.initial(network, 1), null, facts);
    }

    @Test
    @DisplayName("Names come back from a model file as they were")
    void roundTrip(@TempDir Path directory) {
        ClassNames names = new ClassNames(List.of("T-shirt/top", "\"Größe\"", "", "<b>"));
        Path file = directory.resolve("model.safetensors");

        model(4, Map.of("seed", "1")).withClassNames(names).write(file);

        ModelFile read = ModelFile.read(file, List.of());
        assertThat(read.classNames()).isEqualTo(names);
        assertThat(read.facts()).containsEntry("seed", "1");
        assertThat(names.numbered()).isFalse();
        assertThat(names.width()).isEqualTo(11);
    }

    @Test
    @DisplayName("The classes of a model without names have numbers")
    void withoutNames() {
        assertThat(model(2, Map.of("dataset", "whatever")).classNames().names()).containsExactly("0", "1");
        assertThat(model(10, Map.of()).classNames()).isEqualTo(ClassNames.numbered(10, 0));
        assertThat(model(2, Map.of()).classNames().numbered()).isTrue();
    }

    @Test
    @DisplayName("Numbers from 1 are numbers, but stay from 1")
    void fromOne() {
        ClassNames read =
                model(26, Map.of()).withClassNames(ClassNames.numbered(26, 1)).classNames();

        assertThat(read.numbered()).isTrue();
        assertThat(read.name(0)).isEqualTo("1");
    }

    @Test
    @DisplayName("Nothing in a name steers a terminal")
    void controlCharacters() {
        assertThat(model(2, Map.of("class_names", "[\"a\\u001b[2J\", \"b\\n\"]"))
                        .classNames()
                        .names())
                .containsExactly("a?[2J", "b?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "5", "{}", "[[]]", "[null, \"a\"]", "[\"a\"", "[\"a\"]"})
    @DisplayName("Anything but a list of as many texts is refused")
    void damaged(String json) {
        assertThatExceptionOfType(ModelFormatException.class)
                .isThrownBy(() -> model(2, Map.of("class_names", json)).classNames())
                .withMessageStartingWith(
                        "Model, class_names: expected a JSON list of 2 texts, one for each class," + " received ")
                .withMessageEndingWith(". Train or save the model again.");
    }
}
