package dev.lenet.engine.djl;

import ai.djl.util.Platform;
import ai.djl.util.Utils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which build of libtorch is to be loaded: found before, as DJL takes a CUDA build only where a CUDA toolkit is installed,
 * which libtorch does not need, and fetches another one instead.
 *
 * @param folder with its libraries; null to leave it to DJL, which has the one for CPUs in its jars
 * @param version as 2.7.1; null if it is DJL's own
 * @param flavor cpu, or cu and a version of CUDA, as cu128
 */
record Libtorch(@Nullable Path folder, @Nullable String version, String flavor) {
    /** Where DJL looks for it. */
    static final String PATH = "PYTORCH_LIBRARY_PATH";

    static final String VERSION = "PYTORCH_VERSION";
    static final String FLAVOR = "PYTORCH_FLAVOR";

    private static final Logger LOGGER = LoggerFactory.getLogger(Libtorch.class);
    private static final String CPU = "cpu";
    private static final Pattern VERSION_TEXT = Pattern.compile("(\\d+\\.\\d+\\.\\d+)(?:\\+(\\w+))?");
    /** The flavours that DJL makes JNI libraries for, the newest first. */
    private static final List<String> CUDA_FLAVORS = List.of("cu128", "cu126", "cu124", "cu121", "cu118");

    /**
     * Looks where {@code PYTORCH_LIBRARY_PATH} points, then among the jars, for a CUDA build first.
     *
     * @param environment a variable's or property's value, or null
     */
    static Libtorch find(UnaryOperator<@Nullable String> environment) throws Torch.Missing {
        @Nullable String given = environment.apply(PATH);
        if (given != null && !given.isEmpty()) {
            try {
                return inFolder(Path.of(given).toAbsolutePath().normalize(), environment);
            } catch (InvalidPathException e) {
                throw new Torch.Missing(
                        "expected a folder in " + PATH + ", received '" + given + "'", "Correct it, or unset it", e);
            }
        }
        @Nullable String version = environment.apply(VERSION);
        if (version != null && !version.equals(wantedVersion())) {
            // DJL would go and fetch it.
            throw new Torch.Missing(
                    "expected " + VERSION + " with " + PATH + ", received " + version + " alone",
                    "Set both, or unset it");
        }
        List<Properties> natives = natives();
        Optional<Properties> cuda = natives.stream()
                .filter(each -> each.getProperty("flavor", CPU).startsWith("cu"))
                .max(Comparator.comparing(each -> each.getProperty("flavor")));
        if (natives.isEmpty()) {
            throw new Torch.Missing(
                    "expected libtorch in the jars or where " + PATH + " points, found none",
                    "Add ai.djl.pytorch:pytorch-native-cpu to the class path, or set " + PATH);
        }
        return unpacked(cuda.orElse(natives.get(0)));
    }

    /** Whether it can compute on a GPU. */
    boolean hasCuda() {
        return flavor.startsWith("cu");
    }

    /** What DJL is to read while it loads, by name. */
    Properties properties() {
        Properties properties = new Properties();
        if (folder != null) {
            properties.setProperty(PATH, folder.toString());
            properties.setProperty(FLAVOR, flavor);
        }
        if (version != null) {
            properties.setProperty(VERSION, version);
        }
        return properties;
    }

    private static Libtorch inFolder(Path folder, UnaryOperator<@Nullable String> environment) throws Torch.Missing {
        for (String part : List.of("torch", "torch_cpu", "c10")) {
            String library = System.mapLibraryName(part);
            if (!Files.exists(folder.resolve(library))) {
                throw new Torch.Missing(
                        "expected " + library + " in " + folder + ", where " + PATH + " points, found none",
                        "Let it point at the lib folder of libtorch, or of Python's torch, or unset it");
            }
        }
        @Nullable String version = environment.apply(VERSION);
        String wanted = wantedVersion();
        Matcher found = VERSION_TEXT.matcher(versionText(folder));
        boolean known = found.find();
        if (version == null && known && !found.group(1).equals(wanted)) {
            throw new Torch.Missing(
                    "expected libtorch " + wanted + ", which DJL's JNI library is made for, received " + found.group(1)
                            + " in " + folder,
                    "Let " + PATH + " point at libtorch " + wanted + ", or unset it");
        }
        @Nullable String flavor = environment.apply(FLAVOR);
        if (flavor == null) {
            flavor = flavor(folder, known ? found.group(2) : null);
        }
        return new Libtorch(folder, version == null ? wanted : version, flavor);
    }

