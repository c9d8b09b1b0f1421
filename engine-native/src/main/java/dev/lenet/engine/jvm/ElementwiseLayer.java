package dev.lenet.engine.jvm;

import java.util.Arrays;

/** A layer that maps each value by itself, in whatever layout. */
record ElementwiseLayer(Function function) implements LayerCompiler {

    /** Of one value, a row of them at a time. */
    interface Function {

        /** y may be the same array as x. */
        void forward(float[] x, float[] y);

        /** The same over x; for a function that C2 makes more of where there is one array. */
        default void inPlace(float[] x) {
            forward(x, x);
        }

        /**
         * @param y what {@link #forward} made of x
         * @param dY its gradients
         * @param dX the gradients of x, overwritten
         */
        void backward(float[] x, float[] y, float[] dY, float[] dX);
    }

    @Override
    public Activation block(PlanBuilder plan, Activation in) {
        Activation out = plan.activation(in.shape());
        plan.add(new Block(function, in, out));
        return out;
    }

    @Override
    public SingleImage single(SingleImagePlan.Builder plan, SingleImage in) {
        plan.add(() -> {
            for (float[] plane : in.planes()) {
                function.inPlace(plane);
            }
        });
        return in;
    }

    private record Block(Function function, Activation input, Activation output) implements Stage {
        @Override
        public void forward(long step, int firstImage) {
            float[][] x = input.values();
            for (int r = 0; r < x.length; r++) {
                function.forward(x[r], output.values()[r]);
            }
            if (!output.isImage()) {
                clearPadding();
            }
        }

        /** What a function makes of the zeros behind a vector need not be zero, and whole registers are read. */
        private void clearPadding() {
            int size = output.shape().size();
            for (float[] row : output.values()) {
                Arrays.fill(row, size, row.length, 0);
            }
        }

        @Override
        public void backward(NetworkParameters gradients) {
            float[][] x = input.values();
            for (int r = 0; r < x.length; r++) {
                function.backward(x[r], output.values()[r], output.gradients()[r], input.gradients()[r]);
            }
        }
    }
}
