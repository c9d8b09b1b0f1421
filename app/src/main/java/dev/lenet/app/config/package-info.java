/** Settings: one commented file of defaults, a user's file over it, and the command line over both. */
@NullMarked
package dev.lenet.app.config;

import org.jspecify.annotations.NullMarked;
