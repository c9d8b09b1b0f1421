package dev.lenet.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What the measurements ran on. */
final class Machine {
    /** The flags with which a JVM has the Vector API. */
    static final List<String> VECTOR_API = List.of("--add-modules", "jdk.incubator.vector");

    private static final List<String> INSTRUCTION_SETS = List.of("avx512f", "avx2", "sve2", "sve", "asimd");

    /** What the manifest of app.jar says: an engine may load the Vector API. */
    static final List<String> AS_IN_THE_JAR = List.of("--add-exports", "java.base/jdk.internal.module=ALL-UNNAMED");

    /** A JVM in which vectors would be slow, so that an engine leaves them alone; its plain loops fuse nothing anyway. */
    static final List<String> WITHOUT_VECTORS = List.of("-XX:-UseFMA");

    private Machine() {}

    /** Whether this JDK has the Vector API. */
    static boolean hasVectorApi() {
        return ModuleFinder.ofSystem().find("jdk.incubator.vector").isPresent();
    }

    /** Model, instruction set and number of cores. */
    static String processor() {
        String model = cpuinfo("model name");
        List<String> flags = List.of((cpuinfo("flags") + " " + cpuinfo("Features")).split(" "));
        String best = INSTRUCTION_SETS.stream()
                .filter(flags::contains)
                .findFirst()
                .map(set -> ", " + set.toUpperCase(Locale.ROOT))
                .orElse("");
        return (model.isEmpty() ? System.getProperty("os.arch") : model) + best + ", "
                + Runtime.getRuntime().availableProcessors() + " cores";
    }

    /** A property of the first processor as Linux tells it; empty if it does not. */
    private static String cpuinfo(String key) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith(key))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    static String jdk() {
        return System.getProperty("java.vm.name") + " " + Runtime.version() + ", " + System.getProperty("os.name");
    }

    /** How many threads of other programs wanted a processor, mean of the last minute; negative if unknown. */
    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /** Resident memory of this process in MB, as Linux tells it; NaN if it does not. */
    static double residentMegabytes() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1000)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
