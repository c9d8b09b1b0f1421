package dev.lenet.engine.jvm;

import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The second half of a training step: adds the gradients of the batch's parts, updates the weights and their average, and
 * brings the weights' transposed copies up to date. Cut into tasks of a few rows, which any thread may run; a row is
 * finished while it is in the first-level cache.
 *
 * <p>Where gradients are clipped, all of them have to be added up before the first weight changes: that is a round of tasks
 * of its own, which leaves a sum of squares for each. These are added in order.
 */
final class ParameterUpdate {
    /** Rows a task: enough to make it worth a thread's while, few enough to spread the largest layer. */
    static final int ROWS = 16;

    /**
     * Rows {@code from} to {@code to - 1} of a layer's parameters; the last row is the bias.
     *
     * @param dWeight the gradients of those among them that are rows of the weight, added up
     */
    private record Rows(int layer, int from, int to, float[][] dWeight) {}

    private final Kernels kernels;
    private final TrainingSpec spec;
    private final OptimizerRule rule;
    private final ModelParameters parameters;
    private final List<LayerParameters> weights;
    private final List<NetworkParameters> partGradients;
    private final List<List<LayerParameters>> partLayers = new ArrayList<>();
    private final Map<String, NetworkParameters> slots = new LinkedHashMap<>();
    private final List<List<LayerParameters>> slotLayers = new ArrayList<>();
    private final List<Rows> tasks = new ArrayList<>();
    private final double[] squares;

    /** Of each worker and task, rows for a gradient that is computed, used and forgotten: they stay in the cache. */
    private final float[][][][] passing;

    /** How many tasks, the first ones, are of what is before the first fully connected layer. */
    private final int convolutions;

    /** What the tasks of the current step need to know. */
    private int parts;

    /** Of each part, if the gradients of fully connected layers are still to be computed; otherwise empty. */
    private List<Plan> plans = List.of();

    /** Whether the backward pass through the convolutions is still to come, too, as the first task. */
    private boolean pending;

    private float clipFactor = 1;

    ParameterUpdate(
            Kernels kernels, NativeModel model, TrainingSpec spec, List<NetworkParameters> partGradients, int workers) {
        this.kernels = kernels;
        this.spec = spec;
        this.rule = OptimizerRule.of(spec.optimizer(), kernels);
        this.parameters = model.parameters();
        this.weights = parameters.weights().layers();
        this.partGradients = partGradients;
        Network network = model.network();
        partGradients.forEach(part -> partLayers.add(part.layers()));
        for (String slot : spec.slots()) {
            NetworkParameters values = new NetworkParameters(network);
            slots.put(slot, values);
            slotLayers.add(values.layers());
        }
        for (int layer = 0; layer < weights.size(); layer++) {
            int rows = weights.get(layer).rows();
            for (int from = 0; from < rows; from += ROWS) {
                int to = Math.min(rows, from + ROWS);
                float[][] weight = partLayers.get(0).get(layer).weight();
                tasks.add(new Rows(layer, from, to, Arrays.copyOfRange(weight, from, Math.min(to, weight.length))));
            }
        }
        squares = new double[tasks.size()];
        passing = new float[workers][tasks.size()][][];
        for (float[][][] ofTasks : passing) {
            float[][] rows = {};
            for (int task = 0; task < tasks.size(); task++) {
                float[][] dWeight = tasks.get(task).dWeight();
                if (rows.length < dWeight.length
                        || (rows.length > 0 && dWeight.length > 0 && rows[0].length != dWeight[0].length)) {
                    rows = new float[dWeight.length][dWeight[0].length];
                }
                ofTasks[task] = Arrays.copyOf(rows, dWeight.length);
            }
        }
        convolutions = (int) tasks.stream()
                .takeWhile(rows -> !weights.get(rows.layer()).isFullyConnected())
                .count();
    }

    /** What is remembered from step to step, by name. */
    Map<String, NetworkParameters> slots() {
        return slots;
    }

    /** How many tasks there are; with a backward pass still to come, all of the convolutions are one with it. */
    int tasks() {
        return pending ? 1 + tasks.size() - convolutions : tasks.size();
    }

    private int first(int task) {
        return pending && task > 0 ? convolutions + task - 1 : task;
    }

    private int end(int task) {
        return pending && task == 0 ? convolutions : first(task) + 1;
    }

    /**
     * Says where the next gradients are, before {@link #prepare} or {@link #sumOfParts}.
     *
     * @param newParts how many parts of the gradients are filled
     * @param newPlans of each part, if the gradients of its weights of fully connected layers are still to be computed;
     *     otherwise empty
     * @param newPending whether the backward pass through the convolutions of the only part is still to come
     */
    void take(int newParts, List<Plan> newPlans, boolean newPending) {
        parts = newParts;
        plans = newPlans;
        pending = newPending;
    }

