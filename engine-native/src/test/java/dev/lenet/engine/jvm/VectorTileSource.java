package dev.lenet.engine.jvm;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes the source of the vector tiles. Only what has a name of its own stays in a register, so every sum of a tile is a variable, and
 * each loop over them is written out: too much to keep right by hand.
 */
final class VectorTileSource {
    private static final String HEAD = """
            package dev.lenet.engine.jvm;

            import jdk.incubator.vector.FloatVector;
            import jdk.incubator.vector.VectorSpecies;

            /**
             * %s
             *
             * <p>Written by {@code VectorTileSource}, among the tests: change that, and see its test for how to write this anew.
             */
            final class %s {
                private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
                private static final int LANES = VectorWidth.LANES;
            %s
                private %s() {}
            """;

    /** Taps of a tile of {@link VectorRowProducts}. */
    private static final int TAPS = VectorRowProducts.TAPS;

    private VectorTileSource() {}

    /** The text of each file, by the name of its class. */
    static Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(
                "VectorTiles2",
                file(
                        "VectorTiles2",
                        "Tiles of {@link VectorProduct} with two rows and with one, for what is left of the others.",
                        "",
                        product(2, 7),
                        product(2, 1),
                        product(1, 8),
                        product(1, 1)));
        files.put(
                "VectorTiles4",
                file(
                        "VectorTiles4",
                        "Tiles of {@link VectorProduct} with four rows: what most of the time goes into.",
                        "",
                        product(4, 5),
                        product(4, 3),
                        product(4, 2),
                        product(4, 1)));
        files.put(
                "VectorTiles6",
                file(
                        "VectorTiles6",
                        "Tiles of {@link VectorProduct} with six rows, for the six filters of LeNet-5's first convolution and"
                                + " whatever else leaves\n * two rows when it is cut into fours.",
                        "",
                        product(6, 4),
                        product(6, 2),
                        product(6, 1)));
        files.put(
                "VectorRowTiles",
                file(
                                "VectorRowTiles",
                                "Tiles of {@link VectorRowProducts}: rows by five taps.",
                                "    private static final int BLOCK = Activation.LANES;\n",
                                rowProduct(4),
                                rowProduct(3),
                                rowProduct(2),
                                rowProduct(1))
                        .replace("    private static final int LANES = VectorWidth.LANES;\n", ""));
        files.put(
                "VectorPatchTiles",
                file(
                        "VectorPatchTiles",
                        "A patch of {@link VectorPatches} in ten registers, in five, and in one.",
                        "",
                        addPatch(10),
                        addPatch(5),
                        addPatch(1),
                        spreadPatch(10),
                        spreadPatch(5),
                        spreadPatch(1)));
        return files;
    }

    private static String file(String name, String comment, String constants, String... methods) {
        return HEAD.formatted(comment, name, constants, name) + "\n" + String.join("\n", methods) + "}\n";
    }

    /** {@code rows x columns} sums, over t: {@code out[r][j] += coefficients[r][t] * in[t][offsets[t] + j]}. */
    private static String product(int rows, int columns) {
        String sums = each(
                rows,
                r -> each(
                        columns,
                        c -> line(
                                8,
                                "FloatVector s%d%d = FloatVector.fromArray(SPECIES, o%d, j%s);",
                                r,
                                c,
                                r,
                                at(c, "LANES"))));
        String products = each(
                rows,
                r -> line(12, "FloatVector w%d = FloatVector.broadcast(SPECIES, c%d[t]);", r, r)
                        + each(columns, c -> line(12, "s%d%d = x%d.fma(w%d, s%d%d);", r, c, c, r, r, c)));
        return line(4, "static void tile%dx%d(", rows, columns)
                + line(
                        12,
                        "float[][] out, float[][] coefficients, int r, float[][] in, int[] offsets, int j, int from, int to) {")
                + each(rows, r -> line(8, "float[] o%d = out[r%s];", r, plus(r)))
                + each(rows, r -> line(8, "float[] c%d = coefficients[r%s];", r, plus(r)))
                + sums
                + line(8, "for (int t = from; t < to; t++) {")
                + line(12, "float[] x = in[t];")
                + line(12, "int at = j + offsets[t];")
                + each(
                        columns,
                        c -> line(12, "FloatVector x%d = FloatVector.fromArray(SPECIES, x, at%s);", c, at(c, "LANES")))
                + products
                + line(8, "}")
                + each(rows, r -> each(columns, c -> line(8, "s%d%d.intoArray(o%d, j%s);", r, c, r, at(c, "LANES"))))
                + line(4, "}");
    }

    /** {@code rows x TAPS} sums, over x: {@code sums[r][t][n] += out[r][x][n] * in[t][offsets[t] + x][n]}. */
    private static String rowProduct(int rows) {
        return line(
                        4,
                        "static void tile%dx%d(float[][] sums, int r, float[][] out, float[][] in, int[] offsets, int t, int lane) {",
                        rows,
                        TAPS)
                + each(rows, r -> line(8, "float[] y%d = out[r%s];", r, plus(r)))
                + each(TAPS, t -> line(8, "float[] x%d = in[t%s];", t, plus(t)))
                + each(TAPS, t -> line(8, "int o%d = offsets[t%s];", t, plus(t)))
                + line(8, "int at = t * BLOCK + lane;")
                + each(rows, r -> line(8, "float[] p%d = sums[r%s];", r, plus(r)))
                + each(
                        rows,
                        r -> each(
                                TAPS,
                                t -> line(
                                        8,
                                        "FloatVector s%d%d = FloatVector.fromArray(SPECIES, p%d, at%s);",
                                        r,
                                        t,
                                        r,
                                        at(t, "BLOCK"))))
                + line(8, "for (int j = lane; j < y0.length; j += BLOCK) {")
                + each(rows, r -> line(12, "FloatVector d%d = FloatVector.fromArray(SPECIES, y%d, j);", r, r))
                + each(
                        TAPS,
                        t -> line(12, "FloatVector a%d = FloatVector.fromArray(SPECIES, x%d, o%d + j);", t, t, t)
                                + each(rows, r -> line(12, "s%d%d = a%d.fma(d%d, s%d%d);", r, t, t, r, r, t)))
                + line(8, "}")
                + each(rows, r -> each(TAPS, t -> line(8, "s%d%d.intoArray(p%d, at%s);", r, t, r, at(t, "BLOCK"))))
                + line(4, "}");
    }

    /** See {@link Kernels#addPatches}. */
    private static String addPatch(int registers) {
        return line(
                        4,
                        "static void add%d(float[] sum, int at, float[] values, int[] places, int count, float[] image, Patches patches) {",
                        registers)
                + offsets(registers)
                + each(
                        registers,
                        k -> line(8, "FloatVector s%d = FloatVector.fromArray(SPECIES, sum, at%s);", k, at(k, "LANES")))
                + values()
                + each(
                        registers,
                        k -> line(
                                12,
                                "s%d = FloatVector.fromArray(SPECIES, image, place + o%d).fma(value, s%d);",
                                k,
                                k,
                                k))
                + line(8, "}")
                + each(registers, k -> line(8, "s%d.intoArray(sum, at%s);", k, at(k, "LANES")))
                + line(4, "}");
    }

    /** See {@link Kernels#spreadPatch}. */
    private static String spreadPatch(int registers) {
        return line(4, "static void spread%d(", registers)
                + line(
                        12,
                        "float[] image, int[] places, float[] values, int count, float[] patch, int at, Patches patches) {")
                + offsets(registers)
                + each(
                        registers,
                        k -> line(
                                8, "FloatVector w%d = FloatVector.fromArray(SPECIES, patch, at%s);", k, at(k, "LANES")))
                + values()
                + each(
                        registers,
                        k -> line(
                                12,
                                "w%d.fma(value, FloatVector.fromArray(SPECIES, image, place + o%d)).intoArray(image, place + o%d);",
                                k,
                                k,
                                k))
                + line(8, "}")
                + line(4, "}");
    }

    private static String offsets(int registers) {
        return each(registers, k -> line(8, "int o%d = patches.offset(at%s);", k, at(k, "LANES")));
    }

    private static String values() {
        return line(8, "for (int e = 0; e < count; e++) {")
                + line(12, "int place = places[e];")
                + line(12, "FloatVector value = FloatVector.broadcast(SPECIES, values[e]);");
    }

    private static String each(int count, IntFunction<String> text) {
        return IntStream.range(0, count).mapToObj(text).collect(Collectors.joining());
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation is in a library that is not here
    private static String line(int indent, String format, Object... arguments) {
        return " ".repeat(indent) + format.formatted(arguments) + "\n";
    }

    /** So many units further on. */
    private static String at(int count, String unit) {
        return count == 0 ? "" : count == 1 ? " + " + unit : " + " + count + " * " + unit;
    }

    private static String plus(int count) {
        return count == 0 ? "" : " + " + count;
    }
}
