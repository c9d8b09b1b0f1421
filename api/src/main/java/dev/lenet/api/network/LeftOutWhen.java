package dev.lenet.api.network;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a component of a layer is if a file does not have it: model files leave out a component with that value. So files that
 * were written before there was such a component mean what they meant, and those of a plain layer look as they did.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface LeftOutWhen {

    /** The value as a file would have it, for example {@code true}. */
    String value();
}
