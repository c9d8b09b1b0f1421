package dev.lenet.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.EngineUnavailableException;
import dev.lenet.api.Shape;
import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Availability;
import dev.lenet.api.engine.Device;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineDescription;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.EngineProvider;
import dev.lenet.api.engine.EngineSetting;
import dev.lenet.api.engine.Engines;
import dev.lenet.api.engine.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Chapter 1 of the contract: how an engine is found and opened, and that it is not the only one. */
public interface LifecycleRules extends ContractRules {

    /**
     * The name is one word, and the same one every time.
     *
     * <p>When it fails: look at {@code EngineProvider.name()}.
     */
    @Test
    default void rule_1_1_aNameIsOneWord() {
        assertThat(provider().name()).matches("[a-z0-9-]+").isEqualTo(provider().name());
    }

    /**
     * The provider is found by its name, among all that are on the class path.
     *
     * <p>When it fails: look at {@code META-INF/services/dev.lenet.api.engine.EngineProvider} of the engine, which
     * must name the provider's class, and for another engine of that name.
     */
    @Test
    default void rule_1_1_aProviderIsFoundByItsName() {
        String name = provider().name();
        assertThat(Engines.all()).extracting(EngineProvider::name).containsOnlyOnce(name);
        assertThat(Engines.named(name)).hasSameClassAs(provider());
    }

    /**
     * An engine says which one it is and what it runs on, in one line each.
     *
     * <p>When it fails: look at {@code Engine.describe()}.
     */
    @Test
    default void rule_1_1_anEngineDescribesItself() {
        try (Engine engine = open()) {
            EngineDescription description = engine.describe();
            assertThat(description.name()).isEqualTo(provider().name());
            assertOneLine(description.device());
            assertOneLine(description.detail());
        }
    }

    /**
     * What {@code probe} says of any device, also one that can hardly be there, is what {@code open} then does; and an
     * open engine runs on the device that was asked for.
     *
     * <p>When it fails: look at what {@code probe} and {@code open} decide by, and let both ask the same method. {@code
     * probe} throws nothing; {@code open} never takes another device than the one asked for.
     */
    @Test
    default void rule_1_2_openDoesWhatProbeSays() {
        for (String device : List.of("cpu", "auto", "cuda:0", "cuda:1", "cuda:999")) {
            for (int threads : new int[] {0, 1, 3}) {
                EngineOptions options = new EngineOptions(
                        Device.parse(device), threads, true, options().settings());
                Availability availability = UseAssertions.assertAccepted(
                        "probing for " + options, () -> provider().probe(options));
                if (availability instanceof Availability.Ready ready) {
                    assertOneLine(ready.detail());
                    assertOpens(options);
                } else if (availability instanceof Availability.Unavailable unavailable) {
                    assertThat(unavailable.reason()).isNotBlank();
                    assertThat(unavailable.remedy()).isNotBlank();
                    UseAssertions.assertRefused(
                            EngineUnavailableException.class, () -> provider().open(options));
                }
            }
        }
    }

    private void assertOpens(EngineOptions options) {
        try (Engine engine = UseAssertions.assertAccepted(
                        "opening what is ready, " + options, () -> provider().open(options));
                Tensor tensor = engine.tensor(Shape.of(2), new float[] {1, 2})) {
            assertThat(tensor.toArray()).containsExactly(1, 2);
            if (options.device().kind() != Device.Kind.AUTO) {
                assertThat(engine.describe().device())
                        .isEqualTo(options.device().toString());
            }
        }
    }

    /**
     * Of two engines, either may be closed first; the other trains and predicts on as if it had been alone.
     *
     * <p>When it fails: look for static state: a thread pool, an allocator, a library that is unloaded.
     */
    @Test
    default void rule_1_7_closingOneOfTwoEnginesLeavesTheOther() {
        Batch batch = Run.batch(7);
        float[] losses;
        float[] logits;
        try (Engine alone = open();
                Run run = Run.on(alone)) {
            run.go(4);
            losses = run.losses();
            logits = Run.logits(run.model, batch);
        }
        for (boolean olderFirst : new boolean[] {true, false}) {
            Engine older = open();
            Engine newer = open();
            Run ended = Run.on(olderFirst ? older : newer);
            Run kept = Run.on(olderFirst ? newer : older);
            try (Tensor examples = Run.tensor(olderFirst ? newer : older, batch)) {
                ended.go(1);
                kept.go(2);
                (olderFirst ? older : newer).close();
                Bits.assertSameBits(
                        "losses",
                        UseAssertions.assertAccepted("training on the other engine", () -> {
                            kept.go(2);
                            return kept.losses();
                        }),
                        losses);
                Bits.assertSameBits("logits", Run.logits(kept.model, examples), logits);
                Closed.assertTrainerIsClosed(ended);
            } finally {
                older.close();
                newer.close();
            }
        }
    }

    /**
     * No two settings have one name, and those that a user leaves alone may as well be written out.
     *
     * <p>When it fails: look at {@code EngineProvider.settings()}, and at how {@code open} reads {@code
     * EngineOptions.settings}.
     */
    @Test
    default void rule_1_8_declaredDefaultsAreAccepted() {
        assertThat(provider().settings()).extracting(EngineSetting::name).doesNotHaveDuplicates();
        Map<String, String> settings = new HashMap<>();
        provider()
                .settings()
                .forEach(setting -> settings.put(setting.key(provider().name()), setting.initial()));
        settings.putAll(options().settings());
        assertOpens(with(settings));
    }

    /**
     * A value that is not declared is refused, as a device is that is not there.
     *
     * <p>When it fails: let {@code probe} and {@code open} ask {@code EngineSetting.values()}.
     */
    @Test
    default void rule_1_8_otherValuesAreRefused() {
        for (EngineSetting setting : provider().settings()) {
            for (String value : List.of("", "no such value", "-9223372036854775808")) {
                if (!setting.values().contains(value)) {
                    Map<String, String> settings = new HashMap<>(options().settings());
                    settings.put(setting.key(provider().name()), value);
                    assertThat(provider().probe(with(settings))).isInstanceOf(Availability.Unavailable.class);
                    UseAssertions.assertRefused(
                            EngineUnavailableException.class, () -> provider().open(with(settings)));
                }
            }
        }
    }

    private EngineOptions with(Map<String, String> settings) {
        return new EngineOptions(
                options().device(), options().threads(), options().offline(), settings);
    }

    private static void assertOneLine(String text) {
        assertThat(text).isNotBlank().doesNotContain("\n");
    }
}
