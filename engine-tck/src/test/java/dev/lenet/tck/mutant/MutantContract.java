package dev.lenet.tck.mutant;

import static java.util.Objects.requireNonNull;

import dev.lenet.api.engine.EngineProvider;
import dev.lenet.tck.EngineContract;
import dev.lenet.tck.sample.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The contract of whichever mutant is being looked at; its name keeps it from being run as a test of its own. */
@ExtendWith(Impatience.class)
class MutantContract extends EngineContract {
    private static @Nullable EngineProvider mutant;
    private static final List<Throwable> FAILURES = new ArrayList<>();

    /** One failed test catches a mutant: what else the rule would ask need not be asked. */
    @RegisterExtension
    static final ExecutionCondition UNTIL_CAUGHT = test -> FAILURES.isEmpty()
            ? ConditionEvaluationResult.enabled("not caught")
            : ConditionEvaluationResult.disabled("caught");

    @Override
    public EngineProvider provider() {
        return requireNonNull(mutant, "no mutant is being looked at");
    }

    /** The rules of the contract, by the names of its tests. */
    static Stream<String> rules() {
        return Stream.of(EngineContract.class.getMethods())
                .filter(method -> method.getName().startsWith("rule_"))
                .map(method -> {
                    String[] parts = method.getName().split("_", 4);
                    return parts[1] + "." + parts[2];
                })
                .distinct();
    }

    /** Runs the tests of one rule, in all cases, until one fails, and returns what failed, or nothing. */
    static synchronized List<Throwable> failures(EngineProvider provider, String rule) {
        @Nullable String extent = System.getProperty(Sampling.PROPERTY);
        System.clearProperty(Sampling.PROPERTY);
        try {
            return run(provider, rule);
        } finally {
            if (extent != null) {
                System.setProperty(Sampling.PROPERTY, extent);
            }
        }
    }

    private static List<Throwable> run(EngineProvider provider, String rule) {
        mutant = provider;
        FAILURES.clear();
        String prefix = "rule_" + rule.replace('.', '_') + "_";
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(Stream.of(EngineContract.class.getMethods())
                        .filter(method -> method.getName().startsWith(prefix))
                        .map(method -> DiscoverySelectors.selectMethod(MutantContract.class, method))
                        .toList())
                .build();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                result.getThrowable().ifPresent(FAILURES::add);
            }
        });
        return List.copyOf(FAILURES);
    }
}
