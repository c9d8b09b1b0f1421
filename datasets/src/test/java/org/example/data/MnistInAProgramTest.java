package org.example.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lenet.api.DatasetException;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import dev.lenet.datasets.DatasetFinder;
import dev.lenet.datasets.DatasetKind;
import dev.lenet.datasets.IdxPair;
import dev.lenet.datasets.ImageSource;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another program does with the public face of the data sets, from another package. */
class MnistInAProgramTest {

    @Test
    void mnistIsThereInAFewLines() {
        ImageSource mnist = DatasetFinder.offline().find(DatasetKind.MNIST, Path.of("../data/mnist"));
        ImageDataset training = mnist.training();
        ImageDataset test = mnist.test();

        assertThat(training.size() + test.size()).isEqualTo(70_000);
        assertThat(mnist.classNames().name(training.label(0))).isEqualTo("5");
        assertThat(training.normalization()).isEqualTo(new Normalization(0.1307, 0.3081));
        assertThat(mnist.sha256()).hasSize(4);
    }

    @Test
    void twoFilesAreReadWithoutADataSet() {
        Path images = Path.of("../data/mnist/t10k-images-idx3-ubyte.gz");
        Path labels = Path.of("../data/mnist/t10k-labels-idx1-ubyte.gz");

        assertThat(IdxPair.read(images, labels, 10, new Normalization(0, 1)).label(0))
                .isEqualTo(7);
    }

    /** DJL's repository of data sets, and none of its engines with their native libraries. */
    @Test
    void noEngineComesWithIt() {
        assertThatExceptionOfType(ClassNotFoundException.class)
                .isThrownBy(() -> Class.forName("ai.djl.pytorch.engine.PtEngine"));
    }

    @Test
    void aMissingDataSetIsASentenceOfNoCommandLine(@TempDir Path folder) {
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> DatasetFinder.offline().find(DatasetKind.MNIST, folder))
                .withMessageStartingWith(folder + ": expected the four files of mnist, found 0; missing train-images")
                .withMessageNotContainingAny("--");
    }
}
