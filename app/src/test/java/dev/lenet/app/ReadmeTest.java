package dev.lenet.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is what happens. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    @Test
    void theExamplesCompileRunAndPrintWhatTheReadmeSays() throws Exception {
        String readme = Files.readString(ROOT.resolve("README.md"));
        List<MatchResult> programs = Pattern.compile("(?s)```java\n([^`]*)```\n\nIt prints `(.*?)`")
                .matcher(readme)
                .results()
                .toList();
        assertThat(programs).hasSize(2);

        for (MatchResult program : programs) {
            assertThat(outputOf(program.group(1))).isEqualTo(program.group(2) + "\n");
        }
        assertThat(folder.resolve("digits.safetensors")).isNotEmptyFile();
    }

    /** Of a program that consists of those lines, run where no file is but what it writes. */
    private String outputOf(String lines) throws Exception {
        Files.writeString(folder.resolve("Example.java"), """
                import dev.lenet.api.data.*;
                import dev.lenet.api.engine.*;
                import dev.lenet.api.inference.*;
                import dev.lenet.api.model.*;
                import dev.lenet.api.network.*;
                import dev.lenet.api.training.*;
                import dev.lenet.datasets.*;
                import dev.lenet.vision.*;
                import java.nio.file.Path;
                import java.util.Map;

                class Example {
                    public static void main(String[] arguments) {
                        %s
                    }
                }
                """.formatted(
                        lines.replaceAll("(data/mnist|models/lenet5|docs/seven)", ROOT + "/$1")));
        compile(folder.resolve("Example.java"));
        return run("Example");
    }

    @Test
    void theExampleOfAReportCompiles() throws Exception {
        String readme = Files.readString(ROOT.resolve("README.md"));
        Files.writeString(folder.resolve("ReportExample.java"), """
                import dev.lenet.api.data.*;
                import dev.lenet.api.engine.*;
                import dev.lenet.api.model.*;
                import dev.lenet.report.*;
                import java.nio.file.Path;
                import java.util.List;

                class ReportExample {
                    public static void main(String[] arguments) {
                        %s
                    }
                }
                """.formatted(
                        first("(?s)module `report`:\n\n```java\n(.*?)```", readme)));

        compile(folder.resolve("ReportExample.java"));

        assertThat(folder.resolve("ReportExample.class")).isNotEmptyFile();
    }

    private static String first(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }

    private void compile(Path source) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            boolean compiled = compiler.getTask(
                            new PrintWriter(messages),
                            files,
                            null,
                            List.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path")),
                            null,
                            files.getJavaFileObjects(source))
                    .call();
            assertThat(compiled).as(messages.toString()).isTrue();
        }
    }

    private String run(String mainClass) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        folder + System.getProperty("path.separator") + System.getProperty("java.class.path"),
                        mainClass)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return Files.readString(out);
    }

    @Test
    void everyCommandOfTheTableExists() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        for (String command :
                List.of("train", "evaluate", "predict", "serve", "report", "compare", "engines", "config")) {
            assertThat(readme).contains("| `" + command);
            assertThat(ProgramRun.of(folder, command, "--help").exitCode()).isZero();
        }
    }
}
