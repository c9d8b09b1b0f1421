package dev.lenet.app.config;

import dev.lenet.api.Shape;
import dev.lenet.api.engine.Device;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Size2d;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a setting may be: its type, its range, and the words for both.
 *
 * @param expectation completes "expected ..."
 * @param range the same in a text that has said the type
 * @param textual whether it is text, so that anything typed on a command line is one
 * @param choices the only values there are, or empty
 * @param reader the value, or null if it is none
 */
record Kind<T>(String expectation, String range, boolean textual, List<String> choices, Reader<T> reader) {
    /** In characters: what Linux allows, in bytes. */
    private static final int LONGEST_PATH = 4096;

    private static final String LAYERS = "a list of layers";

    private static final String SHAPE = "[channels, height, width]";

    /** Of an image, in pixels. */
    private static final int MOST_SIDE = 1024;

    /** Turns what was written into what was meant. */
    interface Reader<T> {
        @Nullable
        T read(Scalar scalar);
    }

    /** A whole number in a range, ends included. */
    static Kind<Long> whole(long least, long most) {
        String expectation = "a whole number from " + least + " to " + most;
        String range = least + " to " + most;
        if (least == Long.MIN_VALUE && most == Long.MAX_VALUE) {
            expectation = "a whole number of 64 bits";
            range = "any " + expectation.substring(2);
        } else if (most == Long.MAX_VALUE) {
            expectation = "a whole number of at least " + least;
            range = "at least " + least;
        }
        return new Kind<>(expectation, range, false, List.of(), scalar -> {
            if (scalar.type() != Scalar.Type.WHOLE_NUMBER) {
                return null;
            }
            BigInteger value = wholeNumber(scalar.text());
            boolean within =
                    value.compareTo(BigInteger.valueOf(least)) >= 0 && value.compareTo(BigInteger.valueOf(most)) <= 0;
            return within ? value.longValue() : null;
        });
    }

    /** A number in a range, ends included. */
    static Kind<Double> number(double least, double most) {
        String range = brief(least) + " to " + brief(most);
        return real("a number from " + range, range, v -> v >= least && v <= most);
    }

    /** A number in a range without its upper end. */
    static Kind<Double> numberBelow(double least, double end) {
        String range = "at least " + brief(least) + " and below " + brief(end);
        return real("a number of " + range, range, v -> v >= least && v < end);
    }

    /** What that kind reads, or {@code auto}, which leaves the choice to the program. */
    static <T> Kind<Optional<T>> orAuto(Kind<T> kind) {
        Reader<Optional<T>> reader = scalar -> {
            if (scalar.type() == Scalar.Type.TEXT && scalar.text().equals("auto")) {
                return Optional.empty();
            }
            @Nullable T value = kind.reader().read(scalar);
            return value == null ? null : Optional.of(value);
        };
        return new Kind<>(
                "auto or " + kind.expectation(), "auto or " + kind.range(), kind.textual(), kind.choices(), reader);
    }

    /** True or false. */
    static Kind<Boolean> flag() {
        return new Kind<>(
                "true or false",
                "true or false",
                false,
                List.of(),
                scalar -> scalar.type() == Scalar.Type.FLAG ? scalar.text().equalsIgnoreCase("true") : null);
    }

    /** One of a few values, each with a name of its own. */
    static <E> Kind<E> choice(List<E> values, Function<E, String> id) {
        List<String> names = values.stream().map(id).toList();
        return new Kind<>(oneOf(names), oneOf(names), true, names, scalar -> {
            // A width of 256 is a choice like any other, though YAML takes it for a number.
            boolean named = scalar.type() == Scalar.Type.TEXT || scalar.type() == Scalar.Type.WHOLE_NUMBER;
            int index = named ? names.indexOf(scalar.text()) : -1;
            return index < 0 ? null : values.get(index);
        });
    }

    /** A file or folder, there or not. */
    static Kind<Path> path() {
        return new Kind<>("a path", "a path", true, List.of(), scalar -> {
            if (scalar.type() != Scalar.Type.TEXT
                    || scalar.text().isBlank()
                    || scalar.text().length() > LONGEST_PATH) {
                return null;
            }
            try {
                return UserPath.of(scalar.text());
            } catch (InvalidPathException e) {
                return null;
            }
        });
    }

    /** The shape of an image: a list of three numbers, which {@link Binder} puts into a text. */
    static Kind<Shape> shape() {
        Pattern three = Pattern.compile("\\[ *(\\d{1,9}) *, *(\\d{1,9}) *, *(\\d{1,9}) *\\]");
        return new Kind<>(
                "[channels, height, width] such as [3, 32, 32], of 1 or 3 channels and 1 to " + MOST_SIDE
                        + " pixels on a side",
                SHAPE,
                false,
                List.of(),
                scalar -> {
                    Matcher numbers = three.matcher(scalar.text());
                    if (!numbers.matches()) {
                        return null;
                    }
                    int channels = Integer.parseInt(numbers.group(1));
                    int height = Integer.parseInt(numbers.group(2));
                    int width = Integer.parseInt(numbers.group(3));
                    boolean fits = (channels == 1 || channels == 3)
                            && Math.min(height, width) >= 1
                            && Math.max(height, width) <= MOST_SIDE;
                    return fits ? Shape.of(channels, height, width) : null;
                });
    }

