package dev.lenet.datasets;

import dev.lenet.api.data.Normalization;
import java.nio.file.Path;
import java.util.Locale;

/** A program that reads class folders, for a test that starts it in another locale. */
final class AccentsInC {
    private AccentsInC() {}

    /** Prints the names of the classes, what is not ASCII escaped, and how many examples there are. */
    public static void main(String[] arguments) {
        ImageSource folders = DatasetFinder.offline().find(DatasetKind.IMAGE_FOLDERS, Path.of(arguments[0]));
        Normalization unchanged = new Normalization(0, 1);
        StringBuilder line = new StringBuilder();
        folders.classNames()
                .names()
                .toString()
                .chars()
                .forEach(c ->
                        line.append(c < 0x7F ? String.valueOf((char) c) : String.format(Locale.ROOT, "\\u%04x", c)));
        line.append(' ').append(folders.training(unchanged).size());
        line.append(' ').append(folders.test(unchanged).size());
        System.out.println(line);
    }
}