    /** @param step number of this update, from 1 */
    void prepare(long step, double learningRate) {
        rule.prepare(step, learningRate);
    }

    /** Whether {@link #sum} has to be run for all tasks, and {@link #clip} after them, before the first {@link #run}. */
    boolean clips() {
        return spec.clipNorm() > 0;
    }

    /** Adds up the gradients of a task's rows, and their squares. */
    void sum(int task) {
        finishBackward(task);
        for (int i = first(task); i < end(task); i++) {
            squares[i] = sumOfSquares(tasks.get(i));
        }
    }

    private double sumOfSquares(Rows rows) {
        double sum = 0;
        collect(rows);
        for (int row = rows.from(); row < rows.to(); row++) {
            sum += kernels.sumOfSquares(partLayers.get(0).get(rows.layer()).row(row));
        }
        return sum;
    }

    /** Of the first task, while other threads are busy with fully connected layers. */
    private void finishBackward(int task) {
        if (pending && task == 0) {
            plans.get(0).backwardFromConvolutions(partGradients.get(0));
        }
    }

    void clip() {
        double sum = 0;
        for (double ofTask : squares) {
            sum += ofTask;
        }
        clipFactor = (float) spec.clipFactor(Math.sqrt(sum));
    }

    void run(int task, int worker) {
        if (!clips()) {
            finishBackward(task);
        }
        for (int i = first(task); i < end(task); i++) {
            Rows rows = tasks.get(i);
            run(rows, !clips() && isComputedLate(rows) ? passing[worker][i] : rows.dWeight());
        }
    }

    private void run(Rows rows, float[][] dWeight) {
        LayerParameters layer = weights.get(rows.layer());
        int computed = clips() ? 0 : compute(rows, dWeight);
        float[] dBias = partLayers.get(0).get(rows.layer()).bias();
        for (int row = rows.from(); row < rows.to(); row++) {
            int i = row - rows.from();
            float[] gradient = i < dWeight.length ? dWeight[i] : dBias;
            if (!clips() && i >= computed) {
                addParts(rows.layer(), row);
            } else if (clips() && clipFactor != 1) {
                kernels.scale(gradient, clipFactor);
            }
            rule.update(layer.row(row), gradient, slotLayers, rows.layer(), row);
            average(rows.layer(), row);
        }
        parameters.refresh(layer, rows.from(), Math.min(rows.to(), layer.outputs()));
    }

    private boolean isComputedLate(Rows rows) {
        return !plans.isEmpty() && weights.get(rows.layer()).isFullyConnected() && rows.dWeight().length > 0;
    }

    /** Computes the gradients of a task that are not there yet; returns for how many rows that was, the first ones. */
    private int compute(Rows rows, float[][] dWeight) {
        if (!isComputedLate(rows)) {
            return 0;
        }
        for (float[] row : dWeight) {
            Arrays.fill(row, 0);
        }
        for (int part = 0; part < parts; part++) {
            plans.get(part).addWeightGradient(weights.get(rows.layer()).name(), rows.from() / ROWS, dWeight);
        }
        return dWeight.length;
    }

    /** Adds the parts' gradients of a row to the first part's. */
    private void addParts(int layer, int row) {
        float[] sum = partLayers.get(0).get(layer).row(row);
        for (int part = 1; part < parts; part++) {
            kernels.add(sum, partLayers.get(part).get(layer).row(row));
        }
    }

    /** Both, into the first part's gradients. */
    private void collect(Rows rows) {
        for (int row = rows.from() + compute(rows, rows.dWeight()); row < rows.to(); row++) {
            addParts(rows.layer(), row);
        }
    }

    /** The average is the last slot. What is multiplied with a difference is the smaller share of the two: its error is, too. */
    private void average(int layer, int row) {
        double decay = spec.averageDecay();
        if (decay > 0) {
            float[] average = slotLayers.get(slotLayers.size() - 1).get(layer).row(row);
            float[] weight = weights.get(layer).row(row);
            if (decay < 0.5) {
                Elementwise.moveFrom(average, weight, (float) decay);
            } else {
                kernels.average(average, weight, (float) (1 - decay));
            }
        }
    }

    /** The gradients of the whole batch; no weight changes. */
    NetworkParameters sumOfParts() {
        finishBackward(0);
        tasks.forEach(this::collect);
        return partGradients.get(0);
    }
}
