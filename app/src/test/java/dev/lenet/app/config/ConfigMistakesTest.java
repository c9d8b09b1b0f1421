package dev.lenet.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lenet.api.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A mistake in a setting gets a sentence that says where, what was expected, what came, and what to do")
class ConfigMistakesTest {
    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            epochs: ten            | 2:11: training.epochs: expected a whole number from 1 to 100000, received the text 'ten'. The default is 10.
            epochs: 0              | 2:11: training.epochs: expected a whole number from 1 to 100000, received 0. The default is 10.
            epochs: 1.0            | 2:11: training.epochs: expected a whole number from 1 to 100000, received 1.0. The default is 10.
            epochs: "5"            | 2:11: training.epochs: expected a whole number from 1 to 100000, received the text '5'. Write it without quotes.
            epochs: true           | 2:11: training.epochs: expected a whole number from 1 to 100000, received true. The default is 10.
            epochs:                | 2:10: training.epochs: expected a whole number from 1 to 100000, received nothing. The default is 10.
            epochs: [1, 2]         | 2:11: training.epochs: expected a whole number from 1 to 100000, received a list. The default is 10.
            epochs: {a: 1}         | 2:11: training.epochs: expected a whole number from 1 to 100000, received a section. The default is 10.
            max_steps: -1          | 2:14: training.max_steps: expected a whole number of at least 0, received -1. The default is 0.
            learning_rate: 0       | 2:18: training.learning_rate: expected auto or a number from 1e-9 to 100, received 0. The default is auto.
            learning_rate: .inf    | 2:18: training.learning_rate: expected auto or a number from 1e-9 to 100, received .inf. The default is auto.
            learning_rate: .nan    | 2:18: training.learning_rate: expected auto or a number from 1e-9 to 100, received .nan. The default is auto.
            learning_rate: 0,1     | 2:18: training.learning_rate: expected auto or a number from 1e-9 to 100, received the text '0,1'. The default is auto.
            momentum: 1            | 2:13: training.momentum: expected a number of at least 0 and below 1, received 1. The default is 0.9.
            shuffle: yes           | 2:12: training.shuffle: expected true or false, received the text 'yes'. The default is true.
            optimizer: adma        | 2:14: training.optimizer: expected sgd, adam or adamw, received the text 'adma'. Did you mean 'adam'?
            optimizer: rmsprop     | 2:14: training.optimizer: expected sgd, adam or adamw, received the text 'rmsprop'. The default is sgd.
            """)
    @DisplayName("A value of the wrong type or out of range")
    void wrongValues(String setting, String message) throws IOException {
        assertThat(mistakesIn("training:\n  " + setting + "\n")).isEqualTo("config.yaml:" + message);
    }

    @Test
    @DisplayName("Numbers beyond 64 bits are out of range, not wrapped around")
    void hugeNumbers() throws IOException {
        assertThat(mistakesIn("seed: 9223372036854775808"))
                .isEqualTo("config.yaml:1:7: seed: expected a whole number of 64 bits, received 9223372036854775808."
                        + " The default is 42.");
        assertThat(mistakesIn("threads: 4294967297"))
                .isEqualTo("config.yaml:1:10: threads: expected a whole number from 0 to 1024, received 4294967297."
                        + " The default is 0.");
    }

    @Test
    @DisplayName("An engine that is not installed")
    void engines() throws IOException {
        assertThat(mistakesIn("seed: 1\nengine: nativ\n"))
                .isEqualTo("config.yaml:2:9: engine: expected native or djl, received the text 'nativ'."
                        + " Did you mean 'native'?");
        Files.delete(folder.resolve("config.yaml"));
        assertThat(mistakesIn(new Setting("engine", "--engine", "djll")))
                .isEqualTo("--engine (engine): expected native or djl, received the text 'djll'. Did you mean 'djl'?");
    }

    @Test
    @DisplayName("A device that is none, a path that is empty, and a name that is a number")
    void textualKinds() throws IOException {
        assertThat(mistakesIn("device: gpu\nengine: 5\ndata:\n  directory: ''\n")
                        .lines())
                .containsExactly(
                        "config.yaml:1:9: device: expected auto, cpu, cuda or cuda:N, received the text 'gpu'."
                                + " The default is auto.",
                        "config.yaml:2:9: engine: expected native or djl, received 5. The default is native.",
                        "config.yaml:4:14: data.directory: expected auto or a path, received the text ''."
                                + " The default is auto.");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            training: {batchsize: 1}     | 1:12: training.batchsize: there is no such setting. Did you mean 'training.batch_size'?
            training: {batchSize: 1}     | 1:12: training.batchSize: there is no such setting. Did you mean 'training.batch_size'?
            training: {leraning-rate: 1} | 1:12: training.leraning-rate: there is no such setting. Did you mean 'training.learning_rate'?
            training: {lr: 1}            | 1:12: training.lr: there is no such setting. Did you mean 'training.learning_rate'?
            training: {padding: 1}       | 1:12: training.padding: there is no such setting. Did you mean 'model.padding'?
            training: {sede: 1}          | 1:12: training.sede: there is no such setting. Did you mean 'seed'?
            epochs: 3                    | 1:1: epochs: there is no such setting. Did you mean 'training.epochs'?
            model: {colour: 1}           | 1:9: model.colour: there is no such setting. There are: model.file, model.network, model.layers, model.padding, model.dropout.
            traning: {epochs: 3}         | 1:1: traning: there is no such setting. Did you mean the section 'training'?
            training.epochs: 3           | 1:1: training.epochs: there is no such setting. Write 'epochs' on a line of its own, indented under 'training:'.
            """)
    @DisplayName("A key that does not exist gets the nearest that does, from any section")
    void unknownKeys(String text, String message) throws IOException {
        assertThat(mistakesIn(text)).isEqualTo("config.yaml:" + message);
    }

    @Test
    @DisplayName("A key that resembles nothing gets the list of those there are")
    void unknownKeyWithoutNeighbour() throws IOException {
        assertThat(mistakesIn("wibble: 1"))
                .isEqualTo("config.yaml:1:1: wibble: there is no such setting."
                        + " There are: engine, device, threads, seed, native, djl, data, training, augmentation, surface, model."
                        + "\nIt is read as it lies in the working directory. If it belongs to another program, name a file"
                        + " of your own with --config, or run this one elsewhere.");
    }

    @Test
    @DisplayName("What is shown of a long text is short, on one line, and cannot steer a terminal")
    void abridged() throws IOException {
        String end =
                ": there is no such setting. There are: model.file, model.network, model.layers, model.padding, model.dropout.";
        assertThat(mistakesIn("model:\n  ? " + "x".repeat(100_000) + "\n  : 1"))
                .isEqualTo("config.yaml:2:5: model." + "x".repeat(57) + "..." + end);
        assertThat(mistakesIn("model:\n  \"a\\nb\\e[31m\": 1"))
                .isEqualTo("config.yaml:2:3: model.a\\u000ab\\u001b[31m" + end);
        Files.delete(folder.resolve("config.yaml"));
        assertThat(mistakesIn(new Setting("seed", "--seed", "1\n2")))
                .isEqualTo("--seed (seed): expected a whole number of 64 bits, received the text '1\\u000a2'."
                        + " The default is 42.");
    }

    @Test
    @DisplayName("A key given twice names the line of the first")
    void duplicateKeys() throws IOException {
        assertThat(mistakesIn("seed: 1\ntraining:\n  epochs: 3\nseed: 1\ntraining: {}\n")
                        .lines())
                .containsExactly(
                        "config.yaml:4:1: seed: expected once, received again after line 1. Keep one of the two.",
                        "config.yaml:5:1: training: expected once, received again after line 2. Keep one of the two.");
    }

    @Test
    @DisplayName("A section that is not one, and a file that is a list")
    void sectionsThatAreNone() throws IOException {
        assertThat(mistakesIn("training: 5"))
                .isEqualTo("config.yaml:1:11: training: expected settings, one 'key: value' a line, indented under"
                        + " 'training:', received 5. Compare it with what 'config template' prints.");
        assertThat(mistakesIn("- engine: native"))
                .isEqualTo("config.yaml:1:1: expected settings, one 'key: value' a line, received a list."
                        + " Compare it with what 'config template' prints.");
        assertThat(mistakesIn("native"))
                .isEqualTo("config.yaml:1:1: expected settings, one 'key: value' a line, received the text 'native'."
                        + " Compare it with what 'config template' prints.");
        assertThat(mistakesIn("? [a, b]\n: 1"))
                .isEqualTo("config.yaml:1:3: expected the name of a setting, received a list. Remove it.");
    }

    @Test
    @DisplayName("An option is named by what the user typed, and goes by the same rules as the file")
    void options() {
        assertThat(mistakesIn(
                                new Setting("training.learning_rate", "--lr", "-1"),
                                new Setting("training.batch_size", "--batch-size", "many"),
                                new Setting("training.optimizer", "--optimizer", "sdg"),
                                new Setting("training.epochs", "--epochs", ""),
                                new Setting("data.directory", "--data", ""),
                                new Setting("training.batchsize", "--set", "1"))
                        .lines())
                .containsExactly(
                        "--lr (training.learning_rate): expected auto or a number from 1e-9 to 100, received -1."
                                + " The default is auto.",
                        "--batch-size (training.batch_size): expected a whole number from 1 to 65536,"
                                + " received the text 'many'. The default is 32.",
                        "--optimizer (training.optimizer): expected sgd, adam or adamw, received the text 'sdg'."
                                + " Did you mean 'sgd'?",
                        "--epochs (training.epochs): expected a whole number from 1 to 100000, received nothing."
                                + " The default is 10.",
                        "--data (data.directory): expected auto or a path, received the text ''. The default is auto.",
                        "--set: training.batchsize: there is no such setting. Did you mean 'training.batch_size'?");
    }

    @Test
    @DisplayName("All mistakes are told at once, those of the file first")
    void allAtOnce() throws IOException {
        Files.writeString(folder.resolve("config.yaml"), "sede: 1\ntraining:\n  epochs: x\n  batch_size: 0\n");

        assertThat(mistakesIn(new Setting("training.epochs", "--epochs", "0")).lines())
                .hasSize(4)
                .last()
                .asString()
                .startsWith("--epochs (training.epochs)")
                .as("the default is the program's, not the file's")
                .endsWith("The default is 10.");
    }

    @Test
    @DisplayName("A file that is something else altogether does not fill the screen")
    void somethingElse() throws IOException {
        String text =
                IntStream.range(0, 900).mapToObj(i -> "row" + i + "x: 1\n").collect(Collectors.joining());

        assertThat(mistakesIn(text).lines())
                .hasSize(52)
                .element(50)
                .isEqualTo("And 850 more like these. Check that it is the right file.");
    }

    private String mistakesIn(String text) throws IOException {
        Files.writeString(folder.resolve("config.yaml"), text);
        return mistakesIn();
    }

    private String mistakesIn(Setting... overrides) {
        ConfigException e =
                catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(null, folder, List.of(overrides)));
        return String.valueOf(e.getMessage());
    }
}
