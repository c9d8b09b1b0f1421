package dev.lenet.engine.djl;

import dev.lenet.api.engine.EngineProvider;
import dev.lenet.tck.EngineContract;

/** The engine contract, on the CPU. */
class DjlEngineContractTest extends EngineContract {

    @Override
    public EngineProvider provider() {
        return new DjlEngineProvider();
    }
}
