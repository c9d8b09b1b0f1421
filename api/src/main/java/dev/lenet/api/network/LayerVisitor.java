package dev.lenet.api.network;

/**
 * Something that depends on the kind of a layer: what an engine makes of it, or how a file format calls it.
 *
 * <p>There is a method for each kind, and none has a default. So whoever tells kinds apart by a visitor has to say something
 * about a new one, or the program does not compile.
 *
 * @param <R> what there is for each kind
 */
public interface LayerVisitor<R> {

    R visit(Conv2d layer);

    R visit(MaxPool2d layer);

    R visit(AvgPool2d layer);

    R visit(GlobalAvgPool layer);

    R visit(Linear layer);

    R visit(GroupNorm layer);

    R visit(BatchNorm2d layer);

    R visit(Relu layer);

    R visit(LeakyRelu layer);

    R visit(SmoothUnit layer);

    R visit(Tanh layer);

    R visit(Sigmoid layer);

    R visit(Flatten layer);

    R visit(Dropout layer);

    R visit(Residual layer);
}
