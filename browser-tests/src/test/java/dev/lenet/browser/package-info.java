/** The page of {@code serve} as its users see it: in Chromium, with real pointer and key events. */
@NullMarked
package dev.lenet.browser;

import org.jspecify.annotations.NullMarked;
