package dev.lenet.interop;

import dev.lenet.api.ModelFormatException;
import java.util.Arrays;

/**
 * The window of a convolution or a pooling node on an image, with padding resolved to numbers.
 *
 * @param size rows and columns
 * @param pads above, left, below, right
 * @param image rows and columns
 * @param ceil whether a window that is cut off at the end counts
 */
record Window(int[] size, int[] strides, int[] dilations, int[] pads, int[] image, boolean ceil) {

    /**
     * @param size what a kernel's shape says, for a node that does not
     * @throws ModelFormatException if the attributes make no window
     */
    static Window of(OnnxNode node, int[] size, Flow flow) {
        int[] kernel = node.sizes("kernel_shape", size);
        int[] strides = node.sizes("strides", 1, 1);
        int[] dilations = node.sizes("dilations", 1, 1);
        int[] pads = node.sizes("pads", 0, 0, 0, 0);
        int[] image = flow.base().rank() == 3
                ? new int[] {flow.base().dimension(1), flow.base().dimension(2)}
                : new int[] {1, 1};
        for (int axis = 0; axis < 2; axis++) {
            if (kernel[axis] < 1
                    || strides[axis] < 1
                    || dilations[axis] < 1
                    || (size[axis] > 0 && kernel[axis] != size[axis])) {
                throw new ModelFormatException(
                        "expected a window and strides of at least 1 that fit the kernel, received "
                                + Arrays.toString(kernel) + " and " + Arrays.toString(strides)
                                + ". The graph is wrong: export it again.");
            }
        }
        String auto = node.text("auto_pad", "NOTSET");
        for (int axis = 0; axis < 2; axis++) {
            if (auto.startsWith("SAME")) {
                int outputs = (image[axis] + strides[axis] - 1) / strides[axis];
                long needed = (long) (outputs - 1) * strides[axis] + (long) (kernel[axis] - 1) * dilations[axis] + 1;
                int total = (int) Math.max(0, Math.min(needed - image[axis], 0xFFFF));
                pads[axis] = auto.equals("SAME_LOWER") ? total - total / 2 : total / 2;
                pads[axis + 2] = total - pads[axis];
            } else if (auto.equals("VALID")) {
                pads[axis] = 0;
                pads[axis + 2] = 0;
            }
            pads[axis] += flow.padding().get(axis);
            pads[axis + 2] += flow.padding().get(axis + 2);
        }
        if (flow.isPadded() && auto.startsWith("SAME")) {
            throw new ModelFormatException("expected a window that pads by numbers behind a pad, received " + auto
                    + ". It would need a layer that pads: let the convolution pad.");
        }
        Window window = new Window(kernel, strides, dilations, pads, image, node.whole("ceil_mode", 0) != 0);
        if (window.positions(0) < 1 || window.positions(1) < 1) {
            throw new ModelFormatException("expected a window that fits the image, received " + window
                    + ". The graph is wrong: export it again.");
        }
        return window;
    }

    int above() {
        return pads[0];
    }

    int left() {
        return pads[1];
    }

    boolean isPadded() {
        return Arrays.stream(pads).anyMatch(pad -> pad != 0);
    }

    /** Rows or columns from the first that it looks at to the last. */
    int extent(int axis) {
        return (int) Math.min(Integer.MAX_VALUE / 2, (long) (size[axis] - 1) * dilations[axis] + 1);
    }

    /** How many rows or columns it gives. */
    int positions(int axis) {
        int room = image[axis] + pads[axis] + pads[axis + 2] - extent(axis);
        return room < 0 ? 0 : (ceil ? (room + strides[axis] - 1) / strides[axis] : room / strides[axis]) + 1;
    }

    /** Whether it is a square without padding that is never cut off, as pooling layers have. */
    boolean isPlain() {
        return size[0] == size[1]
                && strides[0] == strides[1]
                && dilations[0] == 1
                && dilations[1] == 1
                && !isPadded()
                && (!ceil || (rest(0) == 0 && rest(1) == 0));
    }

    /** Whether it is as large as the image, and there is no other place for it. */
    boolean isWhole() {
        return Arrays.equals(size, image) && dilations[0] == 1 && dilations[1] == 1 && !isPadded();
    }

    private int rest(int axis) {
        return (image[axis] - size[axis]) % strides[axis];
    }

    @Override
    public String toString() {
        return "a window " + Arrays.toString(size) + ", strides " + Arrays.toString(strides) + ", dilations "
                + Arrays.toString(dilations) + ", pads " + Arrays.toString(pads) + (ceil ? ", cut off at the end" : "")
                + " on an image " + Arrays.toString(image);
    }
}
