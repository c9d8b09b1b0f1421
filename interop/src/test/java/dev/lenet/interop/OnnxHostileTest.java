package dev.lenet.interop;

import static dev.lenet.interop.TestGraph.FLOAT;
import static dev.lenet.interop.TestGraph.ints;
import static dev.lenet.interop.TestGraph.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.ModelFormatException;
import dev.lenet.api.RandomStream;
import dev.lenet.api.model.ProtoMessage;
import dev.lenet.interop.TestGraph.Storage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are damaged, or made to do harm, or hold what no layer can do. */
class OnnxHostileTest {
    /** Beyond the file's own size. */
    private static final long MOST_BYTES = 64L << 20;

    @TempDir
    private Path folder;

    private void read(byte[] bytes) {
        Path file = folder.resolve("model.onnx");
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        Onnx.read(file);
    }

    private static TestGraph small() {
        return new TestGraph(13)
                .stored(Storage.LISTED)
                .input("x", FLOAT, -1, 1, 8, 8)
                .weight("w1", 2, 1, 3, 3)
                .weight("b1", 2, 1, 1)
                .longs("target", -1, 18)
                .weight("w2", 18, 3)
                .node("Conv", "x,w1", "c", ints("pads", 1, 1, 1, 1), ints("strides", 1, 1))
                .node("Add", "c,b1", "a")
                .node("Relu", "a", "r")
                .node("MaxPool", "r", "p", ints("kernel_shape", 2, 2), ints("strides", 3, 3))
                .node("Reshape", "p,target", "f")
                .node("MatMul", "f,w2", "y")
                .node("Softmax", "y", "s", whole("axis", 1))
                .output("s");
    }

