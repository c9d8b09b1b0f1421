package dev.lenet.engine.djl;

import dev.lenet.api.Shape;
import java.util.List;

/** The average of each channel. */
record GlobalPoolingSource() implements LayerSource {

    @Override
    public List<String> predict(Names names) {
        return List.of(names.in("{y} = torch.mean({x}, [2, 3], False)"));
    }

    @Override
    public List<String> backward(Names names, boolean onward) {
        Shape input = names.layer().input();
        int channels = input.dimension(0);
        int height = input.dimension(1);
        int width = input.dimension(2);
        // In memory of its own: an expanded array has one value in many places, and operations may write to their
        // input.
        return List.of(
                names.in("%s = torch.div(torch.reshape({dY}, [-1, %s, 1, 1]), %s)")
                        .formatted(names.own("share"), channels, height * width),
                names.in("{dX} = torch.contiguous(torch.expand(%s, [-1, %s, %s, %s]))")
                        .formatted(names.own("share"), channels, height, width));
    }
}
