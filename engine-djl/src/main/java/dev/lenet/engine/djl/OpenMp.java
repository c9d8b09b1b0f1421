package dev.lenet.engine.djl;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the threads of libtorch wait for each other.
 *
 * <p>Left to itself, GNU's libgomp has them spin for milliseconds. Where another program wants the same processors, a thread spins for
 * one that does not run: training gets slower by a factor of five and more. With a short spin it keeps most of its speed there, and
 * nearly all of it on a quiet machine.
 */
final class OpenMp {
    private static final Logger LOGGER = LoggerFactory.getLogger(OpenMp.class);

    /** Turns of an empty loop before a thread sleeps; libgomp's own choice is 300,000. */
    private static final String SPIN_COUNT = "1000";

    private static final String VARIABLE = "GOMP_SPINCOUNT";

    private OpenMp() {}

    /**
     * Shortens the spin, unless the user has said how threads wait. Only before libgomp is loaded, which reads the environment of the process
     * then; Java cannot change that.
     */
    static void shortenSpin() {
        if (!Platform.isLinux()
                || List.of(VARIABLE, "OMP_WAIT_POLICY").stream().anyMatch(name -> System.getenv(name) != null)) {
            return;
        }
        try {
            Object[] arguments = {VARIABLE, SPIN_COUNT, 1};
            NativeLibrary.getProcess().getFunction("setenv").invokeInt(arguments);
        } catch (LinkageError | RuntimeException e) {
            // It is slower on a busy machine then, and nothing else.
            LOGGER.debug("{} cannot be set", VARIABLE, e);
        }
    }
}
