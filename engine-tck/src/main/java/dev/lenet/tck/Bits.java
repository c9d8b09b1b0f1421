package dev.lenet.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.lenet.api.engine.Layer;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.engine.TrainerState;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.ParameterSpec;
import dev.lenet.api.network.TensorData;
import dev.lenet.api.network.Weights;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Comparing to the bit: any NaN equals any NaN, and -0.0 is not 0.0. */
final class Bits {
    private Bits() {}

    static void assertSameBits(String what, float[] received, float[] expected) {
        assertThat(received.length).as("%s: number of values", what).isEqualTo(expected.length);
        for (int i = 0; i < expected.length; i++) {
            // floatToIntBits makes one NaN of all, and keeps the sign of zero.
            if (Float.floatToIntBits(received[i]) != Float.floatToIntBits(expected[i])) {
                fail(
                        "%s: expected %s (%s) at %d of %d, received %s (%s); seed %d",
                        what,
                        expected[i],
                        Float.toHexString(expected[i]),
                        i,
                        expected.length,
                        received[i],
                        Float.toHexString(received[i]),
                        ContractRules.SEED);
            }
        }
    }

    /** Also that the tensor is open. */
    static void assertSameBits(String what, Tensor received, float[] expected) {
        assertSameBits(what, UseAssertions.assertAccepted(what + ", toArray()", received::toArray), expected);
    }

    /** Also the names, their order, and the shapes. */
    static void assertSameBits(String what, Weights received, Weights expected) {
        assertThat(received.tensors().keySet())
                .as("%s: names", what)
                .containsExactlyElementsOf(expected.tensors().keySet());
        expected.tensors().forEach((name, tensor) -> {
            String where = what + ", " + name;
            assertThat(received.tensors())
                    .hasEntrySatisfying(
                            name, other -> assertThat(other.shape()).as(where).isEqualTo(tensor.shape()));
            assertSameBits(where, received.get(name), tensor.values());
        });
    }

    /** All of them, and each in its layer, where there is one. */
    static void assertHasWeights(Model model, Weights expected) {
        assertSameBits("Model.weights()", model.weights(), expected);
        for (Layer layer : model.layers()) {
            Map<String, TensorData> parameters = layer.parameters();
            List<ParameterSpec> specs = layer.spec().parameters();
            assertThat(parameters.keySet())
                    .containsExactlyElementsOf(
                            specs.stream().map(ParameterSpec::name).toList());
            for (ParameterSpec spec : specs) {
                assertThat(parameters).hasEntrySatisfying(spec.name(), parameter -> {
                    assertThat(parameter.shape()).isEqualTo(spec.shape());
                    assertSameBits(spec.name(), parameter.values(), expected.get(spec.name()));
                });
            }
        }
    }

    static void assertSameState(String what, TrainerState received, TrainerState expected) {
        assertThat(received.step()).as("%s: step", what).isEqualTo(expected.step());
        assertSameBits(what, received.weights(), expected.weights());
        assertThat(received.slots().keySet())
                .as("%s: slots", what)
                .isEqualTo(expected.slots().keySet());
        expected.slots().forEach((name, slot) -> assertThat(received.slots())
                .hasEntrySatisfying(name, other -> assertSameBits(what + ", " + name, other, slot)));
    }

    /** Arrays of their own. */
    static Weights copyOf(Network network, Weights weights) {
        return Weights.of(network, parameter -> weights.get(parameter.name()).clone());
    }

    /** Arrays of their own. */
    static TrainerState copyOf(Network network, TrainerState state) {
        Map<String, Weights> slots = new HashMap<>();
        state.slots().forEach((name, slot) -> slots.put(name, copyOf(network, slot)));
        return new TrainerState(state.step(), copyOf(network, state.weights()), slots);
    }
}
