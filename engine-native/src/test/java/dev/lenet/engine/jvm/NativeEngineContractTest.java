package dev.lenet.engine.jvm;

import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.EngineProvider;
import dev.lenet.tck.EngineContract;

/** The engine contract, with this engine's default kernels on two threads. */
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
