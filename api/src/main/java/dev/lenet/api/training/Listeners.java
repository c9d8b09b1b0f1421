package dev.lenet.api.training;

import dev.lenet.api.network.Weights;
import java.util.List;
import java.util.function.Supplier;

/** Several listeners as one, told in order. */
record Listeners(List<TrainingListener> all) implements TrainingListener {
    @Override
    public void started(long step, long totalSteps, int stepsPerEpoch) {
        all.forEach(each -> each.started(step, totalSteps, stepsPerEpoch));
    }

    /** Called after every step: without an iterator. */
    @Override
    public void stepped(long step, int examples, double learningRate) {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).stepped(step, examples, learningRate);
        }
    }

    @Override
    public void lossKnown(long step, float loss) {
        all.forEach(each -> each.lossKnown(step, loss));
    }

    @Override
    public void gradients(int epoch, Supplier<Weights> ofLastBatch) {
        all.forEach(each -> each.gradients(epoch, ofLastBatch));
    }

    @Override
    public void epochEnded(EpochReport report) {
        all.forEach(each -> each.epochEnded(report));
    }
}
