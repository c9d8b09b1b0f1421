package dev.lenet.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.LeNet5;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Commands say what a class is called where the model knows it, and learn from pictures in folders")
class ClassNamesCommandTest {
    private static final Path SHIPPED =
            Path.of("../models/lenet5.safetensors").toAbsolutePath().normalize();
    private static final List<String> WORDS =
            List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");

    @TempDir
    Path folder = Path.of("");

    @Test
    @DisplayName("evaluate prints names for people, and gives them to programs")
    void evaluate() {
        model(Map.of()).withClassNames(new ClassNames(WORDS)).write(folder.resolve("words.safetensors"));

        String out = ProgramRun.of(folder, "evaluate", "--model", "words.safetensors")
                .out();
        JsonObject json = ProgramRun.of(folder, "evaluate", "--model", "words.safetensors", "--json")
                .json()
                .get(0);

        assertThat(out)
                .contains("\nclass  precision    recall      F1  images\n")
                .containsPattern("\nseven  +9\\d\\.\\d\\d %")
                .contains("confusion (row: true class, column: predicted class)")
                .contains("\n          0     1     2     3     4     5     6     7     8     9\n zero   ");
        assertThat(texts(json.getAsJsonArray("classes"))).isEqualTo(WORDS);
    }

    @Test
    @DisplayName("predict prints the name, and that of a data set everybody knows even if the model carries none")
    void predict() throws IOException {
        picture("one.png", 0, 255);
        model(Map.of()).withClassNames(new ClassNames(WORDS)).write(folder.resolve("words.safetensors"));
        model(Map.of("dataset", "fashion-mnist")).write(folder.resolve("fashion.safetensors"));

        ProgramRun words = ProgramRun.of(folder, "predict", "--model", "words.safetensors", "one.png");
        assertThat(words.out()).startsWith("one.png: one (");
        assertThat(ProgramRun.of(folder, "predict", "--model", "fashion.safetensors", "one.png")
                        .out())
                .as("class 1 of Fashion-MNIST")
                .startsWith("one.png: Trouser (");
        picture("bag.png", 40, 200);
        assertThat(probabilities("fashion.safetensors"))
                .as("a grey border is part of a piece of clothing, and of a digit the paper")
                .isNotEqualTo(probabilities("words.safetensors"));
        JsonObject json = ProgramRun.of(folder, "predict", "--model", "words.safetensors", "one.png", "--json")
                .json()
                .get(0);
        assertThat(json.keySet())
                .containsExactly("file", "model", "digit", "class", "probability", "probabilities", "doubtful");
        assertThat(json.get("class").getAsString()).isEqualTo("one");
    }

    @Test
    @DisplayName("Pictures in folders are learnt, and a model of them sees light and dark as they are")
    void imageFolders() throws IOException {
        for (String part : List.of("train", "test")) {
            for (int i = 0; i < 16; i++) {
                picture("pictures/" + part + "/bright/" + i + ".png", 200 + i, 255);
                picture("pictures/" + part + "/dark/" + i + ".png", i, 60);
            }
        }
        Files.writeString(folder.resolve("config.yaml"), """
                data: {dataset: image-folders, directory: pictures, validation_size: 4}
                training: {epochs: 10, batch_size: 4}
                """);

        ProgramRun training = ProgramRun.of(folder, "train", "--json", "--output", "m.safetensors");
        assertThat(training.exitCode()).as(training.err()).isZero();
        assertThat(training.err()).contains("pictures: pictures become images of 28x28 grey pixels, ");
        assertThat(training.events("start").get(0).get("train_examples").getAsInt())
                .isEqualTo(28);
        assertThat(training.events("end").get(0).get("test_accuracy").getAsDouble())
                .isEqualTo(1);

        // The recipe for digits would turn both into light ink on black.
        ProgramRun prediction = ProgramRun.of(
                folder,
                "predict",
                "--json",
                "--model",
                "m.safetensors",
                "pictures/test/bright/3.png",
                "pictures/test/dark/3.png");
        assertThat(prediction.json())
                .as(prediction.err())
                .extracting(event -> event.get("digit").getAsInt())
                .containsExactly(0, 1);
    }

    @Test
    @DisplayName("Data of other classes than the model's are refused")
    void otherClasses() throws IOException {
        picture("pictures/train/cat/1.png", 0, 255);
        picture("pictures/train/dog/1.png", 0, 255);
        picture("pictures/test/cat/1.png", 0, 255);
        picture("pictures/test/dog/1.png", 0, 255);
        Network network = LeNet5.network(2, 2);
        new ModelFile(network, Weights.initial(network, 1), null, Map.of())
                .withClassNames(new ClassNames(List.of("cat", "cow")))
                .write(folder.resolve("m.safetensors"));
        Files.writeString(folder.resolve("config.yaml"), "data: {dataset: image-folders, directory: pictures}\n");

        ProgramRun run = ProgramRun.of(folder, "evaluate", "--model", "m.safetensors");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("Evaluation: expected data of the model's classes [cat, cow], received [cat, dog]."
                        + " Evaluate the data the model was trained for.\n");
    }

    private String probabilities(String model) {
        return ProgramRun.of(folder, "predict", "--model", model, "bag.png", "--json")
                .json()
                .get(0)
                .get("probabilities")
                .toString();
    }

    /** The shipped model under other facts. */
    private static ModelFile model(Map<String, String> facts) {
        ModelFile shipped = ModelFile.read(SHIPPED, List.of());
        return new ModelFile(shipped.network(), shipped.weights(), shipped.normalization(), facts);
    }

    /** A stroke in the middle. */
    private void picture(String name, int background, int ink) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < 28; y++) {
            for (int x = 0; x < 28; x++) {
                boolean stroke = x >= 13 && x < 15 && y >= 4 && y < 24;
                image.getRaster().setSample(x, y, 0, stroke ? ink : background);
            }
        }
        ImageIO.write(image, "png", file.toFile());
    }

    private static List<String> texts(JsonArray array) {
        return array.asList().stream().map(element -> element.getAsString()).toList();
    }
}