    private static String flavor(Path folder, @Nullable String said) {
        if (!Files.exists(folder.resolve(System.mapLibraryName("torch_cuda")))) {
            return CPU;
        } else if (said != null && said.startsWith("cu")) {
            return said;
        }
        String platform = Platform.detectPlatform("pytorch").getClassifier();
        return CUDA_FLAVORS.stream()
                .filter(each -> Libtorch.class.getClassLoader().getResource("jnilib/" + platform + '/' + each) != null)
                .findFirst()
                .orElse(CUDA_FLAVORS.get(0));
    }

    /** As 2.7.1+cu128: of libtorch's archive or of Python's package; empty if neither says. */
    private static String versionText(Path folder) {
        for (String name : List.of("build-version", "version.py")) {
            Path file = folder.resolveSibling(name);
            if (Files.exists(file)) {
                try {
                    return Files.readString(file);
                } catch (IOException e) {
                    LOGGER.debug("{} cannot be read", file, e);
                }
            }
        }
        return "";
    }

    private static String wantedVersion() {
        String version = Platform.detectPlatform("pytorch").getVersion();
        int build = version.indexOf('-');
        return build < 0 ? version : version.substring(0, build);
    }

    /** What the jars on the class path say of the libraries in them, for this platform. */
    private static List<Properties> natives() {
        String platform = Platform.detectPlatform("pytorch").getClassifier();
        try {
            return Collections.list(Libtorch.class.getClassLoader().getResources("native/lib/pytorch.properties"))
                    .stream()
                    .map(Libtorch::read)
                    .filter(each -> platform.equals(each.getProperty("classifier")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the class path cannot be read", e);
        }
    }

    private static Properties read(URL resource) {
        Properties properties = new Properties();
        try (InputStream in = resource.openStream()) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read", e);
        }
        return properties;
    }

    /** The libraries of a jar, in a folder: for a CPU the one that DJL would make, for CUDA one next to it. */
    private static Libtorch unpacked(Properties jar) throws Torch.Missing {
        String version = jar.getProperty("version");
        String flavor = jar.getProperty("flavor");
        String platform = jar.getProperty("classifier");
        boolean cuda = flavor.startsWith("cu");
        String name = version + '-' + flavor + '-' + platform;
        Path folder = Utils.getEngineCacheDir("pytorch").resolve(cuda ? "lenet-" + name : name);
        Map<String, String> resources = new TreeMap<>();
        for (String library : jar.getProperty("libraries").split(",", -1)) {
            // Compiles kernels while the program runs, of which there are none here; and DJL would load it, which fails
            // without
            // NVIDIA's driver.
            if (!library.contains("caffe2_nvrtc")) {
                resources.put(library, "pytorch/" + flavor + '/' + platform + '/' + library);
            }
        }
        Unpacking unpacking = new Unpacking(Libtorch.class.getClassLoader());
        try {
            unpacking.ensure(
                    folder,
                    resources,
                    cuda
                            ? "Unpacking libtorch " + version + " for " + flavor + " to " + folder
                                    + ", once; this takes gigabytes."
                            : null);
            removeDamagedBridge(unpacking, folder, platform, flavor);
        } catch (IOException e) {
            throw new Torch.Missing(
                    "expected to unpack libtorch to " + folder + ", received: " + e.getMessage(),
                    "Make room there, or set DJL_CACHE_DIR to another folder",
                    e);
        }
        if (!cuda) {
            return new Libtorch(null, null, CPU);
        }
        Matcher number = VERSION_TEXT.matcher(version);
        return new Libtorch(folder, number.find() ? number.group(1) : version, flavor);
    }

    /** DJL's own library, which it puts there, and takes for whole if it is there. */
    private static void removeDamagedBridge(Unpacking unpacking, Path folder, String platform, String flavor)
            throws IOException {
        String library = System.mapLibraryName("djl_torch");
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith("-" + library)
                        && !unpacking.isWhole(
                                folder, Map.of(name, "jnilib/" + platform + '/' + flavor + '/' + library))) {
                    Files.delete(file);
                }
            }
        }
    }
}
