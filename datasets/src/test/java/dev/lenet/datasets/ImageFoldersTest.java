package dev.lenet.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lenet.api.DatasetException;
import dev.lenet.api.Shape;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Pictures in a folder for each class are a data set")
class ImageFoldersTest {
    private static final Normalization UNCHANGED = new Normalization(0, 1);

    @TempDir
    Path folder = Path.of("");

    @Test
    @DisplayName("Classes follow the folders in order of their names, pixels the pictures in order of theirs")
    void trainAndTest() throws IOException {
        picture("train/dog/b.png", 28, 28, 60);
        picture("train/dog/a.PNG", 28, 28, 50);
        picture("train/cat/1.bmp", 28, 28, 40);
        picture("test/cat/1.png", 28, 28, 30);
        picture("test/dog/1.jpeg", 28, 28, 100);
        Files.writeString(folder.resolve("train/dog/readme.txt"), "no picture");
        Files.createFile(folder.resolve("train/.hidden"));
        Files.createDirectories(folder.resolve("train/.cache"));

        ImageFolders folders = new ImageFolders(DatasetKind.IMAGE_FOLDERS, folder);
        ImageDataset training = folders.training(new Normalization(0.5, 0.25));

        assertThat(folders.classNames()).isEqualTo(new ClassNames(List.of("cat", "dog")));
        assertThat(training.classes()).isEqualTo(2);
        assertThat(training.exampleShape()).isEqualTo(Shape.of(1, 28, 28));
        assertThat(labels(training)).containsExactly(0, 1, 1);
        assertThat(greys(training)).containsExactly(40, 50, 60);
        float[] values = new float[28 * 28];
        training.read(2, values, 0);
        assertThat(values).containsOnly((float) ((60 / 255.0 - 0.5) / 0.25));
        assertThat(labels(folders.test(UNCHANGED))).containsExactly(0, 1);
        assertThat(folders.sha256()).containsOnlyKeys("training", "test").hasSize(2);
        assertThat(new java.util.HashSet<>(folders.sha256().values())).hasSize(2);
        String before = String.valueOf(folders.sha256().get("training"));
        picture("train/cat/1.bmp", 28, 28, 41);
        folders.training(UNCHANGED);
        assertThat(folders.sha256().get("training")).as("of other pixels").isNotEqualTo(before);
        assertThat(greys(folders.test(UNCHANGED))).containsExactly(30, 100);
    }

    @Test
    @DisplayName("Pictures of one small size keep it, and colours stay where there are any")
    void theirOwnShape() throws IOException {
        for (String part : List.of("train", "test")) {
            picture(part + "/a/1.png", 24, 20, 77);
            coloured(part + "/b/1.png", 24, 20);
        }
        ImageDataset coloured = new ImageFolders(DatasetKind.IMAGE_FOLDERS, folder).training(UNCHANGED);
        assertThat(coloured.exampleShape()).isEqualTo(Shape.of(3, 20, 24));
        assertThat(coloured.image(0)).containsOnly(77);
        // Red left of the middle, white behind it.
        assertThat(coloured.pixel(1, 0)).isEqualTo(255);
        assertThat(coloured.pixel(1, 480)).isZero();
        assertThat(coloured.pixel(1, 480 + 23)).isEqualTo(255);

        ImageSource grey = new ImageFolders(DatasetKind.IMAGE_FOLDERS, folder).shaped(Shape.of(1, 10, 10));
        assertThat(grey.test(UNCHANGED).exampleShape()).isEqualTo(Shape.of(1, 10, 10));
        assertThat(grey.notes().get(0)).contains("images of 10x10 grey pixels");
    }

