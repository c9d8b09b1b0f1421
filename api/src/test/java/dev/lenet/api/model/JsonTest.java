package dev.lenet.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.ModelFormatException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static final String REMEDY = " The file is damaged, or made by a faulty program: copy or save it again.";

    @Test
    void readsEveryKindOfValue() {
        assertThat(JsonReader.read(" {\"a\" : [1, -2.5e-3 ,true,false,null,\"x\"],\n\t\"b\":{}, \"c\":[]}\r"))
                .isEqualTo(new Json.Members(Map.of(
                        "a",
                        new Json.Array(List.of(
                                new Json.Numeral("1"),
                                new Json.Numeral("-2.5e-3"),
                                new Json.Truth(true),
                                new Json.Truth(false),
                                new Json.Null(),
                                new Json.Text("x"))),
                        "b",
                        new Json.Members(Map.of()),
                        "c",
                        new Json.Array(List.of()))));
    }

    @Test
    void readsEveryEscape() {
        assertThat(JsonReader.read("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00\\u00E9\""))
                .isEqualTo(new Json.Text("\"\\/\b\f\n\r\té😀é"));
    }

    @Test
    void writesTheShortestTextInTheOrderGiven() {
        String text =
                "{\"z\":[1,{\"y\":\"é😀 \\\"\\\\\\u000a\\u0000\\u007f\"},-0.5e3],\"a\":{},\"m\":[true,false,null]}";

        assertThat(JsonReader.read(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "10", "1.5", "1e5", "1E+05", "-1.25e-10", "0.1"})
    void readsNumbersAsTheyStand(String number) {
        assertThat(JsonReader.read(number)).isEqualTo(new Json.Numeral(number));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|JSON at character 0: expected a value, received the end.",
                "`{`|JSON at character 1: expected a name in quotes, received the end.",
                "`{\"a\"}`|JSON at character 4: expected ':', received '}'.",
                "`{\"a\":1,}`|JSON at character 7: expected a name in quotes, received '}'.",
                "`{\"a\":1 \"b\":2}`|JSON at character 7: expected ',', received '\"'.",
                "`[1,]`|JSON at character 3: expected a value, received ']'.",
                "`[1 2]`|JSON at character 3: expected ',', received '2'.",
                "`1 2`|JSON at character 2: expected the end of the text, received '2'.",
                "`{} x`|JSON at character 3: expected the end of the text, received 'x'.",
                "`01`|JSON at character 1: expected the end of the text, received '1'.",
                "`+1`|JSON at character 0: expected a value, received '+'.",
                "`.5`|JSON at character 0: expected a value, received '.'.",
                "`1.`|JSON at character 1: expected the end of the text, received '.'.",
                "`-`|JSON at character 0: expected a value, received '-'.",
                "`1e`|JSON at character 1: expected the end of the text, received 'e'.",
                "`NaN`|JSON at character 0: expected a value, received 'N'.",
                "`-Infinity`|JSON at character 0: expected a value, received '-'.",
                "`tru`|JSON at character 0: expected a value, received 't'.",
                "`nul`|JSON at character 0: expected a value, received 'n'.",
                "`'a'`|JSON at character 0: expected a value, received '''.",
                "`\"a`|JSON at character 2: expected a character of a string, received the end.",
                "`\"\\x\"`|JSON at character 2: expected one of \"\\/bfnrtu behind a backslash, received 'x'.",
                "`\"\\u12g4\"`|JSON at character 5: expected a hexadecimal digit, received 'g'.",
                "`{\"a\":1,\"a\":1}`|JSON at character 7: expected each name once, received \"a\" again.",
                "`{\"a\":1,\"\\u0061\":1}`|JSON at character 7: expected each name once, received \"a\" again.",
                "`\"\\ud800\"`|JSON at character 0: expected Unicode, received a string with half a surrogate pair.",
                "`\"\\udc00\\ud800\"`|JSON at character 0: expected Unicode, received a string with half a surrogate pair.",
                "`\"\\ud800x\"`|JSON at character 0: expected Unicode, received a string with half a surrogate pair.",
            })
    void refusesWhatIsNotJson(String text, String message) {
        assertThatThrownBy(() -> JsonReader.read(text))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(message + REMEDY);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 10, 13, 31})
    void refusesControlCharactersInStrings(int control) {
        assertThatThrownBy(() -> JsonReader.read("\"" + (char) control + "\""))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(String.format(
                        Locale.ROOT,
                        "JSON at character 1: expected a character of a string, received U+%04X.%s",
                        control,
                        REMEDY));
    }

    @Test
    void refusesFullWidthDigitsInEscapes() {
        assertThatThrownBy(() -> JsonReader.read("\"\\u004１\""))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("JSON at character 6: expected a hexadecimal digit, received U+FF11." + REMEDY);
    }

    @Test
    void readsThirtyTwoLevelsAndRefusesMore() {
        assertThat(JsonReader.read("[".repeat(33) + "]".repeat(33))).hasToString("[".repeat(33) + "]".repeat(33));

        assertThatThrownBy(() -> JsonReader.read("[".repeat(1_000_000)))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("JSON at character 33: expected at most 32 levels, received more." + REMEDY);
    }

    @Test
    void refusesMoreValuesThanAnyHeaderHas() {
        assertThatThrownBy(() -> JsonReader.read("[" + "1,".repeat(1_000_000) + "1]"))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("JSON at character 1799999: expected at most 900000 values, received more." + REMEDY);
    }

    @Test
    void refusesEndlessNumbers() {
        assertThat(JsonReader.read("1".repeat(64))).isEqualTo(new Json.Numeral("1".repeat(64)));

        assertThatThrownBy(() -> JsonReader.read("1".repeat(65)))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("JSON at character 0: expected a number of at most 64 characters, received '1'." + REMEDY);
    }

    @Test
    void integersAreExactAndInRange() {
        assertThat(JsonReader.read("9007199254740993").integer("size", 0, Long.MAX_VALUE))
                .isEqualTo(9007199254740993L);
        assertThat(JsonReader.read("-3").integer("size", -3, 5)).isEqualTo(-3);

        for (String text : List.of("-4", "6", "1.0", "1e0", "9223372036854775808", "\"1\"", "[1]", "null")) {
            assertThatThrownBy(() -> JsonReader.read(text).integer("size", -3, 5))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessage("size: expected an integer from -3 to 5, received " + text + "." + REMEDY);
        }
    }

    @Test
    void floatsAreRoundedOnce() {
        // Just above the middle between 1 and the next float: by way of a double it would come out as 1.
        assertThat(JsonReader.read("1.00000005960464477540").float32("rate")).isEqualTo(1 + 0x1p-23f);

        for (String text : List.of("1e39", "true", "\"0.5\"")) {
            assertThatThrownBy(() -> JsonReader.read(text).float32("rate"))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessage("rate: expected a float32 number, received " + text + "." + REMEDY);
        }
    }

    @Test
    void messagesAreShortAndFreeOfControlCharacters() {
        Json value = new Json.Text("\u001b[31m" + "x".repeat(1000));

        assertThatThrownBy(() -> value.members("header"))
                .hasMessage(
                        "header: expected an object, received \"\\u001b[31m" + "x".repeat(69) + "..." + "." + REMEDY);
    }

    @Test
    void refusesToWriteHalfASurrogatePair() {
        assertThatThrownBy(() -> Json.quote("ab\uD83D"))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("Text at character 2: expected Unicode, received the lone surrogate \\ud83d."
                        + " Write another text into the file.");
    }
}
