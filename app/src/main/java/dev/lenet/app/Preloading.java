package dev.lenet.app;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Inject;
import com.google.inject.Stage;
import dev.lenet.api.engine.Engines;
import dev.lenet.app.config.Schema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Loads what a command needs later, while the main thread reads its arguments. A short command is nearly all loading of classes. On two
 * cores, of which the JIT compilers want one as well, {@code predict} took 1,117 instead of 1,182 ms (medians of 15, by turns).
 */
final class Preloading {
    /** The commands that build a model. */
    private static final List<String> COMMANDS = List.of("train", "evaluate", "predict", "serve", "report", "compare");

    /** One black pixel. */
    private static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==";

    private Preloading() {}

    static void start(List<String> arguments) {
        if (COMMANDS.stream().noneMatch(arguments::contains)) {
            return;
        }
        Thread thread = new Thread(() -> load(arguments.contains("predict")), "lenet-preloading");
        thread.setDaemon(true);
        // What fails here fails once more where it is needed, and is told there.
        thread.setUncaughtExceptionHandler((unused, failure) -> {});
        thread.start();
    }

    /** In the order in which they are needed. */
    private static void load(boolean pictures) {
        Schema.of(Engines.all());
        Guice.createInjector(Stage.DEVELOPMENT, new Sample()).getInstance(Sample.class);
        try {
            MessageDigest.getInstance("SHA-256").digest();
            if (pictures) {
                ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(PNG)));
            }
        } catch (NoSuchAlgorithmException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As much of Guice as the program's own modules need. */
    private static final class Sample extends AbstractModule {
        @Inject
        Sample() {}

        @Override
        protected void configure() {
            bind(String.class).toInstance("");
        }
    }
}
