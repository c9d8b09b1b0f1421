package dev.lenet.tck.oracle;

import dev.lenet.api.network.Network;
import dev.lenet.api.network.ParameterSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The gradient of every parameter while the examples of a batch add to it. */
public final class ParameterSums {
    private final Map<String, DotProduct[]> sums = new LinkedHashMap<>();

    ParameterSums(Network network) {
        for (ParameterSpec parameter : network.parameters()) {
            sums.put(parameter.name(), DotProduct.array(parameter.shape().size()));
        }
    }

    /** The sums of a parameter by its full name, for example {@code conv1.weight}. */
    DotProduct[] of(String parameter) {
        return Objects.requireNonNull(sums.get(parameter), parameter);
    }

    Map<String, Approximation> results() {
        Map<String, Approximation> results = new LinkedHashMap<>();
        sums.forEach((name, sum) -> results.put(name, Approximation.of(sum)));
        return results;
    }
}
