package dev.lenet.report.tensorboard;

import dev.lenet.api.model.ProtoMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What an event can show, as {@code tensorflow.Summary.Value} messages. Field numbers and plug-in names are those of
 * TensorBoard's {@code summary.proto}, {@code tensor.proto} and its plug-ins.
 *
 * <p>A scalar is a {@code simple_value}: the oldest form and the shortest, and the one that every reader of such files
 * knows, TensorBoard or not. Histograms and images are tensors with the name of the plug-in that draws them, the form of
 * today. The older {@code HistogramProto} is still read, but converted on the way: to float32, with its outer edges moved.
 * The older {@code Summary.Image} holds one picture, where a tensor takes any number of them on one card.
 */
final class Summaries {
    private static final int VALUE_TAG = 1;
    private static final int VALUE_SIMPLE = 2;
    private static final int VALUE_TENSOR = 8;
    private static final int VALUE_METADATA = 9;

    private static final int METADATA_PLUGIN = 1;
    private static final int METADATA_DESCRIPTION = 3;
    private static final int PLUGIN_NAME = 1;

    private static final int TENSOR_TYPE = 1;
    private static final int TENSOR_SHAPE = 2;
    private static final int TENSOR_CONTENT = 4;
    private static final int TENSOR_STRINGS = 8;
    private static final int SHAPE_DIMENSION = 2;
    private static final int DIMENSION_SIZE = 1;

    /** Of {@code tensorflow.DataType}. */
    private static final int TYPE_DOUBLE = 2;

    private static final int TYPE_STRING = 7;

    private Summaries() {}

    static ProtoMessage scalar(String tag, float value) {
        return new ProtoMessage().text(VALUE_TAG, tag).real(VALUE_SIMPLE, value);
    }

    /** A tensor of doubles, {@code [buckets, 3]}: left edge, right edge and count of each bucket. */
    static ProtoMessage histogram(String tag, Histogram histogram) {
        int buckets = histogram.counts().length;
        byte[] content = new byte[buckets * 3 * Double.BYTES];
        ByteBuffer rows = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < buckets; i++) {
            rows.putDouble(histogram.left()[i]);
            rows.putDouble(histogram.right()[i]);
            rows.putDouble((double) histogram.counts()[i]);
        }
        ProtoMessage tensor = new ProtoMessage()
                .whole(TENSOR_TYPE, TYPE_DOUBLE)
                .message(TENSOR_SHAPE, shape(buckets, 3))
                .bytes(TENSOR_CONTENT, content);
        return value(tag, tensor, "histograms", "");
    }

    /**
     * A tensor of strings: width and height in decimal digits, then each picture as a PNG.
     *
     * @param description a sentence next to the pictures, in Markdown; may be empty
     * @param pngs all of that width and height
     */
    static ProtoMessage images(String tag, String description, int width, int height, List<byte[]> pngs) {
        ProtoMessage tensor = new ProtoMessage()
                .whole(TENSOR_TYPE, TYPE_STRING)
                .message(TENSOR_SHAPE, shape(2 + pngs.size()))
                .bytes(TENSOR_STRINGS, digits(width))
                .bytes(TENSOR_STRINGS, digits(height));
        pngs.forEach(png -> tensor.bytes(TENSOR_STRINGS, png));
        return value(tag, tensor, "images", description);
    }

    private static ProtoMessage value(String tag, ProtoMessage tensor, String plugin, String description) {
        ProtoMessage metadata = new ProtoMessage()
                .message(METADATA_PLUGIN, new ProtoMessage().text(PLUGIN_NAME, plugin))
                .text(METADATA_DESCRIPTION, description);
        return new ProtoMessage()
                .text(VALUE_TAG, tag)
                .message(VALUE_TENSOR, tensor)
                .message(VALUE_METADATA, metadata);
    }

    private static ProtoMessage shape(int... sizes) {
        ProtoMessage shape = new ProtoMessage();
        for (int size : sizes) {
            shape.message(SHAPE_DIMENSION, new ProtoMessage().whole(DIMENSION_SIZE, size));
        }
        return shape;
    }

    private static byte[] digits(int number) {
        return String.valueOf(number).getBytes(StandardCharsets.US_ASCII);
    }
}
