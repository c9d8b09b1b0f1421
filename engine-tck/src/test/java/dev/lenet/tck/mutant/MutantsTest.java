package dev.lenet.tck.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
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

    /** The first mutant of each rule. */
    static Collection<Mutant> oneForEachRule() {
        Map<String, Mutant> first = new LinkedHashMap<>();
        mutants().forEach(mutant -> first.putIfAbsent(mutant.rule(), mutant));
        return first.values();
    }

    static List<Mutant> others() {
        List<Mutant> others = new ArrayList<>(mutants());
        others.removeAll(oneForEachRule());
        return others;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oneForEachRule")
    void isCaughtByTheRuleItBreaks(Mutant mutant) {
        assertCaught(mutant);
    }

    @Tag("exhaustive")
    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    void eachOtherMutantIsCaughtAsWell(Mutant mutant) {
        assertCaught(mutant);
    }

    private static void assertCaught(Mutant mutant) {
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
