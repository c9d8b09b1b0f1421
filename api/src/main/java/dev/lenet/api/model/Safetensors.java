package dev.lenet.api.model;

import dev.lenet.api.ForeignFile;
import dev.lenet.api.LenetException;
import dev.lenet.api.ModelFormatException;
import dev.lenet.api.network.TensorData;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A file of named float32 tensors in the safetensors format: data only, so that loading one can run nothing.
 *
 * <p>Little-endian: the length of the header in 8 bytes, the header in JSON, then the values, tensor behind tensor.
 * Whatever the bytes of a file, reading it either succeeds or throws a {@link ModelFormatException}, and takes no more
 * memory than a small multiple of the file: every size is compared with what is there before anything is allocated.
 *
 * <p>https://github.com/huggingface/safetensors, "Format".
 *
 * @param metadata free texts; sorted by key
 * @param tensors by name, in the order of their values
 */
public record Safetensors(Map<String, String> metadata, Map<String, TensorData> tensors) {
    /** The format's own limit. */
    private static final int LONGEST_HEADER = 100_000_000;

    private static final int CHUNK_BYTES = 1 << 16;

    /** How a pickle begins, before the number of its protocol. */
    private static final int PICKLE = 0x80;

    /**
     * @throws ModelFormatException if a tensor has the name that the format reserves, {@code __metadata__}
     */
    public Safetensors {
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        if (tensors.containsKey(SafetensorsHeader.METADATA)) {
            throw new ModelFormatException("Safetensors: expected the name of a tensor, received the reserved "
                    + SafetensorsHeader.METADATA + ". Rename the tensor.");
        }
    }

    /**
     * Reads a file.
     *
     * @throws ModelFormatException if it is missing, damaged, or not a safetensors file of float32 tensors
     */
    public static Safetensors read(Path file) {
        return read(file, false).content();
    }

    /**
     * A file whose tensors were not all of float32.
     *
     * @param content with all values as float32
     * @param types what the others were stored as, in the format's words such as {@code F16}, by the names of their tensors
     */
    public record Converted(Safetensors content, Map<String, String> types) {
        public Converted {
            types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
        }
    }

    /**
     * Reads a file whose tensors may also be of float16, bfloat16, float64 or int64, and says which were.
     *
     * @throws ModelFormatException if it is missing, damaged, or not a safetensors file of these types
     */
    public static Converted readConverted(Path file) {
        return read(file, true);
    }

