package dev.lenet.app.photo;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * How well {@code predict} reads photos of digits and of numbers, and what it says of photos of other things.
 *
 * <pre>
 * mvn -B -q package -DskipTests
 * java -cp app/target/test-classes:app/target/app.jar dev.lenet.app.photo.Measurement 10000
 * </pre>
 */
final class Measurement {
    /** Digits of the test set. */
    private static final int DIGITS = 10_000;

    private static final long SEED = 1;

    private final Path folder;

    /** @param folder where pictures go */
    Measurement(Path folder) {
        this.folder = folder;
    }

    /** Of photos of one digit each: read right, called doubtful, doubtful but right, refused, wrong and not doubtful. */
    record Digits(int all, int right, int doubtful, int doubtfulButRight, int refused, int wrong) {}

    /** Of photos of something else. */
    record Others(int all, int refused, int doubtful, int taken) {}

    /** Of photos of numbers. */
    record Numbers(int all, int right, int rightCount, int doubtful, int wrong) {}

    /** So many test digits, spread over the whole set. */
    Digits digits(int count) {
        IntFunction<Integer> index = i -> (int) ((long) i * DIGITS / count);
        List<JsonObject> readings = Readings.of(folder, count, i -> Scenes.digit(index.apply(i), SEED));
        int right = 0;
        int doubtful = 0;
        int doubtfulButRight = 0;
        int refused = 0;
        int wrong = 0;
        for (int i = 0; i < count; i++) {
            JsonObject reading = readings.get(i);
            if (reading.isEmpty()) {
                refused++;
                continue;
            }
            boolean isRight = reading.get("digit").getAsInt() == Scenes.label(index.apply(i));
            boolean isDoubtful = reading.get("doubtful").getAsBoolean();
            right += isRight ? 1 : 0;
            doubtful += isDoubtful ? 1 : 0;
            doubtfulButRight += isDoubtful && isRight ? 1 : 0;
            wrong += isDoubtful || isRight ? 0 : 1;
        }
        return new Digits(count, right, doubtful, doubtfulButRight, refused, wrong);
    }

    Others others(Clutter kind, int count) {
        List<JsonObject> readings = Readings.of(folder, count, i -> kind.photo(i, SEED));
        int refused = (int) readings.stream().filter(JsonObject::isEmpty).count();
        int doubtful = (int) readings.stream()
                .filter(reading -> !reading.isEmpty())
                .filter(reading -> reading.get("doubtful").getAsBoolean())
                .count();
        return new Others(count, refused, doubtful, count - refused - doubtful);
    }

    /** Numbers of so many digits. */
    Numbers numbers(int length, int count) {
        List<Scenes.HouseNumber> numbers = IntStream.range(0, count)
                .mapToObj(i -> Scenes.number(length, i, SEED))
                .toList();
        List<JsonObject> readings =
                Readings.of(folder, count, i -> numbers.get(i).photo(), "--segment");
        int right = 0;
        int rightCount = 0;
        int doubtful = 0;
        int wrong = 0;
        for (int i = 0; i < count; i++) {
            JsonObject reading = readings.get(i);
            String number = reading.isEmpty() ? "" : reading.get("number").getAsString();
            boolean isDoubtful = reading.isEmpty() || reading.get("doubtful").getAsBoolean();
            right += number.equals(numbers.get(i).digits()) ? 1 : 0;
            rightCount += number.length() == length ? 1 : 0;
            doubtful += isDoubtful ? 1 : 0;
            wrong += isDoubtful || number.equals(numbers.get(i).digits()) ? 0 : 1;
        }
        return new Numbers(count, right, rightCount, doubtful, wrong);
    }

    public static void main(String[] arguments) throws IOException {
        int count = arguments.length == 0 ? 1000 : Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("photos");
        try {
            Measurement measurement = new Measurement(folder);
            System.out.println(measurement.digits(count));
            for (int length : new int[] {2, 3, 5}) {
                System.out.println(length + " digits: " + measurement.numbers(length, count / 10));
            }
            for (Clutter kind : Clutter.values()) {
                System.out.println(kind + ": " + measurement.others(kind, count / 10));
            }
        } finally {
            for (Path file : files(folder)) {
                Files.delete(file);
            }
            Files.delete(folder);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }
}
