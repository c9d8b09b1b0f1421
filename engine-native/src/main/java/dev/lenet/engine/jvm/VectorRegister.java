package dev.lenet.engine.jvm;

import java.util.function.IntSupplier;
import jdk.incubator.vector.VectorShape;

/** How many bits the processor's vector registers have, as far as this JVM uses them. Loading it fixes no width. */
final class VectorRegister implements IntSupplier {
    @Override
    public int getAsInt() {
        return VectorShape.preferredShape().vectorBitSize();
    }
}
