/** Tests of the server behind the page. The page itself is tested in a browser, by {@code browser-tests}. */
@NullMarked
package dev.lenet.app.serve;

import org.jspecify.annotations.NullMarked;
