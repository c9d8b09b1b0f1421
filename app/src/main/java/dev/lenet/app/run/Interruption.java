package dev.lenet.app.run;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Turns Ctrl-C (SIGINT) and SIGTERM into a question that the training loop asks after every step. A second one ends the
 * process at once.
 *
 * <p>Why not a shutdown hook, the documented way: once hooks run, the JVM does not react to a second signal, so that
 * nobody could leave before the first is dealt with. {@code sun.misc.Signal} is in every JDK so far (module
 * {@code jdk.unsupported}, which JEP 260 keeps until there is a replacement), but javac warns of it unconditionally;
 * hence the reflection. Where it is missing, or the signals are taken ({@code java -Xrs}), a signal ends the process as
 * it always does, and the last epoch's checkpoint is what is left.
 */
final class Interruption implements BooleanSupplier, AutoCloseable {
    /** 128 and the number of SIGINT, as shells count. */
    private static final int EXIT_CODE = 130;

    private static final List<String> SIGNALS = List.of("INT", "TERM");

    /** Puts back what reacted to the signals before. */
    private final List<Runnable> undo = new ArrayList<>();

    private volatile boolean asked;

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
        Object handler = Proxy.newProxyInstance(
                Interruption.class.getClassLoader(), new Class<?>[] {handlerType}, (proxy, method, arguments) -> {
                    if (method.getName().equals("handle")) {
                        received();
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

    private void received() {
        if (asked) {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
        asked = true;
    }

    /** Whether somebody asked to stop. */
    @Override
    public boolean getAsBoolean() {
        return asked;
    }

    @Override
    public void close() {
        undo.forEach(Runnable::run);
    }
}
