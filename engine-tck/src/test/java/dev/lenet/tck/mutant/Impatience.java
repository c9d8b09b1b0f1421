package dev.lenet.tck.mutant;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.lang.reflect.Method;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Stands in for the timeout of the contract in the chapter about deadlocks. A minute suits a slow machine, but not each
 * build of this project, once for each mutant that hangs.
 */
final class Impatience implements InvocationInterceptor {
    /** The reference engine takes less than a second. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> test, ExtensionContext extension)
            throws Throwable {
        if (test.getExecutable().getName().startsWith("rule_8_")) {
            assertTimeoutPreemptively(PATIENCE, invocation::proceed);
        } else {
            invocation.proceed();
        }
    }
}
