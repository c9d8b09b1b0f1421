package dev.lenet.tck.reference;

import dev.lenet.api.engine.EngineProvider;
import dev.lenet.tck.EngineContract;

/** A right engine passes. */
class ReferenceEngineContractTest extends EngineContract {
    @Override
    public EngineProvider provider() {
        return new ReferenceProvider();
    }
}
