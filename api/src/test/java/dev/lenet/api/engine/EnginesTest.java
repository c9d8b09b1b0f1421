package dev.lenet.api.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.EngineUnavailableException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnginesTest {
    private final Path directory;
    private final ClassLoader usual = Thread.currentThread().getContextClassLoader();

    EnginesTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @AfterEach
    void restoreTheClassLoader() {
        Thread.currentThread().setContextClassLoader(usual);
    }

    @Test
    void findsTheEnginesOfTheClassPathSortedByName() throws IOException {
        serviceFile(Zebra.class.getName() + "\n" + Aardvark.class.getName());

        assertThat(Engines.all()).extracting(EngineProvider::name).containsExactly("aardvark", "zebra");
        assertThat(Engines.named("zebra")).isInstanceOf(Zebra.class);
    }

    @Test
    void namesTheEnginesThereAreWhenOneIsNot() throws IOException {
        serviceFile(Zebra.class.getName() + "\n" + Aardvark.class.getName());

        assertThatThrownBy(() -> Engines.named("Zebra"))
                .isInstanceOf(EngineUnavailableException.class)
                .hasMessage("Engine 'Zebra': expected one of [aardvark, zebra], received 'Zebra'."
                        + " Choose one of these, or put the engine's jar on the class path.");
    }

    @Test
    void saysSoWhenThereAreNone() {
        assertThatThrownBy(() -> Engines.named("native"))
                .isInstanceOf(EngineUnavailableException.class)
                .hasMessage("Engine 'native': expected one of [], received 'native'."
                        + " Choose one of these, or put the engine's jar on the class path.");
    }

    @Test
    void theBestIsTheOneOfHighestPriorityAmongThoseThatCanRun() throws IOException {
        serviceFile(Ready.class.getName() + "\n" + Zebra.class.getName() + "\n" + Slow.class.getName());

        assertThat(Engines.best(EngineOptions.DEFAULT)).isInstanceOf(Ready.class);
    }

    @Test
    void saysWhatEachIsMissingWhenNoneCanRun() throws IOException {
        serviceFile(Zebra.class.getName());

        assertThatThrownBy(() -> Engines.best(EngineOptions.DEFAULT))
                .isInstanceOf(EngineUnavailableException.class)
                .hasMessage(
                        "Engines: expected one that can run here, found none. 'zebra' cannot run: only a name none");
    }

    @Test
    void aClassLoaderOfOnesOwnIsAskedAlone() throws IOException {
        serviceFile(Zebra.class.getName());
        ClassLoader plugins = Thread.currentThread().getContextClassLoader();
        restoreTheClassLoader();

        assertThat(Engines.all(plugins)).extracting(EngineProvider::name).containsExactly("zebra");
        assertThat(Engines.all()).isEmpty();
    }

    /** A thread of a pool, or of native code, may have any context, or none. */
    @Test
    void findsItsOwnEnginesInAThreadOfAnyContext() throws Exception {
        Path classes = Path.of(Engines.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path tests = Path.of(
                Zebra.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(
                services.resolve("dev.lenet.api.engine.EngineProvider"),
                Zebra.class.getName() + "\n" + Aardvark.class.getName());
        URL[] path = {
            directory.toUri().toURL(), classes.toUri().toURL(), tests.toUri().toURL()
        };
        try (URLClassLoader program = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
            Class<?> engines = program.loadClass(Engines.class.getName());
            for (ClassLoader context :
                    new ClassLoader[] {null, ClassLoader.getPlatformClassLoader(), new URLClassLoader(new URL[0])}) {
                Thread.currentThread().setContextClassLoader(context);
                assertThat((List<?>) engines.getMethod("all").invoke(null))
                        .as("in the context %s", context)
                        .extracting(engine -> engine.getClass().getSimpleName())
                        .containsExactly("Aardvark", "Zebra");
            }
            Thread.currentThread().setContextClassLoader(program);
            assertThat((List<?>) engines.getMethod("all").invoke(null))
                    .as("each once")
                    .hasSize(2);
        }
    }

    @Test
    void saysWhenAServiceFileIsBroken() throws IOException {
        serviceFile("no.such.Provider");

        assertThatThrownBy(Engines::all)
                .isInstanceOf(EngineUnavailableException.class)
                .hasMessage("Engines: a service file on the class path is broken"
                        + " (dev.lenet.api.engine.EngineProvider: Provider no.such.Provider not found)."
                        + " Rebuild or remove the jar that holds it.");
    }

    private void serviceFile(String content) throws IOException {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(services.resolve("dev.lenet.api.engine.EngineProvider"), content);
        Thread.currentThread()
                .setContextClassLoader(
                        new URLClassLoader(new URL[] {directory.toUri().toURL()}, usual));
    }

    /** For the service loader. */
    public static final class Zebra extends Nowhere {
        @Override
        public String name() {
            return "zebra";
        }
    }

    /** For the service loader. */
    public static final class Aardvark extends Nowhere {
        @Override
        public String name() {
            return "aardvark";
        }
    }

    /** For the service loader: it cannot run, and would be the best. */
    public static final class Slow extends Nowhere {
        @Override
        public String name() {
            return "slow";
        }

        @Override
        public int priority() {
            return 100;
        }
    }

    /** For the service loader. */
    public static final class Ready extends Nowhere {
        @Override
        public String name() {
            return "ready";
        }

        @Override
        public Availability probe(EngineOptions options) {
            return new Availability.Ready("here");
        }
    }

    private abstract static class Nowhere implements EngineProvider {
        @Override
        public Availability probe(EngineOptions options) {
            return new Availability.Unavailable("only a name", "none");
        }

        @Override
        public Engine open(EngineOptions options) {
            throw new EngineUnavailableException("only a name");
        }
    }
}
