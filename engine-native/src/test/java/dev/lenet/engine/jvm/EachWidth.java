package dev.lenet.engine.jvm;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Tests that the build runs once for each kind of kernels, as far as the processor has them. */
@Tag("kernels")
@ExtendWith(EachWidth.OfThisProcessor.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface EachWidth {

    /** Whether to run on registers that are narrower than the processor's as well. */
    boolean narrower() default true;

    /** Leaves out the widths that are wider than the processor's: each operation would be a loop over an array. */
    final class OfThisProcessor implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            String asked = System.getProperty("test.simd", "auto");
            int bits = new VectorRegister().getAsInt();
            int width = asked.matches("\\d+") ? Integer.parseInt(asked) : bits;
            boolean narrower = context.getRequiredTestClass()
                    .getAnnotation(EachWidth.class)
                    .narrower();
            return width > bits || (width < bits && !narrower)
                    ? ConditionEvaluationResult.disabled("the registers of this processor have " + bits + " bits")
                    : ConditionEvaluationResult.enabled("");
        }
    }
}