    private void coloured(String name, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, x < width / 2 ? 0xFF0000 : 0xFFFFFF);
            }
        }
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }

    @Test
    @DisplayName("Pictures of several sizes are scaled to 28x28 and cropped, light, dark and colours stay")
    void scaled() throws IOException {
        for (String part : List.of("train", "test")) {
            picture(part + "/a/1.png", 28, 28, 0);
            BufferedImage large = new BufferedImage(56, 84, BufferedImage.TYPE_INT_RGB);
            for (int y = 0; y < 84; y++) {
                for (int x = 0; x < 56; x++) {
                    large.setRGB(x, y, x < 28 ? 0xFF0000 : 0xFFFFFF);
                }
            }
            ImageIO.write(
                    large,
                    "png",
                    Files.createDirectories(folder.resolve(part + "/b"))
                            .resolve("1.png")
                            .toFile());
        }

        ImageSource folders = new ImageFolders(DatasetKind.IMAGE_FOLDERS, folder);
        ImageDataset training = folders.training(UNCHANGED);
        ImageDataset grey = folders.shaped(Shape.of(1, 28, 28)).training(UNCHANGED);

        for (int pixel = 0; pixel < 28 * 28; pixel++) {
            assertThat(training.pixel(1, pixel)).as("red, pixel %d", pixel).isEqualTo(255);
            assertThat(training.pixel(1, 784 + pixel))
                    .as("green, pixel %d", pixel)
                    .isEqualTo(pixel % 28 < 14 ? 0 : 255);
            assertThat(grey.pixel(1, pixel))
                    .as("pixel %d: the luma of red is 0.299", pixel)
                    .isEqualTo(pixel % 28 < 14 ? 76 : 255);
        }
    }

    @Test
    @DisplayName("Without train and test, a fifth of each class is kept for testing, always the same")
    void split() throws IOException {
        for (int i = 0; i < 10; i++) {
            picture(String.format(Locale.ROOT, "a/%02d.png", i), 28, 28, i);
            picture(String.format(Locale.ROOT, "b/%02d.png", i), 28, 28, 100 + i);
        }
        picture("c/1.png", 28, 28, 200);
        picture("c/2.png", 28, 28, 201);

        ImageFolders folders = new ImageFolders(DatasetKind.IMAGE_FOLDERS, folder);
        List<Integer> training = greys(folders.training(UNCHANGED));
        List<Integer> test = greys(folders.test(UNCHANGED));

        assertThat(labels(folders.test(UNCHANGED))).containsExactly(0, 0, 1, 1, 2);
        assertThat(labels(folders.training(UNCHANGED))).hasSize(8 + 8 + 1);
        assertThat(folders.notes())
                .containsExactly(
                        folder + ": pictures become images of 28x28 grey pixels, scaled and cropped where they have"
                                + " another size."
                                + " One picture in 5 of each class is kept for testing.");
        assertThat(training).doesNotContainAnyElementsOf(test);
        TreeSet<Integer> all = new TreeSet<>(training);
        all.addAll(test);
        assertThat(all).as("nothing is lost").hasSize(22);
        assertThat(greys(new ImageFolders(DatasetKind.IMAGE_FOLDERS, folder).test(UNCHANGED)))
                .isEqualTo(test);
        assertThat(test.subList(0, 2)).as("drawn, not the first or the last").isNotIn(List.of(0, 1), List.of(8, 9));
    }

    @Test
    @DisplayName("A picture that is damaged, or none, is named")
    void damaged() throws IOException {
        picture("a/1.png", 28, 28, 0);
        picture("a/2.png", 28, 28, 0);
        picture("b/1.png", 28, 28, 0);
        Path none = Files.writeString(folder.resolve("b/2.png"), "<html>");

        expect(none + ": expected a PNG, JPEG, GIF or BMP picture of at most 200 MB, received a web page."
                + " Download the picture itself.");

        byte[] whole = Files.readAllBytes(folder.resolve("b/1.png"));
        Files.write(none, java.util.Arrays.copyOf(whole, whole.length / 2));
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(this::loadAll)
                .withMessageStartingWith(none + ": the picture is damaged");
    }

    @Test
    @DisplayName("Folders that are missing, empty, too deep or not the same in train and test are named")
    void wrongFolders() throws IOException {
        Path nowhere = folder.resolve("nowhere");
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> new ImageFolders(DatasetKind.IMAGE_FOLDERS, nowhere).training(UNCHANGED))
                .withMessage(nowhere + ": expected a directory with a folder of pictures for each class, found none."
                        + " Name another directory.");

        picture("a/1.png", 28, 28, 0);
        expect(folder + ": expected from 2 to 256 folders, one for each class, received 1."
                + " Put the pictures of each class into a folder of their own.");

        picture("b/1.png", 28, 28, 0);
        expect(folder.resolve("a") + ": expected at least 2 pictures, one to train on and one to test with, received 1."
                + " Add PNG, JPEG, GIF or BMP files, or remove the folder.");

        picture("a/deeper/1.png", 28, 28, 0);
        expect(folder.resolve("a/deeper") + ": expected a picture, received a directory."
                + " Keep the pictures of a class in one folder, without folders in it.");

        picture("train/a/1.png", 28, 28, 0);
        picture("train/b/1.png", 28, 28, 0);
        expect(folder.resolve("test") + ": expected a folder next to train, found none."
                + " Add it, or move the folders of the classes one level up.");

        picture("test/a/1.png", 28, 28, 0);
        picture("test/c/1.png", 28, 28, 0);
        expect(folder.resolve("test") + ": expected the folders [a, b] of train, received [a, c]."
                + " Give both the same folders.");
    }

    @Test
    @DisplayName("Folders of an archive, a disk or an operating system are no classes, and are told")
    void foldersOfOthers() throws IOException {
        for (String part : List.of("train", "test")) {
            picture(part + "/a/1.png", 28, 28, 10);
            picture(part + "/b/1.png", 28, 28, 20);
            for (String other : List.of("__MACOSX", "@eaDir", "a/@eaDir", "lost+found", ".git", "$RECYCLE.BIN")) {
                picture(part + "/" + other + "/1.png", 28, 28, 99);
            }
            Files.writeString(folder.resolve(part + "/a/._1.png"), "what macOS keeps about a file");
        }
        picture("__MACOSX/train/1.png", 28, 28, 99);

        ImageFolders folders = new ImageFolders(DatasetKind.IMAGE_FOLDERS, folder);

        assertThat(folders.classNames().names()).containsExactly("a", "b");
        assertThat(greys(folders.training(UNCHANGED))).containsExactly(10, 20);
        assertThat(folders.notes())
                .last()
                .asString()
                .startsWith(folder + ": __MACOSX, ")
                .contains("@eaDir", "lost+found", "$RECYCLE.BIN")
                .doesNotContain(".git")
                .endsWith(" are no classes and are left out: operating systems and archives make such folders.");
    }

    @Test
    @DisplayName("A place without folders does not hide the next one")
    void severalPlaces() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        picture("whole/a/1.png", 28, 28, 10);
        picture("whole/a/2.png", 28, 28, 10);
        picture("whole/b/1.png", 28, 28, 20);
        picture("whole/b/2.png", 28, 28, 20);

        assertThat(DatasetFinder.offline()
                        .find(
                                DatasetKind.IMAGE_FOLDERS,
                                List.of(folder.resolve("nowhere"), empty, folder.resolve("whole")),
                                empty)
                        .classNames()
                        .names())
                .containsExactly("a", "b");
    }

    @Test
    @DisplayName("A name that the locale has no characters for is read as it was written")
    void accents() throws Exception {
        for (String name : List.of("épée", "zwölf", "七", "a+b%41 c")) {
            picture(name + "/ö.png", 28, 28, 10);
            picture(name + "/2.png", 28, 28, 20);
        }
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                java, "-cp", System.getProperty("java.class.path"), AccentsInC.class.getName(), folder.toString());
        builder.environment().put("LC_ALL", "C");
        Process process = builder.redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(out).isZero();
        assertThat(out.lines().toList()).containsExactly("[a+b%41 c, zw\\u00f6lf, \\u00e9p\\u00e9e, \\u4e03] 4 4");
    }

    private void expect(String message) {
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(this::loadAll)
                .withMessage(message);
    }

    private void loadAll() {
        new ImageFolders(DatasetKind.IMAGE_FOLDERS, folder).training(UNCHANGED);
        new ImageFolders(DatasetKind.IMAGE_FOLDERS, folder).test(UNCHANGED);
    }

    private void picture(String name, int width, int height, int grey) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.getRaster().setSample(x, y, 0, grey);
            }
        }
        String format = name.substring(name.lastIndexOf('.') + 1);
        assertThat(ImageIO.write(image, format, file.toFile())).as(name).isTrue();
    }

    private static List<Integer> labels(ImageDataset dataset) {
        return IntStream.range(0, dataset.size()).mapToObj(dataset::label).toList();
    }

    private static List<Integer> greys(ImageDataset dataset) {
        return IntStream.range(0, dataset.size())
                .mapToObj(row -> dataset.pixel(row, 14 * 28 + 14))
                .toList();
    }
}
