package dev.lenet.engine.djl;

import dev.lenet.api.network.LayerSpec.Role;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.Residual;
import java.util.ArrayList;
import java.util.List;

/**
 * Layers whose output is added to their input, or to its projection.
 *
 * <p>Of a residual from {@code x3} to {@code x4}, the layers go from {@code x3_0} to {@code x3_1} and on, and the projection from
 * {@code x3_p} to {@code x3_q}; so the gradients that come back both ways, {@code d3_0} and {@code d3_p}, have names of their own.
 */
record ResidualSource(Residual residual) implements LayerSource {

    @Override
    public List<String> predict(Names names) {
        return forward(
                names, (source, own, reused) -> reused ? source.predictInPlace(own, false) : source.predict(own));
    }

    @Override
    public List<String> predictOnHost(Names names) {
        return forward(
                names, (source, own, reused) -> reused ? source.predictInPlace(own, true) : source.predictOnHost(own));
    }

    @Override
    public List<String> train(Names names) {
        return forward(names, (source, own, reused) -> source.train(own));
    }

    /** What a layer computes in the forward pass. */
    private interface Way {

        /** @param reused whether the layer may write over its input */
        List<String> of(LayerSource source, Names names, boolean reused);
    }

    private List<String> forward(Names names, Way way) {
        List<String> statements = new ArrayList<>();
        List<Names> body = body(names);
        List<Names> projection = projection(names);
        statements.add(body.get(0).x() + " = " + names.x());
        for (int i = 0; i < body.size(); i++) {
            Names own = body.get(i);
            // Not the first: its input is added in the end.
            boolean reused = i > 0 && body.get(i - 1).layer().spec().role() == Role.WEIGHTED;
            statements.addAll(way.of(LayerSources.of(own.layer()), own, reused));
        }
        String added = names.x();
        for (Names own : projection) {
            statements.add(own.x() + " = " + names.x());
            statements.addAll(way.of(LayerSources.of(own.layer()), own, false));
            added = own.y();
        }
        statements.add("%s = torch.add(%s, %s)"
                .formatted(names.y(), body.get(body.size() - 1).y(), added));
        return statements;
    }

    @Override
    public List<String> backward(Names names, boolean onward) {
        List<String> statements = new ArrayList<>();
        List<Names> body = body(names);
        statements.add(body.get(body.size() - 1).dY() + " = " + names.dY());
        for (int i = body.size() - 1; i >= 0; i--) {
            Names own = body.get(i);
            statements.addAll(LayerSources.of(own.layer()).backward(own, true));
        }
        String added = names.dY();
        for (Names own : projection(names)) {
            statements.add(own.dY() + " = " + names.dY());
            statements.addAll(LayerSources.of(own.layer()).backward(own, true));
            added = own.dX();
        }
        statements.add(
                "%s = torch.add(%s, %s)".formatted(names.dX(), body.get(0).dX(), added));
        return statements;
    }

    private List<Names> body(Names names) {
        List<Names> body = new ArrayList<>();
        NamedLayer layer = names.layer();
        for (NamedLayer part : residual.body(layer.name(), layer.input())) {
            body.add(names.ofPart(part, String.valueOf(body.size()), String.valueOf(body.size() + 1)));
        }
        return body;
    }

    /** One, or none. */
    private List<Names> projection(Names names) {
        NamedLayer layer = names.layer();
        List<NamedLayer> parts = residual.parts(layer.name(), layer.input());
        return parts.subList(residual.layers().size(), parts.size()).stream()
                .map(part -> names.ofPart(part, "p", "q"))
                .toList();
    }
}
