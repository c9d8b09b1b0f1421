/** Tests of the settings, mostly of the sentences their mistakes get. */
@NullMarked
package dev.lenet.app.config;

import org.jspecify.annotations.NullMarked;
