package dev.lenet.api.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.lenet.api.model.AtomicFile;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.Network;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that does nothing but write checkpoints is killed again and again, and there is always one to go on from. */
class KilledWriterTest {
    private static final long SEED = 9;
    private static final int KILLS = 12;

    /** On a busy machine it may take more until one comes while a file is written. */
    private static final int MOST_KILLS = 500;

    /** A checkpoint of this test takes about as long to write. */
    private static final int MOST_MICROSECONDS = 20_000;

    /** Large enough to take time to write: 60,300 parameters, 1.4 MB with the best epoch. */
    private static final Network NETWORK =
            Network.input(200).layer("fc", Linear.of(300)).build();

    @TempDir
    Path folder = Path.of("");

    /** The other process: counts on from the checkpoint there is, and tells each one that it has written. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) {
            CheckpointStore store = new CheckpointStore(Path.of(arguments[0]));
            long step = store.isEmpty() ? 0 : store.latest().checkpoint().step();
            while (true) {
                step++;
                store.save(CheckpointStoreTest.checkpoint(NETWORK, step));
                System.out.print(step + "\n");
                System.out.flush();
            }
        }
    }

    @Test
    void aCheckpointIsThereAfterEveryKill() throws Exception {
        Random random = new Random(SEED);
        CheckpointStore store = new CheckpointStore(folder);
        for (int kill = 1; kill <= KILLS || (partsLeft() == 0 && kill <= MOST_KILLS); kill++) {
            long promised = writeUntilKilled(random, kill % 2 == 0);
            long found = store.latest().checkpoint().step();
            for (String name : new String[] {"checkpoint.safetensors", "checkpoint.previous.safetensors"}) {
                Path file = folder.resolve(name);
                if (Files.exists(file)) {
                    assertThatCode(() -> CheckpointStore.read(file))
                            .as("seed %d, kill %d", SEED, kill)
                            .doesNotThrowAnyException();
                }
            }
            // What was promised is there; at most the one that was being written may be there as well.
            assertThat(found).as("seed %d, kill %d", SEED, kill).isBetween(promised, promised + 1);
        }
        assertThat(partsLeft())
                .as("seed %d: files of which kills left a part", SEED)
                .isPositive();
        AtomicFile.removeLeftovers(folder);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .as("seed %d", SEED)
                    .isSubsetOf("checkpoint.safetensors", "checkpoint.previous.safetensors");
        }
    }

    private long partsLeft() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".tmp")).count();
        }
    }

    /**
     * Lets the process write a few, kills it after that, and returns the last it has promised.
     *
     * @param whileWriting whether to wait until there is a part of a file, or for some moment
     */
    private long writeUntilKilled(Random random, boolean whileWriting) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long promised = -1;
        try (BufferedReader output = process.inputReader()) {
            int few = 1 + random.nextInt(2);
            for (int i = 0; i < few; i++) {
                promised = Long.parseLong(output.readLine());
            }
            long before = partsLeft();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
            while (whileWriting && partsLeft() == before && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            int micros = whileWriting ? 0 : random.nextInt(MOST_MICROSECONDS);
            assertThat(process.waitFor(micros, TimeUnit.MICROSECONDS))
                    .as("ended by itself")
                    .isFalse();
            // Unlike the method of Process, this leaves the pipe open, with what was said before.
            process.toHandle().destroyForcibly();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                promised = Long.parseLong(line);
            }
        }
        process.waitFor();
        return promised;
    }
}
