package dev.lenet.report.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads event files as a stranger to their writer: every length and checksum is checked, the latter with a CRC-32C bit by
 * bit.
 */
final class EventReader {
    private EventReader() {}

    /** Fields of a message by number; of each all values in order: Long, Double, Float or byte[]. */
    record Message(Map<Integer, List<Object>> fields) {
        Object only(int field) {
            List<Object> values = fields.getOrDefault(field, List.of());
            assertThat(values).as("values of field %d", field).hasSize(1);
            return values.get(0);
        }

        boolean has(int field) {
            return fields.containsKey(field);
        }

        /** A field's number, 0 if it is left out. */
        long whole(int field) {
            return has(field) ? (Long) only(field) : 0;
        }

        String text(int field) {
            return has(field) ? new String((byte[]) only(field), StandardCharsets.UTF_8) : "";
        }

        Message message(int field) {
            return parse((byte[]) only(field));
        }
    }

    /** All events of a file, behind the first. */
    static List<Message> summaries(Path file) throws IOException {
        List<Message> events = events(file);
        assertThat(events.get(0).text(3)).as("file_version of the first event").isEqualTo("brain.Event:2");
        return events.subList(1, events.size());
    }

    static List<Message> events(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Message> events = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte[] length = take(bytes, 8);
            assertThat(bytes.getInt()).as("checksum of a length").isEqualTo(masked(length));
            byte[] data = take(bytes, (int)
                    ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong());
            assertThat(bytes.getInt()).as("checksum of an event").isEqualTo(masked(data));
            events.add(parse(data));
        }
        return events;
    }

    private static int masked(byte[] data) {
        int crc = -1;
        for (byte b : data) {
            crc ^= b & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ 0x82F63B78;
            }
        }
        crc = ~crc;
        return (crc >>> 15 | crc << 17) + 0xa282ead8;
    }

    static Message parse(byte[] data) {
        ByteBuffer bytes = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        Map<Integer, List<Object>> fields = new HashMap<>();
        while (bytes.hasRemaining()) {
            long key = varint(bytes);
            Object value =
                    switch ((int) (key & 7)) {
                        case 0 -> varint(bytes);
                        case 1 -> bytes.getDouble();
                        case 2 -> take(bytes, (int) varint(bytes));
                        case 5 -> bytes.getFloat();
                        default -> throw new AssertionError("expected a wire type that exists, received key " + key);
                    };
            fields.computeIfAbsent((int) (key >>> 3), f -> new ArrayList<>()).add(value);
        }
        return new Message(fields);
    }

    private static long varint(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = bytes.get();
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }

    private static byte[] take(ByteBuffer bytes, int count) {
        byte[] taken = new byte[count];
        bytes.get(taken);
        return taken;
    }
}
