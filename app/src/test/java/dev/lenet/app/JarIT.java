package dev.lenet.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.training.CheckpointStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged jar, started as its users start it, from a folder that is not the repository's. */
class JarIT {
    private static final Path JAR = Path.of("target/app.jar").toAbsolutePath();

    @TempDir
    Path folder;

    private ProgramRun java(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        return process(command);
    }

    private ProgramRun shell(String command) throws IOException, InterruptedException {
        return process(List.of("sh", "-c", command));
    }

    private ProgramRun process(List<String> command) throws IOException, InterruptedException {
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

    /** Twelve steps an epoch, so that what is tested is how a training begins and ends. */
    private void smallData(int epochs, int teachers) throws IOException {
        TwoClasses.write(folder.resolve("two"), 384, 40);
        Files.writeString(folder.resolve("config.yaml"), String.format(Locale.ROOT, """
                data: {dataset: idx, directory: two, validation_size: 0}
                training: {epochs: %d, teachers: %d, checkpoint_every: 10}
                """, epochs, teachers));
    }

    @Test
    void bothEnginesTrainAndEvaluateWithNothingOnStandardError() throws Exception {
        smallData(2, 0);
        for (String engine : new String[] {"native", "djl"}) {
            ProgramRun training = java("train", "--engine", engine, "--json", "--output", "m.safetensors");
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
        // By the manifest, which opens the door to the module.
        assertThat(run.json().get(1).get("detail").getAsString())
                .containsAnyOf("Vector API loaded by the engine", "vectors would be slow");
    }

    @Test
    void aReaderThatHasSeenEnoughIsNoFailure() throws Exception {
        ProgramRun run = shell("{ '" + Path.of(System.getProperty("java.home"), "bin", "java") + "' -jar '" + JAR
                + "' config template; echo $? >code; } | true");

        assertThat(run.err()).isEmpty();
        assertThat(folder.resolve("code")).hasContent("141");
    }

    @Test
    void withoutAHomeDirectoryNothingIsLeftInTheWorkingDirectory() throws Exception {
        ProgramRun run = process(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.home=?",
                "-Djava.io.tmpdir=" + Files.createDirectory(folder.resolve("tmp")),
                "-jar",
                JAR.toString(),
                "engines"));

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(folder.resolve("?")).doesNotExist();
    }

    @Tag("exhaustive")
    @Test
    void numbersAreWrittenAlikeUnderEveryLocale() throws Exception {
        ProgramRun run = process(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.language=ar",
                "-jar",
                JAR.toString(),
                "evaluate"));

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().chars().filter(Character::isDigit)).allMatch(c -> c < 128);
    }

    @Tag("exhaustive")
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
        assertThat(run.err())
                .startsWith("Model: models/lenet5.safetensors, which came with the program.")
                .hasLineCount(1);
        Map<String, String> facts = ModelFile.read(Path.of("../models/lenet5.safetensors"), List.of())
                .facts();
        assertThat(run.json().get(0).get("accuracy").getAsString()).isEqualTo(facts.get("test_accuracy"));
    }

    /** Runs a training until it has told the loss of that step, sends it signals, and returns what it printed. */
    private ProgramRun interrupted(int afterStep, List<String> signals, String... arguments) throws Exception {
        List<String> command = listening("train");
        command.addAll(List.of("--json", "--log-every", "1", "--output", "m.st"));
        command.addAll(List.of(arguments));
        Path err = folder.resolve("stderr");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(err.toFile())
                .start();
        StringBuilder out = new StringBuilder();
        try (BufferedReader lines = process.inputReader()) {
            boolean sent = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.append(line).append('\n');
                if (!sent && line.startsWith("{\"event\":\"step\",\"step\":" + afterStep + ",")) {
                    sent = true;
                    for (String signal : signals) {
                        new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                                .start()
                                .waitFor();
                    }
                }
            }
        }
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("finished").isTrue();
        return new ProgramRun(process.exitValue(), out.toString(), Files.readString(err));
    }

    @Test
    void anInterruptedTrainingTellsTheCommandThatGoesOnExactly() throws Exception {
        checkInterrupted("INT", 130);
    }

    /** A terminal that is closed sends its signal twice. */
    @Tag("exhaustive")
    @ParameterizedTest
    @CsvSource({"TERM, 143", "HUP HUP, 129"})
    void otherSignalsDoTheSame(String signals, int exitCode) throws Exception {
        checkInterrupted(signals, exitCode);
    }

    private void checkInterrupted(String signals, int exitCode) throws Exception {
        smallData(1000, 0);
        ProgramRun run = interrupted(30, List.of(signals.split(" ")), "--run", "mine");

        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(exitCode);
        JsonObject event = run.events("interrupted").get(0);
        long step = event.get("step").getAsLong();
        assertThat(step).isGreaterThanOrEqualTo(30);
        String resume = event.get("resume").getAsString();
        assertThat(resume).isEqualTo("java -jar " + JAR + " train --resume --run mine");
        assertThat(run.err())
                .isEqualTo(String.format(
                        Locale.ROOT,
                        "Interrupted after step %,d; its checkpoint is in models/runs/mine. To go on: %s%n",
                        step,
                        resume));
        assertThat(folder.resolve("m.st")).doesNotExist();
        Path directory = folder.resolve("models/runs/mine");
        assertThat(CheckpointStore.read(directory.resolve("checkpoint.safetensors"))
                        .step())
                .isEqualTo(step);
        assertThat(Files.readString(directory.resolve("manifest.json"))).contains("\"status\": \"interrupted\"");

        String steps = String.valueOf(step + 10);
        ProgramRun rest =
                shell("PATH=" + System.getProperty("java.home") + "/bin:$PATH; " + resume + " --max-steps " + steps);
        assertThat(rest.exitCode()).as(rest.err()).isZero();
        ProgramRun straight = java("train", "--max-steps", steps, "--output", "straight.st");
        assertThat(straight.exitCode()).as(straight.err()).isZero();
        assertThat(folder.resolve("m.st")).hasSameBinaryContentAs(folder.resolve("straight.st"));
    }

    /** Between the last epoch and the end of the report. */
    @Tag("exhaustive")
    @Test
    void aSignalAfterTheTrainingCountsAsWell() throws Exception {
        smallData(2, 0);
        Process process = new ProcessBuilder(listening("train", "--run", "mine", "--output", "m.st", "--json"))
                .directory(folder.toFile())
                .redirectError(folder.resolve("stderr").toFile())
                .start();
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.lines().anyMatch(line -> line.contains("\"epoch\":2")))
                    .isTrue();
            process.destroy();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("finished").isTrue();
        }
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("stderr")))
                .isEqualTo(143);
    }

    @Tag("exhaustive")
    @Test
    void anInterruptedTeacherGoesOnAsWell() throws Exception {
        Path err = folder.resolve("stderr");
        Path checkpoint = folder.resolve("models/runs/mine/teachers/1/checkpoint.safetensors");
        smallData(30, 2);
        List<String> command = listening("train", "--run", "mine", "--output", "mine.st");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(err.toFile())
                .start();
        while (process.isAlive() && !Files.exists(checkpoint)) {
            Thread.sleep(20);
        }
        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                .start()
                .waitFor();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("ended").isTrue();

        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(Files.readString(err))
                .isEqualTo("Interrupted in the training of teacher 1; its checkpoint is in models/runs/mine. To go on:"
                        + " java -jar " + JAR + " train --resume --run mine\n");
        assertThat(CheckpointStore.read(checkpoint).step()).isBetween(10L, 30 * 12L);
        ProgramRun rest = java("train", "--resume", "--json");
        assertThat(rest.err()).isEmpty();
        assertThat(rest.events("teacher")).hasSize(2);
        ProgramRun straight = java("train", "--output", "straight.st");
        assertThat(straight.exitCode()).as(straight.err()).isZero();
        assertThat(folder.resolve("mine.st")).hasSameBinaryContentAs(folder.resolve("straight.st"));
    }

    @Test
    void servingEndsWithCtrlC() throws Exception {
        Path err = folder.resolve("stderr");
        Process process = new ProcessBuilder(listening("serve", "--port", "0"))
                .directory(folder.toFile())
                .redirectError(err.toFile())
                .start();
        try (BufferedReader lines = process.inputReader()) {
            assertThat(lines.lines().filter(line -> line.startsWith("page ")).findFirst())
                    .isPresent();
            new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("ended").isTrue();
        }
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(Files.readString(err))
                .startsWith("Model: ")
                .endsWith("\nCtrl-C ends it.\n")
                .hasLineCount(2);
    }

    /** A command that hears signals, which a child of a build under {@code nohup} or in the background does not. */
    private static List<String> listening(String... arguments) {
        List<String> command = new ArrayList<>();
        if (System.getProperty("os.name").equals("Linux")) {
            command.addAll(List.of("env", "--default-signal=HUP,INT"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** One step of half the images takes seconds, longer than a user waits for a checkpoint. */
    @Tag("exhaustive")
    @Test
    void aSecondInterruptionLeavesAtOnce() throws Exception {
        ProgramRun run = interrupted(
                1,
                List.of("INT", "INT"),
                "--run",
                "mine",
                "--batch-size",
                "30000",
                "--validation-size",
                "0",
                "--threads",
                "1");

        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(130);
        assertThat(run.events("interrupted")).isEmpty();
        assertThat(run.events("step")).hasSize(1);
        assertThat(Files.readString(folder.resolve("models/runs/mine/manifest.json")))
                .contains("\"status\": \"running\"");
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
