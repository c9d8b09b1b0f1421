package dev.lenet.engine.jvm;

import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.EngineProvider;
import dev.lenet.tck.EngineContract;

/**
 * The engine contract, on two threads, with the scalar kernels and with this processor's own. What another width changes is in the
 * kernels, whose tests run on each.
 */
@EachWidth(narrower = false)
class NativeEngineContractTest extends EngineContract {

    @Override
    public EngineProvider provider() {
        return new NativeEngineProvider();
    }

    @Override
    public EngineOptions options() {
        return TestOptions.options();
    }
}
