package dev.lenet.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.lenet.api.ModelFormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes, reading them succeeds or throws the one exception, in bounded memory. */
class SafetensorsHostileTest {
    private static final String REMEDY = " The file is damaged, or made by a faulty program: copy or save it again.";

    private static final String SMALL = "{\"__metadata__\":{\"k\":\"v\"},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[8,12]}}  ";

    @Test
    void readsTensorsInTheOrderOfTheirValuesWhateverTheHeadersOrder() throws IOException {
        Safetensors file = read(bytes(
                "{\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]},"
                        + "\"a\":{\"data_offsets\":[0,8],\"shape\":[2],\"dtype\":\"F32\"},\"__metadata__\":{}}",
                12));

        assertThat(file.tensors().keySet()).containsExactly("a", "b");
    }

    @Test
    void readsAFileWithoutTensors() throws IOException {
        assertThat(read(bytes("{}", 0)).tensors()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`[]`|header: expected an object between { and }, padded with spaces, received something else.",
                "` {}`|header: expected an object between { and }, padded with spaces, received something else.",
                "`{}\n`|header: expected an object between { and }, padded with spaces, received something else.",
                "``|header: expected an object between { and }, padded with spaces, received something else.",
                "`   `|header: expected an object between { and }, padded with spaces, received something else.",
                "`{\"a\":1}`|tensor \"a\": expected an object, received 1.",
                "`{\"__metadata__\":[]}`|__metadata__: expected an object, received [].",
                "`{\"__metadata__\":{\"k\":1}}`|__metadata__, \"k\": expected a string, received 1.",
                "`{\"__metadata__\":{\"k\":null}}`|__metadata__, \"k\": expected a string, received null.",
                "`{\"a\":{}}`|tensor \"a\": expected a member \"dtype\", received only [].",
                "`{\"a\":{\"dtype\":\"F32\",\"shape\":[3]}}`|tensor \"a\": expected a member \"data_offsets\","
                        + " received only [\"dtype\",\"shape\"].",
                "`{\"a\":{\"dtype\":\"F32\",\"x\":0}}`|tensor \"a\": expected the members"
                        + " [dtype, shape, data_offsets] only, received \"x\".",
                "`{\"a\":{\"dtype\":\"F31\",\"shape\":[3],\"data_offsets\":[0,12]}}`|tensor \"a\":"
                        + " expected a dtype of safetensors, received \"F31\".",
                "`{\"a\":{\"dtype\":7,\"shape\":[3],\"data_offsets\":[0,12]}}`|tensor \"a\", dtype:"
                        + " expected a string, received 7.",
                "`{\"a\":{\"dtype\":\"F32\",\"shape\":3,\"data_offsets\":[0,12]}}`|tensor \"a\", shape:"
                        + " expected an array, received 3.",
                "`{\"a\":{\"dtype\":\"F32\",\"shape\":[3.0],\"data_offsets\":[0,12]}}`|tensor \"a\", shape:"
                        + " expected an integer from 0 to 2147483647, received 3.0.",
                "`{\"a\":{\"dtype\":\"F32\",\"shape\":[-3],\"data_offsets\":[0,12]}}`|tensor \"a\", shape:"
                        + " expected an integer from 0 to 2147483647, received -3.",
                "`{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967299],\"data_offsets\":[0,12]}}`|tensor \"a\", shape:"
                        + " expected an integer from 0 to 2147483647, received 4294967299.",
                "`{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0]}}`|tensor \"a\": expected at most 64"
                        + " dimensions and two data_offsets, received 1 and 1.",
                "`{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[12,0]}}`|tensor \"a\", data_offsets:"
                        + " expected an integer from 12 to 9223372036854775807, received 0.",
                "`{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[-12,0]}}`|tensor \"a\", data_offsets:"
                        + " expected an integer from 0 to 9223372036854775807, received -12.",
                "`{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,18446744073709551628]}}`|tensor \"a\","
                        + " data_offsets: expected an integer from 0 to 9223372036854775807,"
                        + " received 18446744073709551628.",
                "`{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,12]}}`|tensor \"a\": expected 8 bytes"
                        + " for [2], received 12 by its data_offsets.",
                "`{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}`|tensor \"a\": expected its values"
                        + " at byte 0, where those before it end, received byte 4.",
                "`{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\","
                        + "\"shape\":[1],\"data_offsets\":[8,12]}}`|tensor \"b\": expected its values at byte 4,"
                        + " where those before it end, received byte 8.",
                "`{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]},\"b\":{\"dtype\":\"F32\","
                        + "\"shape\":[1],\"data_offsets\":[8,12]}}`|tensor \"b\": expected its values at byte 12,"
                        + " where those before it end, received byte 8.",
                "`{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]},\"b\":{\"dtype\":\"F32\","
                        + "\"shape\":[3],\"data_offsets\":[0,12]}}`|tensor \"b\": expected its values at byte 12,"
                        + " where those before it end, received byte 0.",
                "`{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]},\"a\":{\"dtype\":\"F32\","
                        + "\"shape\":[3],\"data_offsets\":[0,12]}}`|JSON at character 55: expected each name once,"
                        + " received \"a\" again.",
            })
    void refusesHeadersThatLie(String header, String message) {
        assertThatThrownBy(() -> read(bytes(header, 12)))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(message + REMEDY);
    }

