package dev.lenet.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lenet.api.DatasetException;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.data.Normalization;
import dev.lenet.datasets.DatasetKind.Layout;
import dev.lenet.datasets.DatasetKind.Publication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("All that is special about a data set follows from its description")
class DatasetKindTest extends FetcherFixture {
    private static final ClassNames HIRAGANA =
            new ClassNames(List.of("o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"));

    DatasetKindTest() throws IOException {}

    /** A data set the library knows nothing of. */
    private DatasetKind kmnist(String artifact) {
        return new DatasetKind(
                "kmnist",
                Layout.IDX_FILES,
                true,
                Optional.of(new Publication(
                        new Normalization(0.1918, 0.3483),
                        HIRAGANA,
                        DataFile.of(DatasetKind.Layout.IDX_FILES).stream()
                                .map(file -> SmallDataset.digest("SHA-256", SmallDataset.raw(file)))
                                .toList(),
                        Optional.of(artifact),
                        Optional.of(root.resolve("system")))));
    }

    @Test
    @DisplayName("One that is only described is fetched, checked and read like those that are built in")
    void another() throws IOException {
        DatasetKind kmnist = kmnist("fashmnist");

        ImageSource fetched = finder(server.uri()).find(kmnist, folder());

        assertThat(fetched.training().size()).isEqualTo(SmallDataset.TRAINING);
        assertThat(fetched.test().normalization()).isEqualTo(new Normalization(0.1918, 0.3483));
        assertThat(fetched.classNames()).isEqualTo(HIRAGANA);
        assertThat(kmnist.usualDirectory()).isEqualTo(Path.of("data", "kmnist"));

        Path labels = folder().resolve(DataFile.TRAIN_LABELS.zippedName());
        Files.write(labels, SmallDataset.gzip(SmallDataset.labels(new byte[SmallDataset.TRAINING])));
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> finder(server.uri()).find(kmnist, folder()).training())
                .withMessageStartingWith(labels + ": expected the SHA-256 ")
                .withMessageContaining(", built in for kmnist, received ");
    }

    @Test
    @DisplayName("DJL's repository is asked by the name it has there")
    void artifact() {
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> finder(server.uri()).find(kmnist("kuzushiji"), folder()));
        assertThat(server.requests()).containsExactly("/dataset/cv/ai/djl/basicdataset/kuzushiji/metadata.json");
    }

    @Test
    @DisplayName("Files that the system has stand in for files that are missing, and for those only if all are there")
    void ofTheSystem() throws IOException {
        DatasetKind kmnist = kmnist("fashmnist");
        Path there = root.resolve("system");
        SmallDataset.write(there);
        SmallDataset.write(folder());
        Path missing = folder().resolve(DataFile.TEST_LABELS.zippedName());
        Files.delete(missing);
        DatasetFinder offline = DatasetFinder.offline();
        assertThat(offline.find(kmnist, folder()).test().size()).isEqualTo(SmallDataset.TEST);

        Files.delete(there.resolve(DataFile.TEST_LABELS.zippedName()));
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> offline.find(kmnist, folder()))
                .withMessageStartingWith(
                        folder() + ": expected the four files of kmnist, found 3; missing " + missing.getFileName());
    }

    @Test
    @DisplayName("What is fetched is put where the user may write, next to what is there")
    void target() throws IOException {
        Path program = root.resolve("program");
        SmallDataset.write(program);
        Files.delete(program.resolve(DataFile.TEST_LABELS.zippedName()));

        finder(server.uri()).find(kmnist("fashmnist"), program, folder());

        assertThat(content(program)).hasSize(3);
        assertThat(content(folder())).hasSize(4);
    }

    @Test
    @DisplayName("Those that are built in are found by their ids, and whatever was published is complete")
    void builtIn() {
        assertThat(DatasetKind.all())
                .extracting(DatasetKind::id)
                .containsExactly("mnist", "fashion-mnist", "cifar10", "idx", "image-folders");
        for (DatasetKind kind : DatasetKind.all()) {
            assertThat(DatasetKind.of(kind.id())).contains(kind);
            kind.publication().ifPresent(known -> {
                assertThat(known.sha256())
                        .as(kind.id())
                        .hasSize(kind.layout() == Layout.IDX_FILES ? 4 : 0)
                        .doesNotHaveDuplicates();
                assertThat(known.djlArtifact()).as(kind.id()).isPresent();
                assertThat(known.classNames().count()).as(kind.id()).isEqualTo(10);
            });
        }
        assertThat(DatasetKind.FASHION_MNIST.publication().flatMap(Publication::systemDirectory))
                .contains(Path.of("/usr/share/datasets/fashion-mnist"));
        assertThat(DatasetKind.of("cifar")).isEmpty();
    }

    @Test
    @DisplayName("A description with a digest that is none is refused")
    void digests() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new Publication(
                        new Normalization(0, 1), HIRAGANA, List.of("abc"), Optional.empty(), Optional.empty()))
                .withMessage("Publication: expected digests of 64 lower-case hexadecimal digits, received [abc]");
        Publication one = new Publication(
                new Normalization(0, 1), HIRAGANA, List.of("0".repeat(64)), Optional.empty(), Optional.empty());
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new DatasetKind("kmnist", Layout.IDX_FILES, true, Optional.of(one)))
                .withMessage("DatasetKind kmnist: expected no digests, or one for each of its 4 files, received 1");
    }
}
