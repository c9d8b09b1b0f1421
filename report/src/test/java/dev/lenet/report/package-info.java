/** Tests of what a report is made of. */
@NullMarked
package dev.lenet.app.report;

import org.jspecify.annotations.NullMarked;
