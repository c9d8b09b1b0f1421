package dev.lenet.report.tensorboard;

import dev.lenet.api.LenetException;
import dev.lenet.api.model.ProtoMessage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * A file of events that TensorBoard shows, in a directory that is one run of it.
 *
 * <p>The format is TFRecord: for each event its length in 64 bits, a checksum of the length, the event as a
 * {@code tensorflow.Event} message, and a checksum of that; all little-endian. The first event tells the version. Events
 * are only ever appended, so TensorBoard may read along; what has been {@link #flush flushed} is whole.
 *
 * <p>A run that goes on later does so in a new file in the same directory: TensorBoard reads them in the order of their
 * names, and never goes back to an earlier one. The names start with the second the file was made in, moved on where
 * that would not make it the last. The place of the host's name, usual in these names, is taken by {@code lenet}: finding
 * out the host's name may ask the network, and a reader of the file has no use for it.
 */
public final class EventFile implements AutoCloseable {
    private static final String VERSION = "brain.Event:2";

    private static final Pattern NAME = Pattern.compile("events\\.out\\.tfevents\\.(\\d{10})\\..*");

    private static final int EVENT_WALL_TIME = 1;
    private static final int EVENT_STEP = 2;
    private static final int EVENT_FILE_VERSION = 3;
    private static final int EVENT_SUMMARY = 5;
    private static final int EVENT_SESSION_LOG = 7;
    private static final int SUMMARY_VALUE = 1;
    private static final int SESSION_STATUS = 1;
    private static final int STATUS_START = 1;

    private final Path path;
    private final OutputStream out;
    private final Clock clock;

    private EventFile(Path path, OutputStream out, Clock clock) {
        this.path = path;
        this.out = out;
        this.clock = clock;
    }

    /**
     * Makes a new file, behind all that are there, and the directory where it is missing.
     *
     * @param clock what the time is; events carry it
     * @throws LenetException if it cannot be written
     */
    public static EventFile create(Path directory, Clock clock) {
        try {
            Files.createDirectories(directory);
            long second = Math.max(clock.instant().getEpochSecond(), lastSecond(directory) + 1);
            while (true) {
                Path path = directory.resolve(String.format(
                        Locale.ROOT,
                        "events.out.tfevents.%010d.lenet.%d",
                        second,
                        ProcessHandle.current().pid()));
                try {
                    OutputStream out =
                            Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                    return begun(new EventFile(path, new BufferedOutputStream(out, 1 << 16), clock));
                } catch (FileAlreadyExistsException e) {
                    second++;
                }
            }
        } catch (IOException e) {
            throw unwritable(directory, e);
        }
    }

    /** The second in the name of the last event file there is; -1 without one. */
    private static long lastSecond(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> NAME.matcher(String.valueOf(file.getFileName())))
                    .filter(Matcher::matches)
                    .mapToLong(name -> Long.parseLong(name.group(1)))
                    .max()
                    .orElse(-1);
        }
    }

    private static EventFile begun(EventFile file) {
        file.write(file.event(0).text(EVENT_FILE_VERSION, VERSION));
        file.flush();
        return file;
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Says that the run starts over at a step: of it and later ones, only what follows is shown. */
    public void restart(long step) {
        write(event(step).message(EVENT_SESSION_LOG, new ProtoMessage().whole(SESSION_STATUS, STATUS_START)));
    }

    /**
     * Adds a point to a curve.
     *
     * @param tag the curve; what comes before a slash is the section it is shown in
     */
    public void scalar(long step, String tag, double value) {
        summary(step, Summaries.scalar(tag, (float) value));
    }

    /** Adds a histogram of values, of which those that are no finite numbers are left out. */
    public void histogram(long step, String tag, float[] values) {
        summary(step, Summaries.histogram(tag, Histogram.of(values)));
    }

    /**
     * Adds pictures.
     *
     * @param description a sentence next to them, in Markdown; may be empty
     * @param pngs all of that width and height, in pixels
     */
    public void images(long step, String tag, String description, int width, int height, List<byte[]> pngs) {
        summary(step, Summaries.images(tag, description, width, height, pngs));
    }

    private void summary(long step, ProtoMessage value) {
        write(event(step).message(EVENT_SUMMARY, new ProtoMessage().message(SUMMARY_VALUE, value)));
    }

    private ProtoMessage event(long step) {
        return new ProtoMessage().real(EVENT_WALL_TIME, clock.millis() / 1000.0).whole(EVENT_STEP, step);
    }

    private void write(ProtoMessage event) {
        byte[] data = event.toBytes();
        byte[] length = littleEndian(Long.BYTES).putLong(data.length).array();
        try {
            out.write(length);
            out.write(checksum(length));
            out.write(data);
            out.write(checksum(data));
        } catch (IOException e) {
            throw unwritable(path, e);
        }
    }

    /** As numbers in records are. */
    private static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** CRC-32C, turned and shifted, so that a checksum of data that holds checksums is not a special one. */
    private static byte[] checksum(byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(data);
        int masked = Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
        return littleEndian(Integer.BYTES).putInt(masked).array();
    }

    /**
     * Hands everything to the system, for TensorBoard to see.
     *
     * @throws LenetException if it cannot be written
     */
    public void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw unwritable(path, e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw unwritable(path, e);
        }
    }

    private static LenetException unwritable(Path path, IOException cause) {
        return new LenetException(
                path + ": expected to write events for TensorBoard, received " + cause
                        + ". Check the permissions and the free space, or choose another place.",
                cause);
    }
}
