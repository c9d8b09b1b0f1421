package dev.lenet.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.engine.Device;
import dev.lenet.api.engine.EngineOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which kernels a JVM takes by itself, by how it was started. Each case is a JVM. */
class SimdModuleTest {
    private static final String OPEN = "--add-exports=java.base/jdk.internal.module=ALL-UNNAMED ";

    /** Prints what the engine says of itself; the argument, if there is one, is its setting. */
    static final class Probe {
        private Probe() {}

        public static void main(String[] arguments) {
            Map<String, String> settings = arguments.length == 0 ? Map.of() : Map.of(Simd.SETTING, arguments[0]);
            System.out.println(new NativeEngineProvider().probe(new EngineOptions(Device.CPU, 1, true, settings)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                OPEN + "| -bit vector kernels | Vector API loaded by the engine",
                "--add-modules=jdk.incubator.vector | -bit vector kernels | Vector API by java --add-modules",
                "-Xmx100m | scalar | faster with java --add-modules jdk.incubator.vector",
                OPEN + "-XX:-UseFMA | scalar | vectors would be slow: there is no fused multiply-add",
                "--add-modules=jdk.incubator.vector -XX:-UseFMA | scalar | vectors would be slow: there is no fused multiply-add",
                OPEN + "-Xint | scalar | vectors would be slow: C2 is off",
                OPEN + "-XX:TieredStopAtLevel=1 | scalar | vectors would be slow: C2 is off",
                OPEN + "-XX:TieredStopAtLevel=3 | scalar | vectors would be slow: C2 is off",
                OPEN + "-XX:+UnlockExperimentalVMOptions -XX:-EnableVectorSupport | scalar"
                        + "| vectors would be slow: C2's support for them is off",
                OPEN + "--limit-modules=java.base,jdk.incubator.vector | scalar | vectors would be slow: a Java without"
            })
    void aJvmHasVectorsWhereTheyAreFastAndCanBeHad(String flags, String kernels, String remark) throws Exception {
        String detail = probe("", flags.trim().split(" "));
        assertThat(detail).contains(kernels).contains("; " + remark);
    }

    /** On any processor: the JVM is told that its registers are narrow. */
    @Test
    void aWidthBeyondTheRegistersIsRefused() throws Exception {
        assertThat(probe("256", "-XX:MaxVectorSize=16", OPEN.trim()))
                .contains("native.simd: expected at most the 128 bits of this processor, received '256'."
                        + " Use auto, or a smaller number.");
        assertThat(probe("128", "-XX:MaxVectorSize=16", OPEN.trim())).contains("128-bit vector kernels");
    }

    /** On stdout and stderr, of which the second is to be empty. */
    private static String probe(String setting, String... flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Probe.class.getName()));
        if (!setting.isEmpty()) {
            command.add(setting);
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.replaceFirst("^WARNING: Using incubator modules: jdk.incubator.vector\\R", "");
    }
}
