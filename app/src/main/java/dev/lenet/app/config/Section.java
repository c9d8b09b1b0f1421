package dev.lenet.app.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What {@code config.yaml} says above a section: a record component that is itself a record of settings. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Section {

    /** One sentence or several; line breaks do not count. */
    String value();
}
