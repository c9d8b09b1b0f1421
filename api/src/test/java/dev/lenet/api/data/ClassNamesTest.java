package dev.lenet.app.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lenet.api.ModelFormatException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Classes have names, which a model file carries")
class ClassNamesTest {
    @Test
    @DisplayName("Names come back from a model file as they were")
    void facts() {
        ClassNames names = new ClassNames(List.of("T-shirt/top", "\"Größe\"", "", "<b>"));

        assertThat(ClassNames.ofModel(names.facts(), 4)).isEqualTo(names);
        assertThat(names.numbered()).isFalse();
        assertThat(names.width()).isEqualTo(11);
    }

    @Test
    @DisplayName("A model without names has those of the data set it names, or numbers")
    void withoutNames() {
        assertThat(ClassNames.ofModel(Map.of("dataset", "fashion-mnist"), 10).name(9))
                .isEqualTo("Ankle boot");
        assertThat(ClassNames.ofModel(Map.of("dataset", "mnist"), 10)).isEqualTo(ClassNames.numbered(10, 0));
        assertThat(ClassNames.ofModel(Map.of("dataset", "fashion-mnist"), 3)).isEqualTo(ClassNames.numbered(3, 0));
        assertThat(ClassNames.ofModel(Map.of("dataset", "whatever"), 2).names()).containsExactly("0", "1");
        assertThat(ClassNames.ofModel(Map.of(), 2).numbered()).isTrue();
    }

    @Test
    @DisplayName("Numbers from 1 are numbers, but stay from 1")
    void fromOne() {
        ClassNames read = ClassNames.ofModel(ClassNames.numbered(26, 1).facts(), 26);

        assertThat(read.numbered()).isTrue();
        assertThat(read.name(0)).isEqualTo("1");
    }

    @Test
    @DisplayName("Nothing in a name steers a terminal")
    void controlCharacters() {
        assertThat(ClassNames.ofModel(Map.of("class_names", "[\"a\\u001b[2J\", \"b\\n\"]"), 2)
                        .names())
                .containsExactly("a?[2J", "b?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "5", "{}", "[[]]", "[null, \"a\"]", "[\"a\"", "[\"a\"]"})
    @DisplayName("Anything but a list of as many texts is refused")
    void damaged(String json) {
        assertThatExceptionOfType(ModelFormatException.class)
                .isThrownBy(() -> ClassNames.ofModel(Map.of("class_names", json), 2))
                .withMessageStartingWith(
                        "Model, class_names: expected a JSON list of 2 texts, one for each class," + " received ")
                .withMessageEndingWith(". Train or save the model again.");
    }
}
