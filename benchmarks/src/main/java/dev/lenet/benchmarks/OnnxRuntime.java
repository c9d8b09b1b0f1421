package dev.lenet.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.Weights;
import dev.lenet.interop.Onnx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/** LeNet-5 on ONNX Runtime's processor back end: inference only, with its own optimisations of the graph. */
final class OnnxRuntime implements Contestant {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final int threads = Runtime.getRuntime().availableProcessors();
    private final OrtSession session;
    private final FloatBuffer test;
    private final FloatBuffer one = direct(Digits.PIXELS);
    private final int testSize;

    OnnxRuntime(Digits digits, Weights weights) {
        testSize = digits.test().size();
        test = direct(testSize * Digits.PIXELS).put(Digits.images(digits.test()));
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            session = environment.createSession(model(weights), options);
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    private static byte[] model(Weights weights) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            Onnx.write(new ModelFile(Digits.NETWORK, weights, null, Map.of()), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static FloatBuffer direct(int length) {
        return ByteBuffer.allocateDirect(length * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    private static IllegalStateException failed(OrtException e) {
        return new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
    }

    @Override
    public String detail() {
        return "ONNX Runtime " + environment.getVersion() + ", CPU, " + threads + " threads";
    }

    @Override
    public boolean trains() {
        return false;
    }

    @Override
    public double trainEpoch(int epoch) {
        throw new UnsupportedOperationException("ONNX Runtime takes part in inference only");
    }

    @Override
    public float[] predictAll() {
        float[] logits = new float[testSize * Digits.CLASSES];
        for (int from = 0; from < testSize; from += PREDICTION_BATCH_SIZE) {
            FloatBuffer images = test.slice(from * Digits.PIXELS, PREDICTION_BATCH_SIZE * Digits.PIXELS);
            predict(images, PREDICTION_BATCH_SIZE, logits, from * Digits.CLASSES);
        }
        return logits;
    }

    @Override
    public float[] predictOne(float[] image) {
        float[] logits = new float[Digits.CLASSES];
        predict(one.clear().put(image).flip(), 1, logits, 0);
        return logits;
    }

    private void predict(FloatBuffer images, int count, float[] target, int offset) {
        try (OnnxTensor input = OnnxTensor.createTensor(environment, images, new long[] {count, 1, 28, 28});
                OrtSession.Result result = session.run(Map.of(Onnx.IMAGES, input))) {
            OnnxTensor output = (OnnxTensor) result.get(0);
            output.getFloatBuffer().get(target, offset, count * Digits.CLASSES);
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw failed(e);
        }
    }
}
