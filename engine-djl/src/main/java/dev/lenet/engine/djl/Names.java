package dev.lenet.engine.djl;

import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.ParameterSpec;
import java.util.HashMap;
import java.util.Map;

/**
 * How a program in TorchScript calls what a layer works on: its input {@code x<in>} and output {@code x<out>}, the gradients
 * {@code d<in>} and {@code d<out>} of the loss with respect to them, and its parameters with their gradients.
 *
 * @param program of the whole program
 * @param in the number of what the layer is given
 * @param out the number of what it gives
 */
record Names(Program program, NamedLayer layer, String in, String out) {

    /**
     * What all layers of a program have in common.
     *
     * @param parameter the name of parameter j, as a format
     * @param parameters their numbers, in the network's order, by their full names
     * @param masks the numbers of the dropout layers, by their names
     */
    record Program(String parameter, Map<String, Integer> parameters, Map<String, Integer> masks) {

        static Program of(Network network, String parameter) {
            Map<String, Integer> parameters = new HashMap<>();
            for (ParameterSpec each : network.parameters()) {
                parameters.put(each.name(), parameters.size());
            }
            Map<String, Integer> masks = new HashMap<>();
            for (NamedLayer layer : network.leaves()) {
                if (layer.spec() instanceof Dropout) {
                    masks.put(layer.name(), masks.size());
                }
            }
            return new Program(parameter, parameters, masks);
        }

        /** Of a layer of the network itself. */
        Names of(NamedLayer layer) {
            return new Names(this, layer, String.valueOf(layer.index()), String.valueOf(layer.index() + 1));
        }
    }

    /** Of a layer that this one is made of. */
    Names ofPart(NamedLayer part, String from, String to) {
        return new Names(program, part, in + "_" + from, in + "_" + to);
    }

    /** The input. */
    String x() {
        return "x" + in;
    }

    /** The output. */
    String y() {
        return "x" + out;
    }

    /** The gradient for the input. */
    String dX() {
        return "d" + in;
    }

    /** The gradient for the output. */
    String dY() {
        return "d" + out;
    }

    String weight() {
        return parameter("weight");
    }

    String bias() {
        return parameter("bias");
    }

    /** A parameter by its name in the layer. */
    String parameter(String name) {
        return program.parameter.formatted(number(name));
    }

    /** What is to become of a parameter that is not trainable. */
    String kept(String name) {
        return "k" + number(name);
    }

    String dWeight() {
        return "g" + number("weight");
    }

    String dBias() {
        return "g" + number("bias");
    }

    private int number(String parameter) {
        String name = layer.name() + "." + parameter;
        Integer number = program.parameters.get(name);
        if (number == null) {
            throw new IllegalArgumentException(name + " is no parameter of the network");
        }
        return number;
    }

    /** What a dropout layer's input is multiplied with. */
    String mask() {
        return "masks[%s]".formatted(program.masks.get(layer.name()));
    }

    /** Something that the layer keeps from its forward to its backward pass. */
    String own(String what) {
        return what + in;
    }

    /** A statement in which {@code {x}}, {@code {y}}, {@code {dX}} and {@code {dY}} are replaced by these names. */
    String in(String statement) {
        return statement
                .replace("{x}", x())
                .replace("{y}", y())
                .replace("{dX}", dX())
                .replace("{dY}", dY());
    }
}
