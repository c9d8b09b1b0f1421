package dev.lenet.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lenet.api.ConfigException;
import dev.lenet.api.DatasetException;
import dev.lenet.api.Shape;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import dev.lenet.datasets.DatasetKind;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What is not given of the data follows from the data set")
class DataConfigTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    @DisplayName("Folder, mean and standard deviation follow the data set, each unless it is given")
    void dataFollowsTheDataset() {
        Setting fashion = new Setting("data.dataset", "--dataset", "fashion-mnist");

        DataConfig followed = load(fashion).config().data();
        assertThat(followed.folder()).isEqualTo(Path.of("data/fashion-mnist"));
        assertThat(followed.normalization()).isEqualTo(new Normalization(0.2860, 0.3530));
        DataConfig given = load(
                        fashion, new Setting("data.std", "--std", "1"), new Setting("data.directory", "--data", "auto"))
                .config()
                .data();
        assertThat(given.folder()).isEqualTo(Path.of("data/fashion-mnist"));
        assertThat(given.normalization()).isEqualTo(new Normalization(0.2860, 1));
        assertThat(load(new Setting("data.directory", "--data", "./auto"))
                        .config()
                        .data()
                        .folder())
                .as("a folder of that name")
                .isEqualTo(Path.of("./auto"));
    }

    @Test
    @DisplayName("Every data set that the library knows is a choice, and no other")
    void choicesOfTheDataset() {
        for (DatasetKind kind : DatasetKind.all()) {
            DataConfig data = load(new Setting("data.dataset", "--dataset", kind.id()))
                    .config()
                    .data();
            assertThat(data.dataset()).isEqualTo(kind);
            assertThat(data.folder()).isEqualTo(kind.usualDirectory());
        }
        String choices = DatasetKind.all().stream()
                .map(DatasetKind::id)
                .collect(Collectors.joining(", "))
                .replaceFirst(", ([^,]*)$", " or $1");
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> load(new Setting("data.dataset", "--dataset", "cifar")))
                .withMessageContaining("expected " + choices + ", received");
    }

    @Test
    @DisplayName(
            "Mean and standard deviation of the user's own data are those of the training images, each unless given")
    void ownDataTellTheirOwn() {
        byte[] pixels = {0, 0, 51, 51};
        ImageDataset images =
                new ImageDataset(Shape.of(1, 2, 1), pixels, new byte[] {0, 1}, 2, new Normalization(0, 1));
        for (String own : List.of("idx", "image-folders")) {
            Setting dataset = new Setting("data.dataset", "--dataset", own);
            assertThat(load(dataset).config().data().normalization(images))
                    .as(own)
                    .isEqualTo(new Normalization(0.1, 0.1));
            assertThat(load(dataset, new Setting("data.mean", "--mean", "0.5"))
                            .config()
                            .data()
                            .normalization(images))
                    .as(own)
                    .isEqualTo(new Normalization(0.5, 0.1));
        }
        assertThat(load().config().data().normalization(images))
                .as("mnist's are known")
                .isEqualTo(new Normalization(0.1307, 0.3081));
    }

    @Test
    @DisplayName("Images without any difference in them need a mean and a standard deviation that are given")
    void constantImages() {
        byte[] pixels = {7, 7, 7, 7};
        ImageDataset images =
                new ImageDataset(Shape.of(1, 2, 1), pixels, new byte[] {0, 1}, 2, new Normalization(0, 1));
        Setting dataset = new Setting("data.dataset", "--dataset", "idx");
        Setting mean = new Setting("data.mean", "--mean", "0");
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> load(dataset, mean).config().data().normalization(images));
        assertThat(load(dataset, mean, new Setting("data.std", "--std", "1"))
                        .config()
                        .data()
                        .normalization(images))
                .isEqualTo(new Normalization(0, 1));
    }

    private LoadedConfig load(Setting... overrides) {
        return ConfigLoader.load(null, folder, List.of(overrides));
    }
}
