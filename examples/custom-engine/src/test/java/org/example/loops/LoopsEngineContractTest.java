package org.example.loops;

import dev.lenet.api.engine.EngineProvider;
import dev.lenet.tck.EngineContract;

/** Every rule of the engine contract, on this engine. */
class LoopsEngineContractTest extends EngineContract {

    @Override
    public EngineProvider provider() {
        return new LoopsEngineProvider();
    }
}
