package dev.lenet.app.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a record component a setting. Its name becomes the key ({@code batchSize} is {@code batch_size}), its type says what values
 * there are, and the component that holds the record names the section. {@code config.yaml} and the help of options are made
 * from this; see {@link Schema}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Declaration {

    /** The default, as it is written in {@code config.yaml}. */
    String initial();

    /**
     * The comment in {@code config.yaml}: one sentence or several, of which the first is the help of the option. Line breaks do not
     * count; <code>{range}</code> stands for the values there are.
     */
    String text();

    /** The smallest number there is. */
    double least() default Double.NEGATIVE_INFINITY;

    /** The largest number there is. */
    double most() default Double.POSITIVE_INFINITY;

    /** A number that all others are below, in place of the largest. */
    double below() default Double.POSITIVE_INFINITY;

    /** The names of the option that gives it; none if only a file can. For a flag, the option that makes it false. */
    String[] option() default {};

    /** What the help calls the option's value. */
    String label() default "N";

    /** What {@code config.yaml} says above a section: a record component that is itself a record of settings. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Section {
        /** One sentence or several; line breaks do not count. */
        String value();
    }
}
