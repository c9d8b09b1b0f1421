package dev.lenet.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.checkpoint.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar, started as its users start it, from a folder that is not the repository's. */
class JarIT {
    private static final Path JAR = Path.of("target/app.jar").toAbsolutePath();

    @TempDir
    Path folder;

    private ProgramRun java(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("stdout");
        Path err = folder.resolve("stderr");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("finished").isTrue();
        return new ProgramRun(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    @Test
    void bothEnginesTrainAndEvaluateWithNothingOnStandardError() throws Exception {
        for (String engine : new String[] {"native", "djl"}) {
            ProgramRun training = java(
                    "train",
                    "--engine",
                    engine,
                    "--offline",
                    "--json",
                    "--max-steps",
                    "50",
                    "--output",
                    "m.safetensors");
            assertThat(training.err()).isEmpty();
            assertThat(training.exitCode()).isZero();
            ProgramRun evaluation = java("evaluate", "--engine", engine, "--json", "--model", "m.safetensors");
            assertThat(evaluation.err()).isEmpty();
            assertThat(evaluation.json().get(0).get("accuracy"))
                    .isEqualTo(training.events("end").get(0).get("test_accuracy"));
        }
    }

    @Test
    void enginesFindsBothThroughTheirServiceFiles() throws Exception {
        ProgramRun run = java("engines", "--json");
        assertThat(run.err()).isEmpty();
        assertThat(run.json())
                .allMatch(engine -> engine.get("ready").getAsBoolean())
                .hasSize(2);
    }

    @Test
    void anErrorIsOneSentenceAndExitCodeTwo() throws Exception {
        ProgramRun run = java("evaluate", "--model", "nothing.safetensors");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).hasSize(1);
    }

    @Test
    void theShippedModelIsFoundFromAnywhere() throws Exception {
        ProgramRun run = java("evaluate", "--json");
        assertThat(run.err()).isEmpty();
        Map<String, String> facts = ModelFile.read(Path.of("../models/lenet5.safetensors"), List.of())
                .facts();
        assertThat(run.json().get(0).get("accuracy").getAsString()).isEqualTo(facts.get("test_accuracy"));
    }

    @Test
    void anInterruptedTrainingExitsWith130AndLeavesNothing() throws Exception {
        Path out = folder.resolve("stdout");
        Process process = new ProcessBuilder(
                        "bash",
                        "-c",
                        "exec timeout --preserve-status -s INT 3 '" + System.getProperty("java.home")
                                + "/bin/java' -jar '" + JAR + "' train --epochs 1000 --output m.safetensors")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(out)).isEqualTo(130);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(out);
        }
    }

    @Test
    void outputThatCannotBeWrittenIsAFailure() throws Exception {
        Path full = Path.of("/dev/full");
        if (!Files.exists(full)) {
            return;
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        JAR.toString(),
                        "config",
                        "show")
                .redirectOutput(full.toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
    }

    @Test
    void theVersionIsTheJars() throws Exception {
        assertThat(java("--version").out()).startsWith("lenet 0.");
    }
}
