package dev.lenet.engine.jvm;

import dev.lenet.api.data.Batch;
import java.util.ArrayList;
import java.util.List;

/**
 * The gradients of a batch through a network with {@link BatchStage}s: every block has a plan of its own, and all of them go from
 * one such stage to the next before any goes on. Blocks, and parts of so many of them, are those of {@link NativeTrainer}; a part's
 * blocks are added to its gradients in order.
 */
final class BlockRounds {

    /** Makes plans, and finds those that it has made. */
    interface Plans {
        Plan of(int block, int images);
    }

    private final NativeEngine engine;
    private final Plans plans;
    private final List<LossFunction> losses;
    private final List<NetworkParameters> partGradients;
    private final double[] partLosses;
    private List<Plan> blocks = List.of();

    /**
     * @param losses one for each worker
     * @param partGradients where the gradients of each part are added
     * @param partLosses where the sum of the losses of each part goes
     */
    BlockRounds(
            NativeEngine engine,
            Plans plans,
            List<LossFunction> losses,
            List<NetworkParameters> partGradients,
            double[] partLosses) {
        this.engine = engine;
        this.plans = plans;
        this.losses = losses;
        this.partGradients = partGradients;
        this.partLosses = partLosses;
    }

    void run(Batch batch, int parts, long step) {
        int count = BatchCut.blocks(batch.size());
        List<Plan> all = new ArrayList<>();
        for (int block = 0; block < count; block++) {
            all.add(plans.of(block, BatchCut.size(batch.size(), block)));
        }
        blocks = all;
        int last = blocks.get(0).batchStages().size();
        for (int round = 0; round <= last; round++) {
            int segment = round;
            engine.run(count, (block, worker) -> forward(batch, block, segment, step));
            if (segment < last) {
                eachOf(segment, BatchStage::combine);
            }
        }
        for (int round = last; round >= 0; round--) {
            int segment = round;
            engine.run(parts, (part, worker) -> backward(batch, part, parts, segment, last, losses.get(worker)));
            if (segment > 0) {
                eachOf(segment - 1, BatchStage::combineGradients);
            }
        }
    }

    private interface Combination {
        void of(BatchStage stage, List<BatchStage> blocks);
    }

    /** Every block works the same numbers out for itself: that is less than to share them. */
    private void eachOf(int index, Combination combination) {
        List<BatchStage> stages = stages(index);
        for (BatchStage stage : stages) {
            combination.of(stage, stages);
        }
    }

    private List<BatchStage> stages(int index) {
        return blocks.stream().map(plan -> plan.batchStages().get(index)).toList();
    }

    private void forward(Batch batch, int block, int segment, long step) {
        Plan plan = blocks.get(block);
        int first = BatchCut.first(batch.size(), block);
        if (segment == 0) {
            for (int n = 0; n < BatchCut.size(batch.size(), block); n++) {
                plan.load(batch, n, first + n);
            }
        }
        plan.forwardSegment(segment, step, first);
    }

    private void backward(Batch batch, int part, int parts, int segment, int last, LossFunction loss) {
        NetworkParameters gradients = partGradients.get(part);
        int from = part * blocks.size() / parts;
        int to = (part + 1) * blocks.size() / parts;
        if (segment == last) {
            gradients.clear();
            double sum = 0;
            for (int block = from; block < to; block++) {
                sum += loss.gradients(blocks.get(block).output(), batch, BatchCut.first(batch.size(), block));
            }
            partLosses[part] = sum;
        }
        for (int block = from; block < to; block++) {
            blocks.get(block).backwardSegment(segment, gradients);
        }
    }

    /** After a step: moves what the layers keep for themselves towards what the last batch was. */
    void keep() {
        blocks.get(0).batchStages().forEach(BatchStage::keep);
    }
}
