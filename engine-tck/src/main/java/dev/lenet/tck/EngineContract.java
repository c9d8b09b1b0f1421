package dev.lenet.tck;

import org.junit.jupiter.api.Timeout;

/**
 * Proves an engine: extend this class in the engine's tests and say which provider is meant.
 *
 * <pre>{@code
 * class MyEngineContractTest extends EngineContract {
 *     @Override
 *     public EngineProvider provider() {
 *         return new MyEngineProvider();
 *     }
 * }
 * }</pre>
 *
 * <p>The name of a test says which rule of {@code docs/engine-contract.md} it is about: {@code rule_4_4_...} is rule
 * 4.4. Its Javadoc says what to look at when it fails. A test that hangs fails after a minute; each has a thread of its own
 * for that.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class EngineContract
        implements LifecycleRules,
                ClosingRules,
                ValueRules,
                ResultRules,
                ForwardRules,
                NetworkRules,
                GradientRules,
                NormalisationRules,
                TrainingRules,
                RecipeRules,
                StateRules,
                ErrorRules,
                TrainingErrorRules,
                ConcurrencyRules,
                ReadingRules {}
