package dev.lenet.app.console;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.lenet.api.ConfigException;
import dev.lenet.app.usecase.Notices;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where output goes: results to stdout, everything else to stderr; with {@code --json}, nothing but JSON to stdout.
 */
public final class Console implements Notices {
    /** The last of ASCII, and the first that a terminal acts on above the letters. */
    private static final int DELETE = 0x7f;

    private final PrintStream out;
    private final PrintStream err;
    private final boolean json;
    private final boolean quiet;

    public Console(PrintStream out, PrintStream err, boolean json, boolean quiet) {
        this.out = out;
        this.err = err;
        this.json = json;
        this.quiet = quiet;
    }

    /** A result, for people; not printed with {@code --json}. */
    public void result(String format, Object... arguments) {
        if (!json) {
            out.println(String.format(
                    Locale.ROOT,
                    format,
                    Arrays.stream(arguments).map(Console::shown).toArray()));
        }
    }

    /** A text for people that is printed as it is, of any number of lines; not printed with {@code --json}. */
    public void text(String text) {
        if (!json) {
            out.println(text);
        }
    }

    private static Object shown(Object argument) {
        return argument instanceof CharSequence || argument instanceof Path
                ? Printable.line(argument.toString())
                : argument;
    }

    /** A line that tells how things go, for people; printed neither with {@code --json} nor with {@code --quiet}. */
    public void progress(String format, Object... arguments) {
        if (!quiet) {
            result(format, arguments);
        }
    }

    /** A result, for programs: printed with {@code --json} only, as one line. */
    public void json(Map<String, Object> event) {
        if (json) {
            out.println(ascii(JsonText.GSON.toJson(event)));
        }
    }

    /** Other characters are escaped: they stay what they are whatever the locale makes of stdout. */
    private static String ascii(String json) {
        if (json.chars().allMatch(c -> c < DELETE)) {
            return json;
        }
        StringBuilder escaped = new StringBuilder();
        json.chars().forEach(c -> {
            if (c < DELETE) {
                escaped.append((char) c);
            } else {
                escaped.append(String.format(Locale.ROOT, "\\u%04x", c));
            }
        });
        return escaped.toString();
    }

    /** On stderr; not printed with {@code --quiet}. */
    @Override
    public void note(String message) {
        if (!quiet) {
            err.println(Printable.line(message));
        }
    }

    /** On stderr; always printed. */
    @Override
    public void problem(String message) {
        err.println(Printable.line(message));
    }

    @Override
    public void modelChosen(Path model, Origin origin) {
        boolean shipped = origin == Origin.SHIPPED;
        String words = shipped ? "which came with the program" : "of the newest run that got to its end";
        note("Model: " + model + ", " + words + ". Another: --model FILE or --run NAME.");
    }

    /** An event from keys and values in turn, in that order. */
    public static Map<String, Object> event(@Nullable Object... keysAndValues) {
        Map<String, Object> event = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            event.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return event;
    }

    /** A number for an event: JSON has neither infinity nor NaN, so null takes their place. */
    static @Nullable Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /** Whether stderr is a terminal that is watched: then a progress bar may redraw itself on stderr. */
    boolean isInteractive() {
        return !json && !quiet && err == System.err && isTerminal() && !"dumb".equals(System.getenv("TERM"));
    }

    /**
     * Asks a question that is answered by {@code y}.
     *
     * @throws ConfigException if there is no terminal to ask on
     */
    boolean confirm(String question) {
        java.io.Console terminal = isTerminal() ? System.console() : null;
        if (terminal == null || json) {
            throw new ConfigException("--yes: expected it where no question can be asked, received none. Add --yes.");
        }
        @Nullable String answer = terminal.readLine("%s", question);
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    }

    /** How a picture may be drawn on stdout. */
    TerminalPicture picture() {
        java.io.Console console = out == System.out && isTerminal() ? System.console() : null;
        return console == null
                ? TerminalPicture.ASCII
                : TerminalPicture.of(
                        System.getenv(), console.charset().newEncoder().canEncode(TerminalPicture.UPPER_HALF));
    }

    /** Whether a stream that fails is stdout, and leads to a pipe that nothing reads any more. */
    public static boolean isClosedPipe(PrintStream stream) {
        return stream.equals(System.out) && StandardOutput.isPipe();
    }

    PrintStream err() {
        return err;
    }

    /** From JDK 22 on there is a console even where output is redirected; {@code isTerminal} then tells. */
    @SuppressWarnings("SystemConsoleNull") // Null is the answer of the older JDKs, and only theirs.
    private static boolean isTerminal() {
        java.io.Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }

    /** Loaded when there is something to say in JSON. */
    private static final class JsonText {
        static final Gson GSON =
                new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

        private JsonText() {}
    }
}
