package dev.lenet.app.console;

import dev.lenet.app.usecase.Stop;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns Ctrl-C (SIGINT), SIGTERM and the end of the terminal (SIGHUP) into a question that the training loop asks after
 * every step. A second Ctrl-C or SIGTERM ends the process at once; not so a SIGHUP, as a terminal that is closed sends it
 * twice, through the shell and by itself.
 *
 * <p>Why not a shutdown hook, the documented way: once hooks run, the JVM does not react to a second signal, so that
 * there would be no leaving before the first is dealt with. {@code sun.misc.Signal} is in every JDK so far (module
 * {@code jdk.unsupported}, which JEP 260 keeps until there is a replacement), but javac warns of it unconditionally;
 * hence the reflection. Where it is missing, or the signals are taken ({@code java -Xrs}) or unknown (SIGHUP on Windows), a
 * signal ends the process as it always does, and the last checkpoint is what is left. What the process was told to ignore,
 * as by {@code nohup}, the JVM leaves ignored.
 */
final class Interruption implements Stop {
    /** To which shells add the number of a signal for the exit code of what it ended. */
    private static final int BY_SIGNAL = 128;

    /** The exit code of a process that SIGINT ended. */
    static final int BY_CTRL_C = BY_SIGNAL + 2;

    private static final String HANGUP = "HUP";
    private static final List<String> SIGNALS = List.of("INT", "TERM", HANGUP);

    /** Puts back what reacted to the signals before. */
    private final List<Runnable> undo = new ArrayList<>();

    /** What a shell makes of the first signal; 0 before there is one. */
    private volatile int exitCode;

    /** Reacts to signals from now on, until closed. */
    Interruption() {
        for (String name : SIGNALS) {
            try {
                listen(name);
            } catch (ReflectiveOperationException e) {
                // Then the signal keeps its usual meaning, see above.
            }
        }
    }

    private void listen(String name) throws ReflectiveOperationException {
        Class<?> signalType = Class.forName("sun.misc.Signal");
        Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
        var handle = signalType.getMethod("handle", signalType, handlerType);
        Object signal = signalType.getConstructor(String.class).newInstance(name);
        int number = (int) signalType.getMethod("getNumber").invoke(signal);
        Object handler = Proxy.newProxyInstance(
                Interruption.class.getClassLoader(), new Class<?>[] {handlerType}, (proxy, method, arguments) -> {
                    if (method.getName().equals("handle")) {
                        received(name, number);
                        return null;
                    }
                    return method.invoke(this, arguments);
                });
        Object before = handle.invoke(null, signal, handler);
        undo.add(() -> {
            try {
                handle.invoke(null, signal, before);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("what was set a moment ago cannot be set again", e);
            }
        });
    }

    synchronized void received(String name, int number) {
        if (exitCode == 0) {
            exitCode = BY_SIGNAL + number;
        } else if (!name.equals(HANGUP)) {
            Runtime.getRuntime().halt(BY_SIGNAL + number);
        }
    }

    /** Whether the process was asked to stop. */
    @Override
    public boolean getAsBoolean() {
        return exitCode != 0;
    }

    /** That of a process that was asked to stop: 130 after a Ctrl-C, 143 after a SIGTERM, 129 after a SIGHUP. */
    int exitCode() {
        return exitCode;
    }

    @Override
    public void release() {
        undo.forEach(Runnable::run);
        undo.clear();
    }
}