    @Test
    void refusesValuesThatAreMissingOrLeftOver() {
        for (int size : new int[] {0, 8, 11, 13, 100}) {
            assertThatThrownBy(() -> read(bytes(SMALL, size)))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessage("tensors: expected 12 bytes of values, received " + size
                            + ". The file is cut off or damaged: copy or save it again.");
        }
    }

    @ParameterizedTest
    @CsvSource({"F64", "F16", "BF16", "I64", "U8", "BOOL", "F8_E4M3"})
    void namesTheTensorAndTheTypeThatIsNotFloat32(String type) {
        String header = "{\"fc1.weight\":{\"dtype\":\"" + type + "\",\"shape\":[3],\"data_offsets\":[0,12]}}";

        assertThatThrownBy(() -> read(bytes(header, 12)))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("tensor \"fc1.weight\": expected the dtype F32, received " + type
                        + ". Save it as float32: in PyTorch, tensor.float().");
    }

    @Test
    void refusesTensorsWithoutValues() {
        assertThatThrownBy(() -> read(bytes("{\"a\":{\"dtype\":\"F32\",\"shape\":[3,0],\"data_offsets\":[0,0]}}", 0)))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("tensor \"a\": Shape: expected dimensions of at least 1, received [3, 0]."
                        + " Check the sizes given.");
    }

    @Test
    void refusesShapesWhoseSizeOverflows() {
        // 2^16 * 2^16 is 0 in 32 bits; 2^31 - 1 four times wraps round 64 bits as well.
        for (String shape : new String[] {"65536,65536", "2147483647,2147483647,2147483647,2147483647"}) {
            assertThatThrownBy(() -> read(
                            bytes("{\"a\":{\"dtype\":\"F32\",\"shape\":[" + shape + "],\"data_offsets\":[0,0]}}", 0)))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessage("tensor \"a\": Shape: expected at most 2147483647 values, received ["
                            + shape.replace(",", ", ") + "]. Use smaller dimensions.");
        }
    }

    @Test
    void refusesMoreDimensionsThanAnyTensorHas() {
        String ones = IntStream.range(0, 65).mapToObj(i -> "1").collect(Collectors.joining(","));

        assertThatThrownBy(() ->
                        read(bytes("{\"a\":{\"dtype\":\"F32\",\"shape\":[" + ones + "],\"data_offsets\":[0,4]}}", 4)))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("tensor \"a\": expected at most 64 dimensions and two data_offsets, received 65 and 2."
                        + REMEDY);
    }

