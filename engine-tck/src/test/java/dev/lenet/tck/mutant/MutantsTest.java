package dev.lenet.tck.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests of the tests: every rule finds the engine that breaks it. */
class MutantsTest {

    static List<Mutant> mutants() {
        return Stream.of(
                        LifecycleMutants.all(),
                        ClosingMutants.all(),
                        ValueMutants.all(),
                        ResultMutants.all(),
                        ForwardMutants.all(),
                        GradientMutants.all(),
                        ActivationMutants.all(),
                        NormalisationMutants.all(),
                        TrainingMutants.all(),
                        StateMutants.all(),
                        LossMutants.all(),
                        RecipeMutants.all(),
                        LoadingMutants.all(),
                        ErrorMutants.all(),
                        TrainingErrorMutants.all(),
                        ConcurrencyMutants.all())
                .flatMap(List::stream)
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    void isCaughtByTheRuleItBreaks(Mutant mutant) {
        List<Throwable> failures = MutantContract.failures(mutant.provider(), mutant.rule());
        assertThat(failures).as(mutant.toString()).isNotEmpty();
        // An assertion that failed, not an accident on the way to it.
        assertThat(failures).as(mutant.toString()).allMatch(failure -> failure instanceof AssertionError);
    }

    @ParameterizedTest
    @MethodSource("dev.lenet.tck.mutant.MutantContract#rules")
    void everyRuleHasAMutant(String rule) {
        assertThat(mutants()).as("mutants of rule %s", rule).anyMatch(mutant -> mutant.rule()
                .equals(rule));
    }

    @Test
    void noMutantBreaksARuleThatIsNotThere() {
        assertThat(MutantContract.rules().toList())
                .containsAll(mutants().stream().map(Mutant::rule).toList());
    }
}
