package dev.lenet.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The program itself, started cold: {@code train} in a fresh JVM on all 60,000 images, in a folder that is removed again.
 *
 * @param epochs the seconds of each epoch's steps
 * @param seconds from the start of the process to its end: reading, training, testing, writing the model
 * @param peakMegabytes of memory that lay in RAM at once, 0 where the system does not tell
 */
record AppRun(double[] epochs, double seconds, double peakMegabytes) {
    private static final Path JAR = Path.of("app/target/app.jar");
    private static final Path CONFIG = Path.of("config/plain.yaml");
    private static final Pattern EPOCH = Pattern.compile("\"event\":\"epoch\".*?\"seconds\":([0-9.eE+-]+)");
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s*(\\d+) kB");
    private static final int LOOK_EVERY_MILLISECONDS = 20;

    /**
     * @throws IOException if the jar is not there
     */
    static void check() throws IOException {
        if (!Files.exists(JAR)) {
            throw new IOException(JAR + ": expected the program in the working directory, received nothing."
                    + " Build it, and start the comparison in the root of the repository.");
        }
    }

    static AppRun train(List<String> flags, String engine, int epochs) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("train");
        Path output = folder.resolve("stdout");
        List<String> command = new ArrayList<>(List.of(ContestantProcess.java()));
        command.addAll(flags);
        command.addAll(List.of("-jar", JAR.toAbsolutePath().toString(), "--engine", engine, "--json", "train"));
        command.addAll(List.of("--config", CONFIG.toAbsolutePath().toString()));
        command.addAll(List.of("--epochs", String.valueOf(epochs), "--validation-size", "0"));
        command.addAll(List.of("--output", "model.safetensors"));
        try {
            long start = System.nanoTime();
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            double peak = 0;
            do {
                peak = Math.max(peak, peak(process.pid()));
            } while (!process.waitFor(LOOK_EVERY_MILLISECONDS, TimeUnit.MILLISECONDS));
            double seconds = (System.nanoTime() - start) * 1e-9;
            double[] times = EPOCH.matcher(Files.readString(output))
                    .results()
                    .mapToDouble(result -> Double.parseDouble(result.group(1)))
                    .toArray();
            if (process.exitValue() != 0 || times.length != epochs) {
                throw new IOException(String.join(" ", command) + ": expected " + epochs + " epochs, received "
                        + times.length + " and exit code " + process.exitValue());
            }
            return new AppRun(times, seconds, peak);
        } finally {
            remove(folder);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** As Linux counts it; its highest value so far, so that what was between two looks is not missed. */
    private static double peak(long pid) {
        try {
            Matcher matcher = PEAK.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
            return matcher.find() ? Double.parseDouble(matcher.group(1)) / 1024 : 0;
        } catch (IOException e) {
            // Another system; or the process has just ended.
            return 0;
        }
    }
}