    private static Converted read(Path file, boolean converts) {
        if (Files.isDirectory(file)) {
            throw new ModelFormatException(
                    file + ": expected a model file (.safetensors), received a directory. Name the file in it.");
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), CHUNK_BYTES)) {
            return read(in, Files.size(file), converts);
        } catch (ModelFormatException e) {
            throw new ModelFormatException(file + ": " + e.getMessage(), e);
        } catch (NoSuchFileException e) {
            throw new ModelFormatException(
                    file + ": expected a model file (.safetensors), found none. Check the path, or train a model.", e);
        } catch (AccessDeniedException e) {
            throw new ModelFormatException(
                    file + ": cannot be read: permission denied. Change the file's permissions.", e);
        } catch (EOFException e) {
            throw new ModelFormatException(
                    file + ": the file became shorter while it was read. Read it when it is complete.", e);
        } catch (IOException e) {
            throw new ModelFormatException(
                    file + ": cannot be read (" + e + "). Check the file and its permissions.", e);
        }
    }

    /** Reads {@code size} bytes of a stream that can be marked. */
    static Safetensors read(InputStream in, long size) throws IOException {
        return read(in, size, false).content();
    }

    private static Converted read(InputStream in, long size, boolean converts) throws IOException {
        if (size == 0) {
            throw new ModelFormatException(
                    "expected a safetensors file, received an empty file. Copy or save the model again.");
        }
        in.mark(ForeignFile.BYTES);
        byte[] start = in.readNBytes(ForeignFile.BYTES);
        in.reset();
        byte[] prefix = in.readNBytes(Long.BYTES);
        long headerLength = ByteBuffer.wrap(Arrays.copyOf(prefix, Long.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
        long room = Math.min(size - Long.BYTES, LONGEST_HEADER);
        if (size < Long.BYTES || Long.compareUnsigned(headerLength, room) > 0) {
            refuseForeign(start);
        }
        if (size < Long.BYTES) {
            throw new ModelFormatException("expected a safetensors file, received a file of " + size
                    + " bytes. Copy or save the model again.");
        }
        if (prefix.length < Long.BYTES) {
            throw new EOFException();
        }
        if (Long.compareUnsigned(headerLength, room) > 0) {
            throw new ModelFormatException("expected a safetensors file with a header of at most " + room
                    + " bytes, received one that promises " + Long.toUnsignedString(headerLength)
                    + ". The file is cut off, or of another kind: copy or save the model again.");
        }
        SafetensorsHeader header =
                SafetensorsHeader.parse(exactly(in, (int) headerLength), size - Long.BYTES - headerLength, converts);
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        Map<String, String> types = new LinkedHashMap<>();
        byte[] chunk = new byte[CHUNK_BYTES];
        for (SafetensorsHeader.Entry entry : header.entries()) {
            float[] values = new float[entry.shape().size()];
            readValues(in, entry.type(), values, chunk);
            if (entry.type() != SafetensorsHeader.Type.F32) {
                types.put(entry.name(), entry.type().name());
            }
            tensors.put(entry.name(), new TensorData(entry.shape(), values));
        }
        return new Converted(new Safetensors(header.metadata(), tensors), types);
    }

    /** What reads as a header of impossible length is rather something else. */
    private static void refuseForeign(byte[] start) {
        if (start.length > 2 && start[0] == 'P' && start[1] == 'K') {
            throw new ModelFormatException("expected a safetensors file, received a zip archive, which is what"
                    + " torch.save makes. Save the model with safetensors.torch.save_file.");
        }
        if (start.length > 2 && (start[0] & 0xFF) == PICKLE && start[1] >= 2 && start[1] <= 5) {
            throw new ModelFormatException("expected a safetensors file, received a Python pickle, which is what"
                    + " torch.save made once. Save the model with safetensors.torch.save_file.");
        }
        ForeignFile.of(start).ifPresent(foreign -> {
            throw new ModelFormatException("expected a safetensors file, " + foreign.received());
        });
    }

    private static void readValues(InputStream in, SafetensorsHeader.Type type, float[] values, byte[] chunk)
            throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
        int perChunk = chunk.length / type.bytes();
        for (int done = 0; done < values.length; done += perChunk) {
            int count = Math.min(perChunk, values.length - done);
            if (in.readNBytes(chunk, 0, count * type.bytes()) < count * type.bytes()) {
                throw new EOFException();
            }
            if (type == SafetensorsHeader.Type.F32) {
                buffer.asFloatBuffer().get(values, done, count);
                continue;
            }
            buffer.rewind();
            for (int i = done; i < done + count; i++) {
                values[i] = type.next(buffer);
            }
        }
    }

    private static byte[] exactly(InputStream in, int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException();
        }
        return bytes;
    }

    /**
     * Writes a file, whole or not at all; equal content gives equal bytes.
     *
     * @throws LenetException if it cannot be written
     */
    public void write(Path file) {
        AtomicFile.write(file, content(file));
    }

    /**
     * Writes a file, whole or not at all, and keeps the one it replaces as {@code previous}, in the same directory.
     *
     * @throws LenetException if it cannot be written
     */
    public void writeKeeping(Path previous, Path file) {
        AtomicFile.writeKeeping(previous, file, content(file));
    }

    private AtomicFile.Content content(Path file) {
        byte[] header = SafetensorsHeader.of(metadata, tensors).bytes();
        if (header.length > LONGEST_HEADER) {
            throw new ModelFormatException(file + ": expected a header of at most " + LONGEST_HEADER
                    + " bytes, received " + header.length + ". Write less metadata.");
        }
        byte[] length = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .array();
        return out -> {
            out.write(length);
            out.write(header);
            writeValues(out);
        };
    }

    /** The SHA-256 of the values as they lie in the file, in lower-case hexadecimal digits. */
    public String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            writeValues(new OutputStream() {
                @Override
                public void write(int value) {
                    digest.update((byte) value);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) {
                    digest.update(bytes, offset, length);
                }
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException("a digest does no input or output", e);
        }
    }

    private void writeValues(OutputStream out) throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        ByteBuffer buffer = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
        int perChunk = chunk.length / Float.BYTES;
        for (TensorData tensor : tensors.values()) {
            float[] values = tensor.values();
            for (int done = 0; done < values.length; done += perChunk) {
                int count = Math.min(perChunk, values.length - done);
                buffer.asFloatBuffer().put(values, done, count);
                out.write(chunk, 0, count * Float.BYTES);
            }
        }
    }
}
