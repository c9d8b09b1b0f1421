package dev.lenet.engine.jvm;

import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.Weights;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The weights of a model, those of fully connected layers a second time transposed: {@code transposed[input][output]}.
 *
 * <p>Every product of the forward and the backward pass can then run along rows. Transposing again after each update
 * moves every weight once; products along columns would read them in strides for every image.
 */
final class ModelParameters {
    /** How many columns of a transposed weight are written before the next rows. */
    private static final int INPUTS = 64;

    private final NetworkParameters weights;
    private final Map<String, float[][]> transposed = new LinkedHashMap<>();

    ModelParameters(Network network, Weights initial) {
        weights = new NetworkParameters(network);
        for (LayerParameters layer : weights.layers()) {
            if (layer.isFullyConnected()) {
                transposed.put(layer.name(), new float[layer.inputs()][Kernels.padded(layer.outputs())]);
            }
        }
        set(initial);
    }

    NetworkParameters weights() {
        return weights;
    }

    LayerParameters of(NamedLayer layer) {
        return weights.of(layer);
    }

    float[][] transposed(String layer) {
        float[][] rows = transposed.get(layer);
        if (rows == null) {
            throw new IllegalArgumentException(layer + " is not fully connected");
        }
        return rows;
    }

    void set(Weights values) {
        weights.set(values);
        for (LayerParameters layer : weights.layers()) {
            refresh(layer, 0, layer.outputs());
        }
    }

    /** Brings the transposed weight of some outputs up to date, where there is one. */
    void refresh(LayerParameters layer, int fromOutput, int toOutput) {
        if (!layer.isFullyConnected()) {
            return;
        }
        float[][] rows = layer.weight();
        float[][] columns = transposed(layer.name());
        // Some inputs at a time, so that a line of the cache, which another thread may want too, is soon done with.
        for (int from = 0; from < columns.length; from += INPUTS) {
            int to = Math.min(columns.length, from + INPUTS);
            int output = fromOutput;
            for (; output <= toOutput - 8; output += 8) {
                transpose8(rows, output, columns, from, to);
            }
            for (; output < toOutput; output++) {
                float[] row = rows[output];
                for (int input = from; input < to; input++) {
                    columns[input][output] = row[input];
                }
            }
        }
    }

    /** Eight rows at a time: half a line of the cache, and every row and column is looked up once. */
    private static void transpose8(float[][] rows, int first, float[][] columns, int from, int to) {
        float[] row0 = rows[first];
        float[] row1 = rows[first + 1];
        float[] row2 = rows[first + 2];
        float[] row3 = rows[first + 3];
        float[] row4 = rows[first + 4];
        float[] row5 = rows[first + 5];
        float[] row6 = rows[first + 6];
        float[] row7 = rows[first + 7];
        for (int i = from; i < to; i++) {
            float[] column = columns[i];
            column[first] = row0[i];
            column[first + 1] = row1[i];
            column[first + 2] = row2[i];
            column[first + 3] = row3[i];
            column[first + 4] = row4[i];
            column[first + 5] = row5[i];
            column[first + 6] = row6[i];
            column[first + 7] = row7[i];
        }
    }
}
