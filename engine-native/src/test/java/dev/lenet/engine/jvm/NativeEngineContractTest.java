package dev.lenet.engine.jvm;

import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.EngineProvider;
import dev.lenet.tck.EngineContract;

/** The engine contract, with the kernels that {@code test.simd} names, on two threads. */
@EachWidth
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
