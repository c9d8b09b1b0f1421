package dev.lenet.api.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lenet.api.data.ClassNames;
import dev.lenet.api.inference.Rejection.Kind;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RejectionTest {
    private static final ClassNames NAMES = ClassNames.numbered(2, 0);

    /** Novelties 0.00 to 0.99. */
    private static final List<Classification> FAMILIAR =
            IntStream.range(0, 100).mapToObj(i -> answer(0.01 * i)).toList();

    @Test
    void aKindIsStrangerAsOftenAsItsScoresAreAbove() {
        Kind kind = kind(-1.0, 0.495, 0.5, 2.0);
        Rejection rejection = new Rejection(FAMILIAR, List.of(kind));

        // None, 50, 50 and half of an equal one, all.
        assertThat(rejection.auroc(kind)).isCloseTo((0 + 50 + 50.5 + 100) / 400, within(1e-12));
        assertThat(rejection.auroc()).isEqualTo(rejection.auroc(kind));
    }

    @Test
    void theLimitLets95Of100Pass() {
        Kind kind = kind(0.93, 0.94, 0.945, 0.95, 3.0);
        Rejection rejection = new Rejection(FAMILIAR, List.of(kind));

        assertThat(rejection.falsePositiveRate(kind)).isCloseTo(0.4, within(1e-12));
    }

    @Test
    void whatIsDoubtfulIsNotTaken() {
        Rejection rejection =
                new Rejection(List.of(answer(0.5), answer(1.5), answer(0.1), answer(0)), List.of(kind(0.0, 2.0, 3.0)));

        assertThat(rejection.doubted()).isEqualTo(0.25);
        assertThat(rejection.kinds().get(0).taken()).isCloseTo(1 / 3.0, within(1e-12));
    }

    @Test
    void aModelWithoutNoveltyIsJudgedByItsProbabilities() {
        Kind kind = new Kind("blots", List.of(new byte[1]), List.of(said(0.5f, null)));
        Rejection rejection = new Rejection(List.of(said(9, null), said(0, null)), List.of(kind));

        assertThat(rejection.auroc(kind)).isEqualTo(0.5);
    }

    @Test
    void imagesWithoutAnswersAreRefused() {
        assertThatThrownBy(() -> new Kind("blots", List.of(new byte[1]), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Rejection: expected images of blots and an answer for each, received 1 and 0."
                        + " Classify each image.");
        assertThatThrownBy(() -> new Rejection(List.of(), List.of(kind(1.0))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Kind kind(Double... novelties) {
        return new Kind(
                "blots",
                Collections.nCopies(novelties.length, new byte[1]),
                Arrays.stream(novelties).map(RejectionTest::answer).toList());
    }

    private static Classification answer(double novelty) {
        return said(20, novelty);
    }

    private static Classification said(float logit, @Nullable Double novelty) {
        return Classification.of(NAMES, new float[] {logit, 0}, novelty);
    }
}
