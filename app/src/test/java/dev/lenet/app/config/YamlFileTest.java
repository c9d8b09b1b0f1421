package dev.lenet.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lenet.api.ConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A file of settings that cannot be read gets a sentence, quickly")
class YamlFileTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    @DisplayName("A file named by --config must be there")
    void missing() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> ConfigLoader.load(Path.of("nope.yaml"), folder, List.of()))
                .withMessage("nope.yaml: expected a file of settings, found none. Check the path.");
    }

    @Test
    @DisplayName("A directory is not a file of settings")
    void directory() throws IOException {
        Files.createDirectory(folder.resolve("config.yaml"));

        expect("config.yaml: expected a file of settings, received a directory. Name the file in it.");
    }

    @Test
    @DisplayName("A link that leads nowhere is not the same as no file")
    void danglingLink() throws IOException {
        Files.createSymbolicLink(folder.resolve("config.yaml"), folder.resolve("gone.yaml"));

        expect("config.yaml: expected a file of settings, found none. Check the path.");
    }

    @Test
    @DisplayName("A page, a pointer or an archive is not settings")
    void anotherFile() throws IOException {
        Files.writeString(folder.resolve("config.yaml"), "version https://git-lfs.github.com/spec/v1\noid sha256:0\n");
        expect(
                "config.yaml: expected a file of settings, received the pointer that Git LFS keeps in the place of a file."
                        + " Fetch the file itself: git lfs pull.");
        Files.writeString(folder.resolve("config.yaml"), "\n <html>");
        expect("config.yaml: expected a file of settings, received a web page. Fetch the file again, and look at the"
                + " address: it answers with a page.");
        Files.write(folder.resolve("config.yaml"), new byte[] {0x1f, (byte) 0x8b, 8, 0});
        expect("config.yaml: expected a file of settings, received gzip data. Unpack it first.");
    }

    @Test
    @DisplayName("More than a megabyte is not settings")
    void tooBig() throws IOException {
        Files.writeString(folder.resolve("config.yaml"), "#".repeat((1 << 20) + 1));

        expect("config.yaml: expected a file of settings of at most 1 MiB, received more."
                + " Check that it is the right file.");
    }

    @Test
    @DisplayName("Malformed YAML is shown with its line and column")
    void malformed() throws IOException {
        Files.writeString(folder.resolve("config.yaml"), "engine: native\n  device: cpu\n");
        expect("config.yaml:2:9: is not YAML: mapping values are not allowed here."
                + " Check indentation, colons and quotes there.");

        Files.writeString(folder.resolve("config.yaml"), "training:\n\tepochs: 3\n");
        expect("config.yaml:2:1: is not YAML: found character '\\t(TAB)' that cannot start any token."
                + " (Do not use \\t(TAB) for indentation). Check indentation, colons and quotes there.");

        Files.writeString(folder.resolve("config.yaml"), "engine: 'native\n");
        expect("config.yaml:2:1: is not YAML: found unexpected end of stream."
                + " Check indentation, colons and quotes there.");

        Files.writeString(folder.resolve("config.yaml"), "seed: 1\n---\nseed: 2\n");
        expect("config.yaml:2:1: is not YAML: but found another document."
                + " Check indentation, colons and quotes there.");
    }

    @Test
    @DisplayName("Bytes that are not UTF-8, and characters that are not text, are shown with their line")
    void notText() throws IOException {
        Files.write(folder.resolve("config.yaml"), "seed: 1\n# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        expect("config.yaml:2: expected UTF-8, received the byte 0xE9. Save the file as UTF-8.");

        Files.write(folder.resolve("config.yaml"), "seed: 1".getBytes(StandardCharsets.UTF_16));
        expect("config.yaml:1: expected UTF-8, received the byte 0xFE. Save the file as UTF-8.");

        Files.write(folder.resolve("config.yaml"), new byte[] {'#', (byte) 0xC3});
        expect("config.yaml:1: expected UTF-8, received the byte 0xC3. Save the file as UTF-8.");

        Files.writeString(folder.resolve("config.yaml"), "seed: 1\nengine: \u0007\n");
        expect("config.yaml:2: expected text, received the character U+0007. Remove it.");
    }

    @Test
    @DisplayName("Anchors, aliases and tags are refused, so no file can unfold into a larger one")
    void anchorsAliasesTags() throws IOException {
        Files.writeString(folder.resolve("config.yaml"), "a: &a [x, x]\nb: &b [*a, *a]\n");
        expect("config.yaml:1:4: anchors such as &a are not read here. Remove it.");

        Files.writeString(folder.resolve("config.yaml"), "training: *t\n");
        expect("config.yaml:1:11: aliases such as *t are not read here. Write the value out.");

        Files.writeString(folder.resolve("config.yaml"), "engine: !!java.net.URL ['http://example.org']\n");
        expect("config.yaml:1:9: tags such as tag:yaml.org,2002:java.net.URL are not read here. Remove it.");
    }

    @Test
    @DisplayName("Deep nesting ends at a limit, not at the end of the stack")
    void deep() throws IOException {
        for (String open : List.of("[", "{a: ", "? ", "- ")) {
            Files.writeString(folder.resolve("config.yaml"), open.repeat(200_000));
            Assertions.assertTimeoutPreemptively(
                    Duration.ofSeconds(10), () -> assertThatExceptionOfType(ConfigException.class)
                            .isThrownBy(() -> ConfigLoader.load(null, folder, List.of()))
                            .withMessageContaining("expected settings at most 16 levels deep, received more."));
        }
    }

    @Test
    @DisplayName(
            "A number of a million digits is a mistake like any other, and found as fast, in a file and as an option")
    void endlessNumbers() throws IOException {
        for (String text : List.of(
                "seed: " + "9".repeat(1_000_000),
                "seed: 0x" + "f".repeat(1_000_000),
                "threads: " + "0".repeat(1_000_000) + "1",
                "training: {learning_rate: " + "1".repeat(1_000_000) + "}",
                "training: {learning_rate: 1e" + "9".repeat(1_000_000) + "}")) {
            Files.writeString(folder.resolve("config.yaml"), text + "\n");
            expectSoon("config.yaml:1:", ": expected ", "..., 10000", " characters long. The default is ");
        }
        Files.delete(folder.resolve("config.yaml"));
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> assertThatExceptionOfType(ConfigException.class)
                        .isThrownBy(() -> ConfigLoader.load(
                                null, folder, List.of(new Setting("seed", "--seed", "9".repeat(1_000_000)))))
                        .withMessageStartingWith("--seed (seed): expected a whole number of 64 bits, received 9999"));
    }

    @Test
    @DisplayName("A megabyte of anything is refused soon, with a short sentence")
    void longTexts() throws IOException {
        String x = "x".repeat(1_000_000);
        for (String text : List.of(
                "a: &" + x + " 1",
                "a: *" + x,
                "a: !" + x + " 1",
                x + ": 1",
                "engine: " + x,
                "device: cuda:" + "9".repeat(1_000_000),
                "data: {directory: " + x + "}",
                "a: [" + "1,".repeat(400_000) + "1]",
                "a: 1\n".repeat(200_000),
                IntStream.range(0, 100_000).mapToObj(i -> "k" + i + ": 1\n").collect(Collectors.joining()),
                "data: {"
                        + IntStream.range(0, 90_000)
                                .mapToObj(i -> "k" + i + ": 1")
                                .collect(Collectors.joining(",")) + "}")) {
            Files.writeString(folder.resolve("config.yaml"), text + "\n");
            expectSoon("config.yaml:");
        }
        Files.writeString(folder.resolve("config.yaml"), "a: 1\n".repeat(1001));
        expect("config.yaml:1000:4: expected at most 2000 names and values, received more."
                + " Check that it is the right file.");
    }

    private void expectSoon(String... parts) {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> assertThatExceptionOfType(
                        ConfigException.class)
                .isThrownBy(() -> ConfigLoader.load(null, folder, List.of()))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500).contains(parts)));
    }

    @Test
    @DisplayName("A mistake in the file does not hide one on the command line")
    void bothAreTold() throws IOException {
        Files.writeString(folder.resolve("config.yaml"), "engine: [\n");

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> ConfigLoader.load(null, folder, List.of(new Setting("threads", "--threads", "-1"))))
                .satisfies(e -> assertThat(String.valueOf(e.getMessage()).lines())
                        .hasSize(2)
                        .anyMatch(line -> line.startsWith("config.yaml:2:1: is not YAML"))
                        .anyMatch(line -> line.startsWith("--threads (threads): expected a whole number")));
    }

    private void expect(String message) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> ConfigLoader.load(null, folder, List.of()))
                .withMessage(message);
    }
}
