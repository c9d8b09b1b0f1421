package dev.lenet.tck.mutant;

import dev.lenet.api.EngineUnavailableException;
import dev.lenet.api.Shape;
import dev.lenet.api.engine.Availability;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineDescription;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.EngineSetting;
import dev.lenet.api.engine.Lifetime;
import dev.lenet.tck.reference.Mathematics;
import dev.lenet.tck.reference.ReferenceEngine;
import dev.lenet.tck.reference.ReferenceProvider;
import dev.lenet.tck.reference.ReferenceTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Engines that are found, opened or kept apart wrongly: the rules 1.1, 1.2, 1.7 and 1.8. */
final class LifecycleMutants {
    private LifecycleMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant("1.1", "has a name of two words", new TwoWords()),
                // Any class but the reference engine's own is one that no service file names.
                new Mutant("1.1", "is not named in a service file", new ReferenceProvider() {}),
                describing("calls itself something else", new EngineDescription("oracle", "cpu", "plain loops")),
                describing(
                        "does not name its device", new EngineDescription(ReferenceProvider.NAME, "", "plain loops")),
                describing(
                        "describes itself in two lines",
                        new EngineDescription(ReferenceProvider.NAME, "cpu", "plain\nloops")),
                new Mutant("1.2", "throws when it is asked for a device that is not there", new Trying()),
                new Mutant("1.2", "is ready for any device", new Hopeful()),
                new Mutant("1.2", "is unavailable without a remedy", new Helpless()),
                new Mutant("1.2", "opens the CPU where there is no GPU", new Substituting(false)),
                new Mutant("1.2", "is ready to open the CPU where there is no GPU", new Substituting(true)),
                new Mutant("1.2", "says that a device is missing by whatever it ran into", new Unlinked()),
                new Mutant("1.2", "takes 0 threads for no thread", new Literal()),
                Mutant.of("1.7", "closes a library that all engines use", OneLibrary::open),
                Mutant.of("1.7", "clears memory that all engines use", OneMemory::new),
                new Mutant("1.8", "declares a setting twice", new Adjustable("[1-9]", 2)),
                new Mutant("1.8", "refuses the default that it declares", new Adjustable("[2-9]", 1)),
                new Mutant("1.8", "takes a value that it does not declare", new Adjustable(".*", 1)));
    }

    /** An engine that is found, and says something wrong about itself. */
    private static Mutant describing(String defect, EngineDescription description) {
        return new Mutant("1.1", defect, new ReferenceProvider(() -> new ReferenceEngine(new Mathematics()) {
            @Override
            public EngineDescription describe() {
                return description;
            }
        }));
    }

    private static final class TwoWords extends ReferenceProvider {
        @Override
        public String name() {
            return "Reference Engine";
        }
    }

    private static final class Trying extends ReferenceProvider {
        @Override
        public Availability probe(EngineOptions options) {
            open(options).close();
            return super.probe(options);
        }
    }

    private static final class Hopeful extends ReferenceProvider {
        @Override
        public Availability probe(EngineOptions options) {
            return new Availability.Ready("plain loops");
        }
    }

    private static final class Helpless extends ReferenceProvider {
        @Override
        public Availability probe(EngineOptions options) {
            return super.probe(options) instanceof Availability.Unavailable unavailable
                    ? new Availability.Unavailable(unavailable.reason(), "")
                    : super.probe(options);
        }
    }

    private static final class Substituting extends ReferenceProvider {
        private final boolean ready;

        Substituting(boolean ready) {
            this.ready = ready;
        }

        @Override
        public Availability probe(EngineOptions options) {
            return ready ? new Availability.Ready("plain loops") : super.probe(options);
        }

        @Override
        public Engine open(EngineOptions options) {
            return new ReferenceEngine(new Mathematics());
        }
    }

    private static final class Unlinked extends ReferenceProvider {
        @Override
        public Engine open(EngineOptions options) {
            if (probe(options) instanceof Availability.Unavailable unavailable) {
                throw new UnsatisfiedLinkError(unavailable.reason());
            }
            return super.open(options);
        }
    }

    private static final class Literal extends ReferenceProvider {
        @Override
        public Engine open(EngineOptions options) {
            ExecutorService pool = Executors.newFixedThreadPool(options.threads());
            pool.shutdown();
            return super.open(options);
        }
    }

    /** Declares one setting, from 1 to 9, a number of times, and accepts the values that match a pattern. */
    private static final class Adjustable extends ReferenceProvider {
        private static final EngineSetting LEVEL =
                new EngineSetting("level", new EngineSetting.WholeNumber(1, 9), "1", "A level, {range}.");

        private final String accepted;
        private final int times;

        Adjustable(String accepted, int times) {
            this.accepted = accepted;
            this.times = times;
        }

        @Override
        public List<EngineSetting> settings() {
            return Collections.nCopies(times, LEVEL);
        }

        @Override
        public Availability probe(EngineOptions options) {
            return LEVEL.valueIn(options, NAME).matches(accepted)
                    ? super.probe(options)
                    : new Availability.Unavailable("it has no such level", "Take another level.");
        }

        @Override
        public Engine open(EngineOptions options) {
            if (probe(options) instanceof Availability.Unavailable unavailable) {
                throw new EngineUnavailableException("Engine 'reference': " + unavailable.reason());
            }
            return super.open(options);
        }
    }

    private static final class OneLibrary extends ReferenceEngine {
        private static volatile Lifetime library = new Lifetime("Library", null);

        private OneLibrary() {
            super(new Mathematics());
        }

        static Engine open() {
            library = new Lifetime("Library", null);
            return new OneLibrary();
        }

        @Override
        protected Lifetime newLifetime(String what, Lifetime owner) {
            return super.newLifetime(what, owner.equals(lifetime()) ? library : owner);
        }

        @Override
        public void close() {
            super.close();
            library.close(() -> {});
        }
    }

    private static final class OneMemory extends ReferenceEngine {
        private static final List<float[]> MEMORY = new ArrayList<>();

        OneMemory() {
            super(new Mathematics());
        }

        @Override
        protected ReferenceTensor newTensor(Shape shape, float[] values) {
            MEMORY.add(values);
            return super.newTensor(shape, values);
        }

        @Override
        public void close() {
            super.close();
            MEMORY.forEach(values -> Arrays.fill(values, 0));
            MEMORY.clear();
        }
    }
}
