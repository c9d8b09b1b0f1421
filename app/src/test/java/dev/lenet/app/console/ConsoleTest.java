package dev.lenet.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private static final String HOSTILE = "a\u001b[2J\nb\u202ec\u009b";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** As under {@code LC_ALL=C}. */
    private Console console(boolean json) {
        return new Console(
                new PrintStream(out, true, StandardCharsets.US_ASCII),
                new PrintStream(err, true, StandardCharsets.US_ASCII),
                json,
                false);
    }

    @Test
    void jsonKeepsEveryCharacterWhereTheLocaleHasNone() {
        console(true).json(Console.event("name", "Zürich 7️⃣ \u007f"));

        String line = out.toString(StandardCharsets.US_ASCII);
        assertThat(line).doesNotContain("?").matches("\\p{Print}+\\R");
        assertThat(JsonParser.parseString(line).getAsJsonObject().get("name").getAsString())
                .isEqualTo("Zürich 7️⃣ \u007f");
    }

    @Test
    void aNameDoesNothingToTheTerminal() {
        Console console = console(false);
        console.result("%s and %s of %d", HOSTILE, Path.of(HOSTILE), 2);
        console.note(HOSTILE);
        console.problem(HOSTILE);

        String shown = "a\\u001b[2J\\u000ab\\u202ec\\u009b";
        assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo(shown + " and " + shown + " of 2\n");
        assertThat(err.toString(StandardCharsets.US_ASCII)).isEqualTo(shown + "\n" + shown + "\n");
    }

    @Test
    void severalLinesStaySeveralLines() {
        assertThat(Printable.lines("one\ntwo\u0007")).isEqualTo("one\ntwo\\u0007");
    }
}
