package dev.lenet.interop;

import static dev.lenet.interop.TestGraph.FLOAT;
import static dev.lenet.interop.TestGraph.ints;
import static dev.lenet.interop.TestGraph.whole;

import dev.lenet.api.Shape;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.Engines;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Reads graphs, and compares what comes out with ONNX Runtime; and LeNet-5 as most exporters write it. */
abstract class OnnxReading {
    /** The difference that the sums' order and folded constants may make, relative to the largest logit. */
    static final double ROUNDING = 1e-4;

    @TempDir
    Path folder = Path.of("");

    final ModelFile read(TestGraph graph) {
        Path file = folder.resolve("model.onnx");
        try {
            Files.write(file, graph.bytes());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return Onnx.read(file);
    }

    static float[] logits(ModelFile model, float[] images) {
        try (Engine engine = Engines.all().get(0).open(EngineOptions.DEFAULT);
                Model built = engine.build(model.network(), model.weights())) {
            Shape example = model.network().input();
            try (Tensor input = engine.tensor(example.batchOf(images.length / example.size()), images);
                    Tensor output = built.predict(input)) {
                return output.toArray();
            }
        }
    }

    /** With as many images as the shape says, between 0 and 1. */
    final ModelFile assertSame(TestGraph graph, long... shape) {
        ModelFile model = read(graph);
        int size = 1;
        for (long dim : shape) {
            size *= (int) dim;
        }
        float[] images = TestGraph.random("images", size);
        try (RuntimeSession session = new RuntimeSession(folder.resolve("model.onnx"))) {
            float[] expected = session.run(images, shape);
            float[] received = logits(model, images);
            Close.assertSame(received, expected, model.network().output().size(), ROUNDING);
        }
        return model;
    }

    /** LeNet-5's body up to an image of 16 maps of 5x5, of an input of 28x28. */
    static TestGraph body(TestGraph graph, String x) {
        return graph.weight("w1", 6, 1, 5, 5)
                .weight("b1", 6)
                .weight("w2", 16, 6, 5, 5)
                .weight("b2", 16)
                .node("Conv", x + ",w1,b1", "c1", ints("pads", 2, 2, 2, 2))
                .node("Relu", "c1", "r1")
                .node("MaxPool", "r1", "p1", ints("kernel_shape", 2, 2), ints("strides", 2, 2))
                .node("Conv", "p1,w2,b2", "c2", ints("kernel_shape", 5, 5))
                .node("Relu", "c2", "r2")
                .node("MaxPool", "r2", "p2", ints("kernel_shape", 2, 2), ints("strides", 2, 2));
    }

    static TestGraph lenet(int opset, int batch) {
        return body(new TestGraph(opset).input("x", FLOAT, batch, 1, 28, 28), "x");
    }

    static TestGraph head(TestGraph graph, String features) {
        return graph.weight("w3", 10, 400)
                .weight("b3", 10)
                .node("Gemm", features + ",w3,b3", "y", whole("transB", 1))
                .output("y");
    }

    static TestGraph flat(int opset, int batch) {
        return head(lenet(opset, batch).node("Flatten", "p2", "f"), "f");
    }
}
