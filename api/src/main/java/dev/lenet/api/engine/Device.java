package dev.lenet.api.engine;

import dev.lenet.api.Argument;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an engine is asked to compute.
 *
 * @param kind what sort of device
 * @param index which of several, from 0; 0 for {@code auto} and {@code cpu}
 */
public record Device(Kind kind, int index) {

    /** What sort of device; {@code AUTO} lets the engine choose, and tell. */
    public enum Kind {
        AUTO,
        CPU,
        CUDA
    }

    public static final Device AUTO = new Device(Kind.AUTO, 0);
    public static final Device CPU = new Device(Kind.CPU, 0);

    private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,3}))?");

    /**
     * Reads {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:1}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Device parse(String text) {
        Matcher cuda = CUDA.matcher(text);
        if (cuda.matches()) {
            return new Device(Kind.CUDA, cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1)));
        }
        return switch (text) {
            case "auto" -> AUTO;
            case "cpu" -> CPU;
            default ->
                throw Argument.refusal(
                        "Device", "auto, cpu, cuda or cuda:N", "'" + text + "'", "With auto, the engine chooses.");
        };
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return switch (kind) {
            case AUTO -> "auto";
            case CPU -> "cpu";
            case CUDA -> "cuda:" + index;
        };
    }
}