    /** Whether this is the kind of {@link #shape}, or that or {@code auto}. */
    boolean isShape() {
        return range.endsWith(SHAPE);
    }

    /** A list of layers, or {@code auto}. {@link LayerReader} reads a list; here is the word alone. */
    static Kind<Optional<LayerList>> layersOrAuto() {
        return orAuto(layers());
    }

    /** The same without the word. */
    static Kind<LayerList> layers() {
        return new Kind<>(LAYERS, LAYERS, false, List.of(), scalar -> null);
    }

    /** Filters and stride of a 1x1 convolution, such as {@code 32/2}, or {@code none}. */
    static Kind<Optional<Conv2d>> projection() {
        Pattern both = Pattern.compile("([1-9]\\d{0,5})(?:/([1-9]\\d{0,2}))?");
        String expectation = "none, or FILTERS or FILTERS/STRIDE such as 32/2";
        return new Kind<>(expectation, expectation, false, List.of(), scalar -> {
            if (scalar.text().equals("none")) {
                return Optional.empty();
            }
            Matcher numbers = both.matcher(scalar.text());
            if (!numbers.matches()) {
                return null;
            }
            @Nullable String stride = numbers.group(2);
            return Optional.of(Conv2d.of(Integer.parseInt(numbers.group(1)), 1)
                    .withStride(stride == null ? 1 : Integer.parseInt(stride)));
        });
    }

    /** Whether this is the kind of {@link #layersOrAuto} or of {@link #layers}. */
    boolean isLayers() {
        return expectation.endsWith(LAYERS);
    }

    /** Height and width, each in a range, ends included: a number for both, or such as {@code 3x5}. */
    static Kind<Size2d> size(int least, int most) {
        String range = least + " to " + most;
        Pattern both = Pattern.compile("(\\d{1,9})x(\\d{1,9})");
        return new Kind<>(
                "a whole number from " + range + ", or HEIGHTxWIDTH such as 3x5", range, false, List.of(), scalar -> {
                    Matcher sides = both.matcher(
                            scalar.type() == Scalar.Type.WHOLE_NUMBER
                                    ? scalar.text() + "x" + scalar.text()
                                    : scalar.text());
                    if (!sides.matches()) {
                        return null;
                    }
                    int height = Integer.parseInt(sides.group(1));
                    int width = Integer.parseInt(sides.group(2));
                    return Math.min(height, width) < least || Math.max(height, width) > most
                            ? null
                            : new Size2d(height, width);
                });
    }

    /** A name for a layer. */
    static Kind<String> identifier() {
        String expectation = "a name of letters, digits and underscores that begins with a letter";
        return new Kind<>(
                expectation,
                expectation,
                true,
                List.of(),
                scalar -> scalar.type() == Scalar.Type.TEXT && scalar.text().matches("[A-Za-z][A-Za-z0-9_]{0,99}")
                        ? scalar.text()
                        : null);
    }

    /** Where to compute. */
    static Kind<Device> device() {
        String devices = "auto, cpu, cuda or cuda:N";
        return new Kind<>(devices, devices, true, List.of(), scalar -> {
            try {
                return scalar.type() == Scalar.Type.TEXT ? Device.parse(scalar.text()) : null;
            } catch (IllegalArgumentException e) {
                return null;
            }
        });
    }

    private static Kind<Double> real(String expectation, String range, Function<Double, Boolean> within) {
        return new Kind<>(expectation, range, false, List.of(), scalar -> {
            Double value =
                    switch (scalar.type()) {
                        case WHOLE_NUMBER -> wholeNumber(scalar.text()).doubleValue();
                        case NUMBER -> realNumber(scalar.text());
                        case TEXT, FLAG, NOTHING, ENDLESS_NUMBER -> null;
                    };
            return value != null && within.apply(value) ? value : null;
        });
    }

    /** Decimal, or hexadecimal after 0x, or octal after 0o, as the core schema has them. */
    private static BigInteger wholeNumber(String text) {
        if (text.startsWith("0x")) {
            return new BigInteger(text.substring(2), 16);
        } else if (text.startsWith("0o")) {
            return new BigInteger(text.substring(2), 8);
        }
        return new BigInteger(text);
    }

    /** Infinity and not-a-number have names in YAML; no setting allows them, so both become the latter. */
    private static double realNumber(String text) {
        String digits = text.toLowerCase(Locale.ROOT);
        return digits.endsWith(".inf") || digits.endsWith(".nan") ? Double.NaN : Double.parseDouble(digits);
    }

    private static String brief(double value) {
        BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        return decimal.scale() <= 6 ? decimal.toPlainString() : decimal.unscaledValue() + "e" + -decimal.scale();
    }

    private static String oneOf(List<String> names) {
        int last = names.size() - 1;
        return last == 0 ? names.get(0) : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
    }
}
