/**
 * The engine contract as tests: extend {@link dev.lenet.tck.EngineContract} in the tests of an engine. The rules are in
 * {@code docs/engine-contract.md}.
 */
@NullMarked
package dev.lenet.tck;

import org.jspecify.annotations.NullMarked;