    @Test
    void everyCutIsRefused() {
        byte[] whole = small().bytes();
        read(whole);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut)).as("%d bytes", length).isInstanceOf(ModelFormatException.class);
        }
    }

    private static int below(RandomStream stream, long index, int bound) {
        return (int) (stream.uniform(index) * bound);
    }

    /** Every operator that joins branches or takes groups of channels. */
    private static TestGraph branches() {
        return new TestGraph(21)
                .input("x", FLOAT, -1, 2, 6, 6)
                .weight("w", 2, 2, 3, 3)
                .weight("s", 2)
                .weight("p", 2, 2, 1, 1)
                .longs("groups", 0, 1, -1)
                .longs("image", 0, 2, 6, 6)
                .floats("one", new float[] {1}, 1)
                .node("Conv", "x,w", "c", ints("pads", 1, 1, 1, 1))
                .node("BatchNormalization", "c,s,s,s,s", "n")
                .node("Reshape", "c,groups", "g")
                .node("InstanceNormalization", "g,one,one", "i")
                .node("Reshape", "i,image", "r")
                .node("Sigmoid", "r", "q")
                .node("Mul", "q,r", "m")
                .node("Conv", "c,p", "d", whole("group", 1))
                .node("Add", "m,d", "a")
                .node("GroupNormalization", "a,s,s", "h", whole("num_groups", 2))
                .node("Add", "h,a", "b")
                .node("GlobalAveragePool", "b", "y")
                .output("y");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aChangedByteIsReadOrRefused(boolean joins) {
        byte[] whole = (joins ? branches() : small()).bytes();
        read(whole);
        RandomStream stream = RandomStream.of(11, "mutations");
        int refused = 0;
        for (int round = 0; round < 3000; round++) {
            byte[] changed = whole.clone();
            int count = 1 + below(stream, 3L * round, 3);
            for (int k = 0; k < count; k++) {
                long draw = 100_000L + 10L * round + 2L * k;
                changed[below(stream, draw, whole.length)] = (byte) below(stream, draw + 1, 256);
            }
            try {
                read(changed);
            } catch (ModelFormatException e) {
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("round " + round + " of seed 11", e);
            }
        }
        assertThat(refused).isGreaterThan(500);
    }

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** A limit on what is allocated at all is a limit on what is held. */
    private void assertCheap(byte[] bytes) {
        long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        long start = THREADS.getCurrentThreadCpuTime();
        try {
            read(bytes);
        } catch (ModelFormatException e) {
            assertThat(e).hasMessageContaining("expected");
        }
        assertThat(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - start))
                .as("time of the processor")
                .isLessThan(Duration.ofMillis(1000 + bytes.length / 1000));
        assertThat(THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before)
                .as("bytes")
                .isLessThan(MOST_BYTES + bytes.length);
    }

    @Test
    void aSmallFileTakesLittleMemory() {
        int huge = 1 << 15;
        // Sizes that are only said.
        assertCheap(new TestGraph(13)
                .input("x", FLOAT, -1, huge)
                .input("y", FLOAT, huge, huge)
                .longs("shape", huge, huge)
                .node("ConstantOfShape", "shape", "w")
                .node("MatMul", "x,w", "z")
                .output("z")
                .bytes());
        assertCheap(new TestGraph(13)
                .input("x", FLOAT, -1, 1, huge, huge)
                .weight("w", 1, 1, 1, 1)
                .node("Conv", "x,w", "c")
                .node("Flatten", "c", "y")
                .output("y")
                .bytes());
        TestGraph doubling = new TestGraph(13).input("x", FLOAT, -1, 4).longs("d0", 1, 1);
        for (int i = 0; i < 40; i++) {
            doubling.node("Concat", "d" + i + ",d" + i, "d" + (i + 1), whole("axis", 0));
        }
        assertCheap(doubling.node("Reshape", "x,d40", "y").output("y").bytes());
        TestGraph groups = new TestGraph(13)
                .input("x", FLOAT, -1, 4096, 2, 2)
                .weight("w", 4096, 1, 1, 1)
                .node("Conv", "x,w", "c", whole("group", 4096))
                .node("Flatten", "c", "y")
                .output("y");
        assertCheap(groups.bytes());
        TestGraph kernel = new TestGraph(13)
                .input("x", FLOAT, -1, 1, 64, 64)
                .weight("w", 3000, 1, 2, 2)
                .node("Conv", "x,w", "c", ints("dilations", 50, 50))
                .node("Flatten", "c", "y")
                .output("y");
        assertCheap(kernel.bytes());
    }

    @Test
    void aLargeFileTakesLittleTime() {
        TestGraph chain = new TestGraph(13).input("x", FLOAT, -1, 500).weight("w", 500, 500);
        String w = "w";
        for (int i = 0; i < 2000; i++) {
            chain.node("Transpose", w, "t" + i);
            w = "t" + i;
        }
        assertCheap(chain.node("MatMul", "x," + w, "y").output("y").bytes());
        TestGraph scaled = new TestGraph(13)
                .input("x", FLOAT, -1, 500)
                .weight("w", 500, 500)
                .weight("s", 500)
                .node("MatMul", "x,w", "m0");
        for (int i = 0; i < 2000; i++) {
            scaled.node("Mul", "m" + i + ",s", "m" + (i + 1));
        }
        assertCheap(scaled.output("m2000").bytes());
        TestGraph deep = new TestGraph(13).input("x", FLOAT, -1, 9);
        for (int i = 0; i < 2000; i++) {
            deep.node("Relu", i == 0 ? "x" : "r" + i, "r" + (i + 1));
        }
        assertCheap(deep.output("r2000").bytes());
        TestGraph blocks = new TestGraph(13).input("x", FLOAT, -1, 9);
        for (int i = 0; i < 1000; i++) {
            String from = i == 0 ? "x" : "s" + i;
            blocks.node("Relu", from, "r" + i).node("Add", "r" + i + "," + from, "s" + (i + 1));
        }
        assertCheap(blocks.output("s1000").bytes());
    }

    /** Fields inside fields, many empty things, a length that is not there. */
    @Test
    void messagesThatAreNone() {
        ProtoMessage nested = new ProtoMessage().whole(1, 1);
        for (int i = 0; i < 3000; i++) {
            nested = new ProtoMessage().message(7, nested);
        }
        byte[] deep = nested.toBytes();
        assertThatThrownBy(() -> read(deep)).isInstanceOf(ModelFormatException.class);
        ProtoMessage graph = new ProtoMessage();
        for (int i = 0; i < 200_000; i++) {
            graph.bytes(1, new byte[0]);
        }
        assertCheap(new ProtoMessage().message(7, graph).toBytes());
        ProtoMessage names = new ProtoMessage();
        for (int i = 0; i < 200_000; i++) {
            names.bytes(14, new byte[0]);
        }
        assertCheap(names.toBytes());
        byte[] endless = {
            0x3a,
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xff,
            0x01
        };
        assertThatThrownBy(() -> read(endless)).isInstanceOf(ModelFormatException.class);
    }

    @Test
    void aCircleIsRefused() {
        assertThatThrownBy(() -> read(new TestGraph(13)
                        .input("x", FLOAT, -1, 4)
                        .node("Add", "b,x", "a")
                        .node("Relu", "a", "b")
                        .output("b")
                        .bytes()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("circle");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret", "/etc/passwd", "", "missing", "sub/../../secret", "a\0b"})
    void noOtherFolderIsReadFor(String location) throws IOException {
        Files.write(folder.resolveSibling("secret"), new byte[64]);
        assertThatThrownBy(() -> read(new TestGraph(13)
                        .input("x", FLOAT, -1, 4)
                        .external("w", location, 0, 64, 4, 4)
                        .node("MatMul", "x,w", "y")
                        .output("y")
                        .bytes()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("expected");
        Files.delete(folder.resolveSibling("secret"));
    }

    @Test
    void filesOfOtherKindsAreNamed() {
        assertThatThrownBy(() -> read("<html>".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("received a web page");
        assertThatThrownBy(() -> Onnx.read(folder))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("received a directory");
        assertThatThrownBy(() -> Onnx.read(folder.resolve("none.onnx")))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("received none");
    }
}
