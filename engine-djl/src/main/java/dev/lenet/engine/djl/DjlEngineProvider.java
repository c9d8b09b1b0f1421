package dev.lenet.engine.djl;

import dev.lenet.api.EngineUnavailableException;
import dev.lenet.api.engine.Availability;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.EngineProvider;
import dev.lenet.api.engine.EngineSetting;
import java.util.List;

/**
 * Offers PyTorch, through Deep Java Library, under the name {@code djl}.
 *
 * <p>{@code threads} limits what PyTorch computes one operation with; engines with different numbers live side by side,
 * as each of their calls sets the number of its own thread. PyTorch's matrix library (MKL) keeps one number for the
 * process, though: while two engines with different numbers compute at the same moment, one may use the other's. That
 * changes speed only.
 *
 * <p>On CUDA, PyTorch lets convolutions use TF32 (10 bits of mantissa) and DJL has no switch for it; set
 * {@code NVIDIA_TF32_OVERRIDE=0} in the environment for float32 throughout.
 */
public final class DjlEngineProvider implements EngineProvider {

    static final String NAME = "djl";

    /** How many devices share out each batch in training. Declared here, as listing engines is not to load PyTorch's classes. */
    static final EngineSetting REPLICAS = new EngineSetting("replicas", new EngineSetting.WholeNumber(1, 99), "1", """
            GPUs that share out each batch in training, {range}: the one that device names, and those after it. Each needs a
            part of the batch that is worth its while. On a CPU as many copies train there, which shows that it works, and is
            slower. Every command of djl checks that they are there.""");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Availability probe(EngineOptions options) {
        try {
            return new Availability.Ready(Torch.find(options).describe(options.resolvedThreads()));
        } catch (Torch.Missing e) {
            return new Availability.Unavailable(e.reason(), e.remedy());
        }
    }

    @Override
    public List<EngineSetting> settings() {
        return List.of(REPLICAS);
    }

    @Override
    public Engine open(EngineOptions options) {
        try {
            return new DjlEngine(Torch.find(options), options.resolvedThreads());
        } catch (Torch.Missing e) {
            throw new EngineUnavailableException("Engine '" + NAME + "': " + e.reason() + ". " + e.remedy() + ".", e);
        }
    }
}
