/** Settings: declared once with their defaults, a user's file over them, and the command line over both. */
@NullMarked
package dev.lenet.app.config;

import org.jspecify.annotations.NullMarked;