    @Test
    void refusesHeadersThatAreNotUtf8() {
        byte[] file = bytes("{\"aXX\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4);
        // An overlong encoding of '/', which a lenient decoder would take.
        file[11] = (byte) 0xC0;
        file[12] = (byte) 0xAF;

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("header: expected UTF-8, received the byte c0 at 3." + REMEDY);
    }

    @Test
    void headersLongerThanOnePieceAreDecodedWhole() throws IOException {
        String key = "é😀x".repeat(10_000);

        assertThat(read(bytes("{\"__metadata__\":{\"" + key + "\":\"v\"}}", 0)).metadata())
                .isEqualTo(Map.of(key, "v"));
    }

    /** Each of a megabyte; a quarter of a second at most here, and 64 MB. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"__metadata__\":{\"%s\":\"v\"}}",
                "{\"__metadata__\":{\"k\":\"%s\"}}",
                "{\"__metadata__\":{\"k\":[\"%s\"]}}",
                "{\"%s\":1}",
                "{\"a\":{\"dtype\":\"%s\",\"shape\":[1],\"data_offsets\":[0,4]}}",
                "{\"a\":{\"%s\":0}}",
                "{\"a\":\"%s\"}",
                "{\"a\":%s}"
            })
    void longTextsCostLittle(String header) {
        for (String unit : List.of("x", "é", "\\u0000", "\\\\", "\\ud83d\\ude00", "[", "1", "{\"a\":0},", "[0],")) {
            byte[] file = bytes(header.replace("%s", unit.repeat(1_000_000 / unit.length())), 4);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long allocated = threads.getCurrentThreadAllocatedBytes();
            long began = System.nanoTime();
            try {
                read(file);
            } catch (ModelFormatException | IOException e) {
                assertThat(e.getMessage()).as(header + " of " + unit).hasSizeLessThan(500);
            }
            assertThat(System.nanoTime() - began).as(header + " of " + unit).isLessThan(1_000_000_000);
            assertThat(threads.getCurrentThreadAllocatedBytes() - allocated)
                    .as(header + " of " + unit)
                    .isLessThan(64_000_000);
        }
    }

    @Test
    void manyTextsAndNamesCostLittle() {
        for (String header : List.of(
                "{" + numbered(60_000, i -> "\"k" + i + "\":0") + "}",
                "{\"__metadata__\":{" + numbered(60_000, i -> "\"k" + i + "\":\"\"") + "}}",
                "{\"a\":{" + numbered(60_000, i -> "\"k" + i + "\":\"\"") + "}}",
                "{\"a\":[" + numbered(120_000, i -> "{\"a\":0}") + "]}")) {
            byte[] file = bytes(header, 4);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long allocated = threads.getCurrentThreadAllocatedBytes();
            long began = System.nanoTime();
            assertThatThrownBy(() -> read(file)).isInstanceOf(ModelFormatException.class);
            assertThat(System.nanoTime() - began).as(header.substring(0, 40)).isLessThan(1_000_000_000);
            assertThat(threads.getCurrentThreadAllocatedBytes() - allocated)
                    .as(header.substring(0, 40))
                    .isLessThan(64_000_000);
        }
    }

    private static String numbered(int count, IntFunction<String> text) {
        return IntStream.range(0, count).mapToObj(text).collect(Collectors.joining(","));
    }

    @Test
    void allocatesNothingOnTheWordOfAHeader() {
        byte[] hugeHeader = bytes(SMALL, 12);
        ByteBuffer.wrap(hugeHeader).order(ByteOrder.LITTLE_ENDIAN).putLong(99_999_999);
        byte[] hugeTensor =
                bytes("{\"a\":{\"dtype\":\"F32\",\"shape\":[500000000],\"data_offsets\":[0,2000000000]}}", 12);
        byte[] negative = bytes(SMALL, 12);
        ByteBuffer.wrap(negative).order(ByteOrder.LITTLE_ENDIAN).putLong(-1);

        for (byte[] file : new byte[][] {hugeHeader, hugeTensor, negative}) {
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            assertThatThrownBy(() -> read(file)).isInstanceOf(ModelFormatException.class);
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(4_000_000);
        }
    }

    @Test
    void noPrefixOfAFileIsAFile() {
        byte[] file = bytes(SMALL, 12);

        for (int length = 0; length < file.length; length++) {
            byte[] prefix = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> read(prefix))
                    .as("the first %d bytes", length)
                    .isInstanceOf(ModelFormatException.class);
        }
    }

    @Test
    void survivesTwentyThousandMutations() throws IOException {
        byte[] file = bytes(SMALL, 12);
        int accepted = 0;
        for (int seed = 0; seed < 20_000; seed++) {
            byte[] mutant = mutate(file, new Random(seed));
            try {
                read(mutant);
                accepted++;
            } catch (ModelFormatException e) {
                assertThat(e.getMessage()).as("seed %d", seed).endsWith(".");
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ": " + Arrays.toString(mutant), e);
            }
        }
        // Changed values and names go through, most else does not.
        assertThat(accepted).isBetween(200, 10_000);
    }

    /** One to three times: a bit flipped, a byte set, a piece copied over another, cut out or put in. */
    private static byte[] mutate(byte[] file, Random random) {
        byte[] mutant = file.clone();
        byte[] tokens = "{}[]\",:0123456789-eF\\u ".getBytes(StandardCharsets.US_ASCII);
        for (int times = random.nextInt(3); times >= 0; times--) {
            int at = random.nextInt(mutant.length);
            int length = Math.min(mutant.length - at, 1 + random.nextInt(8));
            switch (random.nextInt(5)) {
                case 0 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> mutant[at] = tokens[random.nextInt(tokens.length)];
                case 2 -> System.arraycopy(mutant, random.nextInt(mutant.length - length + 1), mutant, at, length);
                case 3 -> {
                    byte[] shorter = Arrays.copyOf(mutant, mutant.length - length);
                    System.arraycopy(mutant, at + length, shorter, at, mutant.length - at - length);
                    mutant = shorter.length == 0 ? mutant : shorter;
                }
                default -> {
                    byte[] longer = Arrays.copyOf(mutant, mutant.length + length);
                    System.arraycopy(mutant, at, longer, at + length, mutant.length - at);
                    mutant = longer;
                }
            }
        }
        return mutant;
    }

    private static Safetensors read(byte[] file) throws IOException {
        return Safetensors.read(new ByteArrayInputStream(file), file.length);
    }

    private static byte[] bytes(String header, int bufferSize) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length + bufferSize)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .array();
    }
}
