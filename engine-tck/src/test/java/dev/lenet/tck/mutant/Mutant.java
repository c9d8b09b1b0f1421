package dev.lenet.tck.mutant;

import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.EngineProvider;
import dev.lenet.tck.reference.Mathematics;
import dev.lenet.tck.reference.ReferenceEngine;
import dev.lenet.tck.reference.ReferenceProvider;
import java.util.function.Supplier;

/**
 * The reference engine with one defect.
 *
 * @param rule that it breaks, for example {@code "3.1"}
 * @param defect in words, for the name of the test
 */
record Mutant(String rule, String defect, EngineProvider provider) {

    /** An engine that computes something wrong. */
    static Mutant computing(String rule, String defect, Supplier<Mathematics> mathematics) {
        return of(rule, defect, () -> new ReferenceEngine(mathematics.get()));
    }

    /** An engine that is made wrong. */
    static Mutant of(String rule, String defect, Supplier<Engine> engine) {
        return new Mutant(rule, defect, new ReferenceProvider() {
            @Override
            public Engine open(EngineOptions options) {
                return engine.get();
            }
        });
    }

    @Override
    public String toString() {
        return rule + ": " + defect;
    }
}
