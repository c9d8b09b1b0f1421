package dev.lenet.engine.jvm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** How wide the registers are that the kernels use: as wide as the processor has them, or as {@link Simd} was told. */
final class VectorWidth {
    /** A constant of the JVM; C2 would not compile operations on another species to instructions. */
    static final VectorSpecies<Float> SPECIES =
            switch (Simd.requested()) {
                case BITS_128 -> FloatVector.SPECIES_128;
                case BITS_256 -> FloatVector.SPECIES_256;
                case BITS_512 -> FloatVector.SPECIES_512;
                default -> FloatVector.SPECIES_PREFERRED;
            };

    /** Floats in a register: 4, 8 or 16. */
    static final int LANES = SPECIES.length();

    private VectorWidth() {}
}
