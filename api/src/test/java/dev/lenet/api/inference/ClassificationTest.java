package dev.lenet.api.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lenet.api.data.ClassNames;
import dev.lenet.api.inference.Classification.Candidate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A classification")
class ClassificationTest {
    private static final ClassNames PETS = new ClassNames(List.of("cat", "dog", "cow"));

    /** Of probabilities 0.1, 0.7 and 0.2. */
    private static Classification pet(@Nullable Double novelty) {
        return Classification.of(
                PETS, new float[] {(float) Math.log(1), (float) Math.log(7), (float) Math.log(2)}, novelty);
    }

    @Test
    @DisplayName("names the likeliest class, and ranks the others behind it")
    void top() {
        Classification pet = pet(null);

        assertThat(pet.index()).isEqualTo(1);
        assertThat(pet.name()).isEqualTo("dog");
        assertThat(pet.probability()).isCloseTo(0.7, within(1e-6));
        assertThat(pet.top(2)).extracting(Candidate::name).containsExactly("dog", "cow");
        assertThat(pet.top(9)).extracting(Candidate::index).containsExactly(1, 2, 0);
        assertThat(pet).hasToString("dog (70.0 %)");
    }

    @Test
    @DisplayName("ranks equally likely classes by their number")
    void ties() {
        Classification tie = Classification.of(PETS, new float[] {1, 3, 3}, null);

        assertThat(tie.index()).isEqualTo(1);
        assertThat(tie.top(3)).extracting(Candidate::index).containsExactly(1, 2, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "0.79, 0, true, false",
        "0.81, 0, false, false",
        "0.81, 1.01, true, true",
        "0.79, 1.01, true, true",
        "0.81, , false, false"
    })
    @DisplayName("is doubtful if its class is unlikely or its image unfamiliar")
    void doubt(double probability, @Nullable Double novelty, boolean doubtful, boolean unfamiliar) {
        ClassNames two = ClassNames.numbered(2, 0);
        float logit = (float) Math.log(probability / (1 - probability));
        Classification answer = Classification.of(two, new float[] {logit, 0}, novelty);

        assertThat(answer.doubtful()).isEqualTo(doubtful);
        assertThat(answer.unfamiliar()).isEqualTo(unfamiliar);
        assertThat(answer.novelty().isPresent()).isEqualTo(novelty != null);
    }

    @Test
    @DisplayName("does not change when a caller changes what it was given")
    void immutable() {
        Classification pet = pet(0.5);
        pet.probabilities()[1] = 0;

        assertThat(pet)
                .isEqualTo(pet(0.5))
                .hasSameHashCodeAs(pet(0.5))
                .isNotEqualTo(pet(0.6))
                .isNotEqualTo(pet(null));
    }
}
